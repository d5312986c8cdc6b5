// Package singlefile puts a whole site into one HTML file.
package singlefile

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/media"
	"analysis/builder/internal/site"
)

// Make puts a whole site into one HTML file, which asks for no other: styles,
// scripts, pictures and the parts of the index are inside, and every link to a
// page is an anchor.
//
// frame is the rendered site.Single, files are those of the site by name. The
// frame holds the sections, as the page of the whole does. Its element
// <slot name="home"> gives way to the home page, <slot name="pages"> to the
// others: an article for what stands in a page's <main> but its navigation, in
// the order of the menu. A page stands at its id, "column", and what has an id on
// it at that behind it, "column--p7". A claim keeps its id in its section, "ties",
// so its page stands at "ties--record". An id "site-…", of a layout's own making,
// that one page alone has stays as it is, since style sheets may know it.
//
// Invariant: the file's policy allows its own styles and scripts, by their
// hashes, and nothing else.
func Make(s *site.Site, frame []byte, files map[string][]byte) ([]byte, error) {
	e := &edition{site: s, whole: s.Whole, files: files, pages: map[string]*site.Page{}, slots: map[string][]byte{}, own: map[string]int{}}
	e.count(frame)
	for _, p := range s.Pages {
		e.pages[p.URL] = p
		e.count(files[p.URL+"index.html"])
	}
	e.gather()
	e.walk(s.Single, frame, 0)
	out := bytes.Replace(e.out, []byte(sheets), e.sheets(), 1)
	out = bytes.Replace(out, []byte(policy), []byte(e.policy()), 1)
	return out, errors.Join(e.wrong, e.check(out))
}

// edition is the work of one call of Make.
type edition struct {
	site  *site.Site
	whole *site.Whole
	files map[string][]byte
	pages map[string]*site.Page // by address
	slots map[string][]byte
	own   map[string]int // how many pages have an id of a layout's own making
	out   []byte         // what walk has written

	frame, others         taken // what the frame takes in comes before what only other pages do
	styleSums, scriptSums []string
	wrong                 error
}

// taken are the names of style sheets and of deferred scripts, in the order met.
type taken struct {
	styles, scripts []string
}

// from is what a page takes in.
func (e *edition) from(p *site.Page) *taken {
	if p == e.site.Single {
		return &e.frame
	}
	return &e.others
}

// both joins the names that the frame takes in with those of other pages.
func both(frame, others []string) []string {
	all := slices.Clone(frame)
	for _, name := range others {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// policy and sheets are where the file's policy and its styles will stand.
const (
	policy = "\x00policy\x00"
	sheets = "\x00sheets\x00"
)

// gather fills the slots.
func (e *edition) gather() {
	seen := map[*site.Page]bool{}
	var visit func(p *site.Page, level int)
	visit = func(p *site.Page, level int) {
		if seen[p] || p.Target != nil || p.Kind == site.KindNotFound || stands(p) {
			return
		}
		seen[p] = true
		if _, inFrame := e.whole.Anchor(p.Ref, ""); !inFrame || p.Kind == kind.Claim {
			e.article(p, level)
		}
		if p.Kind != kind.Home && p.Kind != kind.Index {
			return
		}
		if p.Kind == kind.Home {
			e.slots["home"], e.out = e.out, nil
		}
		for _, r := range p.Section.Pages {
			visit(e.pages[r.URL], level+1)
		}
		for _, c := range e.site.Pages {
			if c.Kind == kind.Claim && c.Section == p.Section {
				visit(c, level+1)
			}
		}
	}
	if home := e.site.Single.Menu.Home; home != nil {
		visit(e.pages[home.URL], 0)
	}
	for _, p := range e.site.Pages { // those in folders without a page of their own
		visit(p, 1)
	}
	e.slots["pages"], e.out = e.out, nil
}

// stands reports whether the frame stands for a page: it shows the whole, and the
// search is at hand everywhere in one file.
func stands(p *site.Page) bool {
	return p.Doc.Front.Shows == "whole" || p.Doc.Front.Shows == "search"
}

// article writes what stands in a page's <main>, its headings lowered, under the
// classes of its <body>.
func (e *edition) article(p *site.Page, lower int) {
	src := e.files[p.URL+"index.html"]
	z := html.NewTokenizer(bytes.NewReader(src))
	from, to, at := 0, 0, 0
	open := html.Token{Type: html.StartTagToken, Data: "article", Attr: []html.Attribute{{Key: "id", Val: e.id(p, "")}}}
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		at += len(z.Raw())
		switch t := z.Token(); {
		case kind == html.StartTagToken && t.Data == "body":
			open.Attr = append(open.Attr, html.Attribute{Key: "class", Val: attribute(t, "class")})
		case kind == html.StartTagToken && t.Data == "main":
			from = at
		case kind == html.EndTagToken && t.Data == "main":
			to = at - len("</main>")
		}
	}
	if p.Lang != "" {
		open.Attr = append(open.Attr, html.Attribute{Key: "lang", Val: p.Lang})
	}
	if p.Dir != "" {
		open.Attr = append(open.Attr, html.Attribute{Key: "dir", Val: p.Dir})
	}
	e.out = append(e.out, open.String()+"\n"...)
	e.walk(p, src[from:max(from, to)], lower)
	e.out = append(e.out, "</article>\n"...)
}

var ownID = regexp.MustCompile(` id="(site-[^"]*)"`)

// count counts the pages that have an id of a layout's own making, by ids.
func (e *edition) count(page []byte) {
	for _, m := range ownID.FindAllSubmatch(page, -1) {
		e.own[string(m[1])]++
	}
}

// id is the id in the file of a page, or of a place on it.
func (e *edition) id(p *site.Page, anchor string) string {
	if e.own[anchor] == 1 {
		return anchor
	}
	at := strings.ReplaceAll(p.ID, "/", "--") // of a folder in a folder
	if p.Kind == kind.Claim {
		at += "--record"
	}
	if anchor == "" {
		return at
	}
	return at + "--" + anchor
}

// walk writes HTML of a page with its ids and addresses changed to those in the
// file, and takes in what it refers to.
func (e *edition) walk(p *site.Page, src []byte, lower int) {
	z := html.NewTokenizer(bytes.NewReader(src))
	var skip string // the element whose end, and all before it, is not written
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		raw := bytes.Clone(z.Raw())
		t := z.Token()
		switch {
		case skip != "":
			if kind == html.EndTagToken && t.Data == skip {
				skip = ""
			}
		case kind == html.StartTagToken || kind == html.SelfClosingTagToken:
			skip = e.start(p, t, raw, lower)
		case kind == html.EndTagToken:
			e.end(p, t, raw, lower)
		default:
			e.out = append(e.out, raw...)
		}
	}
}

// start writes a tag. It returns the element's name if the rest of the element is
// to be left out.
func (e *edition) start(p *site.Page, t html.Token, raw []byte, lower int) (skip string) {
	switch t.Data {
	case "slot":
		e.out = append(e.out, e.slots[attribute(t, "name")]...)
		return t.Data
	case "meta":
		if attribute(t, "http-equiv") == "Content-Security-Policy" {
			e.out = append(e.out, `<meta http-equiv="Content-Security-Policy" content="`+policy+`">`...)
			return ""
		}
	case "link":
		return e.link(p, t, raw)
	case "script":
		return e.script(p, t, raw)
	case "nav":
		if p != e.site.Single {
			return t.Data
		}
	}
	changed := false
	for i, a := range t.Attr {
		switch now := e.attribute(p, t.Data, a); {
		case now == a.Val:
			continue
		case t.Data == "a" && strings.HasPrefix(now, "data:"): // a file beside its page: to be saved
			t.Attr = append(t.Attr, html.Attribute{Key: "download", Val: path.Base(a.Val)})
			fallthrough
		default:
			t.Attr[i].Val, changed = now, true
		}
	}
	if heading(t.Data) && lower > 0 {
		t.Data, changed = lowered(t.Data, lower), true
	}
	if p != e.site.Single && t.Data == "section" { // a page has few, the file would have a thousand landmarks
		before := len(t.Attr)
		t.Attr = slices.DeleteFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "aria-labelledby" || a.Key == "aria-label" })
		changed = changed || len(t.Attr) < before
	}
	if changed {
		raw = boolean.ReplaceAll([]byte(t.String()), []byte(" $1"))
	}
	e.out = append(e.out, raw...)
	return ""
}

func (e *edition) end(p *site.Page, t html.Token, raw []byte, lower int) {
	switch {
	case heading(t.Data) && lower > 0:
		e.out = append(e.out, "</"+lowered(t.Data, lower)+">"...)
		return
	case t.Data == "head" && p == e.site.Single:
		e.out = append(e.out, sheets...)
	case t.Data == "body" && p == e.site.Single:
		for i, name := range both(e.frame.scripts, e.others.scripts) {
			e.inline(e.files[name])
			if i == 0 { // it makes the index, whose parts add themselves
				for _, part := range slices.Sorted(maps.Keys(e.files)) {
					if strings.HasPrefix(part, "search/") && path.Ext(part) == ".js" {
						e.inline(e.part(e.files[part]))
					}
				}
			}
		}
	}
	e.out = append(e.out, raw...)
}

// boolean finds the attributes that have no value.
var boolean = regexp.MustCompile(` (autofocus|checked|controls|disabled|hidden|multiple|open|readonly|required|reversed|selected)=""`)

func heading(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6'
}

func lowered(tag string, by int) string { return "h" + string(rune(min(int(tag[1])+by, '6'))) }

// link takes in a style sheet or an icon. What else a link names is a file of the
// site, which is not there, or an address that is not asked for.
func (e *edition) link(p *site.Page, t html.Token, raw []byte) string {
	name, local := e.local(p, attribute(t, "href"))
	switch rel := attribute(t, "rel"); {
	case !local:
		e.out = append(e.out, raw...)
	case rel == "stylesheet":
		to := e.from(p)
		to.styles = append(to.styles, name)
	case rel == "icon":
		e.out = append(e.out, `<link rel="icon" href="`+html.EscapeString(e.data(name))+`">`...)
	}
	return ""
}

// script takes in a script: here, or if it is deferred at the end of the file.
func (e *edition) script(p *site.Page, t html.Token, raw []byte) string {
	name, local := e.local(p, attribute(t, "src"))
	_, deferred := find(t, "defer")
	switch {
	case !local:
		e.out = append(e.out, raw...) // data
		return ""
	case !deferred && p == e.site.Single:
		e.inline(e.files[name])
	default:
		to := e.from(p)
		to.scripts = append(to.scripts, name)
	}
	return "script"
}

var ending = regexp.MustCompile(`(?i)<(/script|!--)`)

func (e *edition) inline(src []byte) {
	src = ending.ReplaceAll(bytes.TrimSpace(src), []byte(`<\$1`))
	e.scriptSums = append(e.scriptSums, sum(src))
	e.out = append(append(append(e.out, "<script>"...), src...), "</script>\n"...)
}

var reference = regexp.MustCompile(`url\(\s*(["']?)([^"')]+)["']?\s*\)`)

// sheets are the styles, each in an element.
func (e *edition) sheets() []byte {
	var b []byte
	for _, name := range both(e.frame.styles, e.others.styles) {
		src := reference.ReplaceAllFunc(e.files[name], func(m []byte) []byte {
			at := reference.FindSubmatch(m)
			if file := path.Join(path.Dir(name), string(at[2])); e.files[file] != nil {
				return []byte(`url("` + e.data(file) + `")`)
			}
			return m
		})
		src = bytes.ReplaceAll(bytes.TrimSpace(src), []byte("</"), []byte(`<\/`))
		e.styleSums = append(e.styleSums, sum(src))
		b = append(append(append(b, "<style>"...), src...), "</style>\n"...)
	}
	return b
}

func sum(src []byte) string {
	sum := sha256.Sum256(src)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (e *edition) policy() string {
	list := func(sums []string) string { return cmp.Or(strings.Join(sums, " "), "'none'") }
	return "default-src 'none'; script-src " + list(e.scriptSums) + "; style-src " + list(e.styleSums) +
		"; img-src data:; form-action 'none'; base-uri 'none'"
}

var entry = regexp.MustCompile(`"u":\s*("(?:[^"\\]|\\.)*")`)

// part is a part of the index with the addresses in the file.
func (e *edition) part(src []byte) []byte {
	return entry.ReplaceAllFunc(src, func(m []byte) []byte {
		var u string
		if err := json.Unmarshal(entry.FindSubmatch(m)[1], &u); err != nil {
			return m
		}
		file, fragment, _ := strings.Cut(u, "#")
		now, ok := e.anchor(file, fragment)
		if !ok {
			return m
		}
		text, err := json.Marshal(now)
		if err != nil {
			return m
		}
		return append([]byte(`"u":`), text...)
	})
}

// anchor is the address in the file of a page or of a place on it.
func (e *edition) anchor(address, fragment string) (string, bool) {
	p := e.pages[address]
	if p != nil && p.Target != nil {
		p = e.pages[p.Target.URL]
	}
	if p == nil {
		return "", false
	}
	at := e.id(p, fragment)
	switch in, ok := e.whole.Anchor(p.Ref, fragment); {
	case ok && p.Kind == kind.Section:
		at = in
	case p.Kind == kind.Section: // what its layout made is not here
		at, _ = e.whole.Anchor(p.Ref, "")
	case stands(p):
		at = cmp.Or(fragment, "site-whole")
	}
	return "#" + (&url.URL{Fragment: at}).EscapedFragment(), true
}

// local is the file of the site that an address on a page names, without its
// fragment.
func (e *edition) local(p *site.Page, address string) (name string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || address == "" {
		return "", false
	}
	return strings.TrimPrefix((&url.URL{Path: "/" + p.URL}).ResolveReference(u).Path, "/"), true
}

// idrefs are the attributes that name ids of the same page.
var idrefs = map[string]bool{
	"for": true, "headers": true, "list": true, "form": true, "popovertarget": true, "commandfor": true,
	"aria-labelledby": true, "aria-describedby": true, "aria-controls": true, "aria-owns": true, "aria-details": true,
	"aria-flowto": true, "aria-activedescendant": true, "aria-errormessage": true,
}

// attribute is an attribute's value as the file has it.
func (e *edition) attribute(p *site.Page, tag string, a html.Attribute) string {
	own := p == e.site.Single // whose ids stay
	switch {
	case a.Key == "id" && !own:
		return e.id(p, a.Val)
	case idrefs[a.Key] && !own:
		ids := strings.Fields(a.Val)
		for i := range ids {
			ids[i] = e.id(p, ids[i])
		}
		return strings.Join(ids, " ")
	case strings.HasPrefix(a.Val, "url(#") && !own:
		return "url(#" + e.id(p, strings.TrimSuffix(strings.TrimPrefix(a.Val, "url(#"), ")")) + ")"
	case a.Key == "role" && a.Val == "region" && !own:
		return "group"
	case a.Key != "href" && a.Key != "src" && a.Key != "action":
		return a.Val
	}
	name, local := e.local(p, a.Val)
	if !local || own && strings.HasPrefix(a.Val, "#") {
		return a.Val
	}
	_, fragment, _ := strings.Cut(a.Val, "#")
	if text, err := url.PathUnescape(fragment); err == nil {
		fragment = text
	}
	if at, ok := e.anchor(name, fragment); ok {
		return at
	}
	if _, ok := e.files[name]; !ok {
		e.wrong = errors.Join(e.wrong, fmt.Errorf("%s: <%s> names %q, which is no file of the site", cmp.Or(p.Doc.Path, p.URL), tag, a.Val))
		return a.Val
	}
	return e.data(name)
}

func attribute(t html.Token, key string) string {
	value, _ := find(t, key)
	return value
}

func find(t html.Token, key string) (value string, ok bool) {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// data is a file as a data: address, in which there are no spaces.
func (e *edition) data(name string) string {
	return "data:" + strings.ReplaceAll(media.Type(name), " ", "") +
		";base64," + base64.StdEncoding.EncodeToString(e.files[name])
}

// check looks for ids that stand twice, and anchors that lead nowhere.
func (e *edition) check(out []byte) error {
	ids, anchors := map[string]int{}, map[string]bool{}
	z := html.NewTokenizer(bytes.NewReader(out))
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			switch {
			case a.Key == "id":
				ids[a.Val]++
			case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
				if at, err := url.PathUnescape(a.Val[1:]); err == nil {
					anchors[at] = true
				}
			}
		}
	}
	var wrong []error
	for _, at := range slices.Sorted(maps.Keys(ids)) {
		if ids[at] > 1 {
			wrong = append(wrong, fmt.Errorf("the id %q stands in it %d times", at, ids[at]))
		}
	}
	for _, at := range slices.Sorted(maps.Keys(anchors)) {
		if ids[at] == 0 {
			wrong = append(wrong, fmt.Errorf("a link leads to %q, which does not stand in it", at))
		}
	}
	return errors.Join(wrong...)
}
