package singlefile

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// rewriter writes the HTML of one page with the ids and addresses of the single file.
type rewriter struct {
	*maker
	page   *site.Page
	frame  bool   // the page is the frame, whose ids are kept
	level  int    // number of levels by which headings are lowered
	inside bool   // inside the part that is written: the frame, or the <main> of a page
	class  string // class of the <body>
	skip   string // the element that is being skipped
}

// rewrite writes the frame, or the article of a page.
func (m *maker) rewrite(p *site.Page, src []byte, level int) {
	frame := p == m.site.Single
	r := rewriter{maker: m, page: p, frame: frame, level: level, inside: frame}
	z := html.NewTokenizer(bytes.NewReader(src))
	for token := z.Next(); token != html.ErrorToken; token = z.Next() {
		raw := bytes.Clone(z.Raw())
		t := z.Token()
		ends, starts := token == html.EndTagToken, token == html.StartTagToken || token == html.SelfClosingTagToken
		switch {
		case r.skip != "":
			if ends && t.Data == r.skip {
				r.skip = ""
			}
		case !r.inside:
			if starts && t.Data == "body" {
				r.class = value(t, "class")
			} else if starts && t.Data == "main" {
				r.begin()
			}
		case starts:
			r.start(t, raw)
		case ends:
			r.end(t, raw)
		default:
			m.out.Write(raw)
		}
	}
}

func (r *rewriter) begin() {
	r.inside = true
	tag := html.Token{Type: html.StartTagToken, Data: "article", Attr: []html.Attribute{
		{Key: "id", Val: r.id(r.page, "")}, {Key: "class", Val: r.class},
		{Key: "lang", Val: r.page.Lang}, {Key: "dir", Val: r.page.Dir},
	}}
	tag.Attr = slices.DeleteFunc(tag.Attr, func(a html.Attribute) bool { return a.Val == "" })
	r.out.WriteString(tag.String() + "\n")
}

func (r *rewriter) start(t html.Token, raw []byte) {
	switch {
	case t.Data == "slot" || t.Data == "nav" && !r.frame:
		if name := value(t, "name"); r.frame && (name == "home" || name == "pages") {
			r.out.WriteString(placeholder(name))
		}
		r.skip = t.Data
	case t.Data == "meta" && value(t, "http-equiv") == "Content-Security-Policy":
		r.out.WriteString(`<meta http-equiv="Content-Security-Policy" content="` + placeholder("policy") + `">`)
	case t.Data == "link":
		r.link(t, raw)
	case t.Data == "script":
		r.script(t, raw)
	case r.change(&t):
		r.out.WriteString(boolean.ReplaceAllString(t.String(), " $1"))
	default:
		r.out.Write(raw)
	}
}

func (r *rewriter) end(t html.Token, raw []byte) {
	tag := lowered(t.Data, r.level)
	switch {
	case t.Data == "main" && !r.frame:
		r.inside, raw = false, []byte("</article>\n")
	case t.Data == "head" && r.frame:
		r.out.WriteString(placeholder("styles"))
	case t.Data == "body" && r.frame:
		r.out.WriteString(placeholder("scripts"))
	case tag != t.Data:
		raw = []byte("</" + tag + ">")
	}
	r.out.Write(raw)
}

// boolean matches attributes that are written without a value.
var boolean = regexp.MustCompile(` (autofocus|checked|controls|disabled|hidden|multiple|open|readonly|required|reversed|selected)=""`)

// change changes a tag for the single file, and reports whether it did.
func (r *rewriter) change(t *html.Token) (changed bool) {
	for i, a := range t.Attr {
		now := r.attribute(t.Data, a)
		if now == a.Val {
			continue
		}
		t.Attr[i].Val, changed = now, true
		if t.Data == "a" && strings.HasPrefix(now, "data:") && !slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "download" }) { // browsers save such a file, but do not show it
			t.Attr = append(t.Attr, html.Attribute{Key: "download", Val: path.Base(a.Val)})
		}
	}
	if tag := lowered(t.Data, r.level); tag != t.Data {
		t.Data, changed = tag, true
	}
	all := len(t.Attr)
	if !r.frame && t.Data == "section" { // named sections are landmarks, and the file would have a thousand
		t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "aria-labelledby" || a.Key == "aria-label" })
	}
	return changed || len(t.Attr) < all
}

// lowered returns the tag of a heading lowered by some levels, and other tags unchanged.
func lowered(tag string, by int) string {
	if len(tag) != 2 || tag[0] != 'h' || tag[1] < '1' || tag[1] > '6' {
		return tag
	}
	return "h" + string(rune(min(int(tag[1])+by, '6')))
}

// idrefs are the attributes that name ids of the same page.
var idrefs = map[string]bool{
	"for": true, "headers": true, "list": true, "form": true, "popovertarget": true, "commandfor": true,
	"aria-labelledby": true, "aria-describedby": true, "aria-controls": true, "aria-owns": true, "aria-details": true,
	"aria-flowto": true, "aria-activedescendant": true, "aria-errormessage": true,
}

func (r *rewriter) attribute(tag string, a html.Attribute) string {
	reference, isReference := strings.CutPrefix(a.Val, "url(#") // in a drawing
	switch {
	case a.Key == "href" || a.Key == "src" || a.Key == "action":
		return r.address(tag, a.Val)
	case r.frame:
		return a.Val
	case a.Key == "id" || tag == "input" && a.Key == "name": // radio buttons of one name are one group
		return r.id(r.page, a.Val)
	case idrefs[a.Key]:
		ids := strings.Fields(a.Val)
		for i := range ids {
			ids[i] = r.id(r.page, ids[i])
		}
		return strings.Join(ids, " ")
	case isReference:
		return "url(#" + r.id(r.page, strings.TrimSuffix(reference, ")")) + ")"
	case a.Key == "role" && a.Val == "region": // also a landmark
		return "group"
	}
	return a.Val
}

// id returns the id of a page in the single file, or of an anchor on it.
func (m *maker) id(p *site.Page, anchor string) string {
	if m.siteIDs[anchor] == 1 {
		return anchor
	}
	id := strings.ReplaceAll(p.ID, "/", "--") // the id of a nested folder has slashes
	if p.Kind == kind.Claim {
		id += "--record"
	}
	if anchor != "" {
		id += "--" + anchor
	}
	return id
}

// address returns an address for the single file: an anchor for a page, or the data of
// another file of the site.
func (r *rewriter) address(tag, address string) string {
	name, fragment, local := r.local(address)
	if !local || r.frame && strings.HasPrefix(address, "#") {
		return address
	}
	if anchor, ok := r.anchor(name, fragment); ok {
		return anchor
	}
	data, ok := r.files[name]
	if !ok {
		r.errs = append(r.errs, fmt.Errorf("%s: <%s> names %q, which is no file of the site", cmp.Or(r.page.Doc.Path, r.page.URL), tag, address))
		return address
	}
	if data == nil {
		return (&url.URL{Path: name, Fragment: fragment}).String()
	}
	return r.data(name)
}

// local returns the file of the site that an address on the page leads to, and the
// fragment.
func (r *rewriter) local(address string) (name, fragment string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || address == "" {
		return "", "", false
	}
	return strings.TrimPrefix((&url.URL{Path: "/" + r.page.URL}).ResolveReference(u).Path, "/"), u.Fragment, true
}

// anchor returns the address of a page, or of a fragment of it, in the single file.
func (m *maker) anchor(address, fragment string) (string, bool) {
	p := m.pages[address]
	if p != nil && p.Target != nil {
		p = m.pages[p.Target.URL]
	}
	if p == nil {
		return "", false
	}
	id := m.id(p, fragment)
	switch part, ok := m.site.Whole.Anchor(p.Ref, fragment); {
	case ok && p.Kind == kind.Section:
		id = part
	case p.Kind == kind.Section: // an anchor from its layout, which is not in the file
		id, _ = m.site.Whole.Anchor(p.Ref, "")
	case shownByFrame(p):
		id = cmp.Or(fragment, "site-whole")
	}
	return "#" + (&url.URL{Fragment: id}).EscapedFragment(), true
}

func value(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
