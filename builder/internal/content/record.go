package content

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// identifyClaim notes the id of a claim. All claims come before the headings,
// which get ids that are left.
func (w *writer) identifyClaim(n *callout) {
	title := n.FirstChild()
	switch id := n.id; {
	case id == "":
		hint := text.Slug(plain(title, w.src))
		if words := strings.SplitN(hint, "-", 5); len(words) == 5 {
			hint = strings.Join(words[:4], "-")
		}
		if hint == "" {
			hint = "a-few-words"
		}
		w.errorf(title, fmt.Sprintf("write one behind its title, and keep it for good: {#%s}", hint), "this claim has no id")
	case text.Slug(id) != strings.ToLower(id):
		w.errorf(title, fmt.Sprintf("write {#%s}", text.Slug(id)), "%q cannot be the id of a claim", id)
	case w.used[id]:
		w.errorf(title, "give each claim and heading an id of its own", "the id %q stands on this page twice", id)
	}
	w.used[n.id] = true
}

// openClaim takes title and record out of a claim, and writes what stands before
// its text, with a hole for its label.
func (w *writer) openClaim(n *callout) {
	c := Claim{Kind: ClaimKind(n.kind()), ID: n.id, At: w.at(n.FirstChild())}
	title := n.FirstChild()
	if c.Title = strings.TrimSpace(text.Typographic(plain(title, w.src))); c.Title == "" {
		w.errorf(title, "say in one sentence what is claimed", "this claim has no title")
	}
	w.plainTitle(title)
	w.forget(title)
	n.RemoveChild(n, title)
	if list, ok := n.LastChild().(*ast.List); ok {
		w.claimable(list)
		w.record(&c, list)
		w.forget(list)
		n.RemoveChild(n, list)
	} else {
		w.report(c.At, "end it with a list: `- source: [[id]] ¶1`, `- held by: [[id]]`", "this claim has no record")
	}
	if !n.HasChildren() {
		w.report(c.At, "say between its title and its record who claims what", "this claim has no text")
	}
	w.claimable(n)
	if c.ID != "" {
		w.doc.Anchors = append(w.doc.Anchors, c.ID)
	}
	w.buf = fmt.Appendf(w.buf, "<div class=\"claim claim-%s\"", c.Kind)
	if c.ID != "" {
		w.buf = fmt.Appendf(w.buf, " id=\"%s\"", html.EscapeString(c.ID))
	}
	w.buf = append(w.buf, ">\n"...)
	c.Start = len(w.buf)
	w.doc.Holes = append(w.doc.Holes, Hole{At: len(w.buf), Link: len(w.doc.Claims), Kind: HoleClaim})
	c.Link = len(w.doc.Links)
	w.opened = append(w.opened, marks{len(w.doc.Claims), len(w.doc.Links), len(w.doc.Holes), len(w.doc.Runs)})
	w.doc.Claims = append(w.doc.Claims, c)
}

// forget takes the marks of footnotes in a part that is not written out of the
// anchors.
func (w *writer) forget(part ast.Node) {
	gone := footnoteAnchors(part)
	if len(gone) == 0 {
		return
	}
	w.doc.Anchors = slices.DeleteFunc(w.doc.Anchors, func(id string) bool { return slices.Contains(gone, id) })
}

// marks are counts of what stands in a Document before a claim.
type marks struct {
	claims, links, holes, runs int
}

// closeClaim copies the claim's text.
func (w *writer) closeClaim() {
	d, from := w.doc, w.opened[len(w.opened)-1]
	w.opened = w.opened[:len(w.opened)-1]
	c := &d.Claims[from.claims]
	c.End = len(w.buf)
	body := &Document{
		Path: d.Path, Kind: kind.Claim, HTML: exactly(w.buf[c.Start:c.End]),
		Front: frontmatter.Front{Title: c.Title, Updated: d.Front.Updated, Lang: d.Front.Lang, Dir: d.Front.Dir},
		Links: exactly(d.Links[from.links:]), Holes: exactly(d.Holes[from.holes:]), Runs: exactly(d.Runs[from.runs:]),
	}
	body.Words = text.CountWords(body.HTML)
	for i := range body.Links {
		l := &body.Links[i]
		l.At, l.Line, l.Column = max(0, l.At-c.Start), 0, 0
	}
	body.Holes = slices.DeleteFunc(body.Holes, func(h Hole) bool { return h.Kind == HoleClaim }) // of a claim inside: a mistake
	for i := range body.Holes {
		body.Holes[i].At -= c.Start
		body.Holes[i].Link -= from.links
	}
	for i := range body.Runs {
		body.Runs[i].Start -= c.Start
		body.Runs[i].End -= c.Start
		body.Runs[i].From = 0
	}
	c.Body = body
	w.buf = append(w.buf, "</div>\n"...)
}

// claimable reports what a claim's text cannot hold, because that text stands
// on a page of its own as well.
func (w *writer) claimable(n ast.Node) {
	below(n, func(inner ast.Node) bool {
		switch inner.(type) {
		case *ast.Heading:
			w.errorf(inner, "put the heading before or behind the claim", "a claim cannot hold a heading")
		case *callout:
			w.errorf(inner.FirstChild(), "end the first with an empty line that has no >", "a claim cannot hold another callout")
		case *xast.FootnoteLink:
			w.errorf(inner, "put the footnote behind the claim, or name the source in the record", "a claim cannot hold a footnote")
		}
		return true
	})
}

func (w *writer) report(pos diag.Position, hint, format string, args ...any) {
	w.doc.report(diag.Errorf(pos, format, args...).WithHint("%s", hint))
}

// record reads the list that closes a claim.
func (w *writer) record(c *Claim, list *ast.List) {
	seen := map[string]bool{}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		line := w.pieces(item.FirstChild())
		if item.ChildCount() != 1 || len(line) == 0 {
			w.errorf(item, "write `- key: value` on a line of its own", "this is no line of a record")
			continue
		}
		before, rest, found := strings.Cut(line[0].text, ":")
		key := strings.ToLower(strings.TrimSpace(before))
		pos := w.lines.at(w.body + line[0].at)
		k, known := record[key]
		switch {
		case !found || line[0].link != nil:
			w.report(pos, "write `- key: value`; the keys are "+strings.Join(slices.Sorted(maps.Keys(record)), ", "), "this line of a record has no key")
			continue
		case !known:
			hint := diag.DidYouMean(key, maps.Keys(record))
			if hint == "" {
				hint = "the keys here are " + strings.Join(slices.Sorted(maps.Keys(record)), ", ")
			}
			w.report(pos, hint, "unknown key %q in the record of a claim", key)
			continue
		case k.kind != "" && k.kind != c.Kind:
			w.report(pos, fmt.Sprintf("take the line away, or make the claim a %s", k.kind), "%q belongs to a %s, and this is %s", key, k.kind, c.Kind.Article())
			continue
		case seen[key] && !k.many:
			w.report(pos, "write all its values on one line", "key %q stands here twice", key)
			continue
		}
		seen[key] = true
		line[0].text, line[0].at = rest, line[0].at+len(before)+1
		if k.phrase {
			w.phrase(c, key, line, pos)
		} else if l, ok := w.recordLine(key, k, line, pos); ok {
			c.Lines = append(c.Lines, l)
		}
	}
	for _, key := range requiredKeys {
		if !seen[key] {
			w.report(c.At, fmt.Sprintf("add a line `- %s: [[id]]` to its record", key), "this claim lacks %q", key)
		}
	}
}

// piece is a stretch of a line: a link, or the text between two.
type piece struct {
	text string
	at   int // in the body
	link ast.Node
}

func (w *writer) pieces(n ast.Node) []piece {
	if n == nil || n.Type() != ast.TypeBlock || n.Kind() != ast.KindTextBlock && n.Kind() != ast.KindParagraph {
		return nil
	}
	var list []piece
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.(type) {
		case *wikilink, *ast.Link:
			list = append(list, piece{at: c.Pos(), link: c})
			continue
		}
		text, last := plain(c, w.src), len(list)-1
		if last >= 0 && list[last].link == nil {
			list[last].text += text
		} else {
			list = append(list, piece{text: text, at: max(c.Pos(), n.Pos())})
		}
	}
	return list
}

// phrase reads a value that names no page.
func (w *writer) phrase(c *Claim, key string, line []piece, pos diag.Position) {
	var value strings.Builder
	for _, p := range line {
		if p.link != nil {
			w.errorf(p.link, "write plain words", "%q takes no link", key)
			return
		}
		value.WriteString(p.text)
	}
	p := Phrase{Text: strings.Trim(text.Typographic(strings.TrimSpace(value.String())), "“”"), At: pos}
	if p.Text == "" {
		w.report(pos, "write it, or take the line away", "key %q has no value", key)
	}
	if key == "wording" {
		c.Wording = p
	} else {
		c.Horizon = p
	}
}

var (
	dash      = regexp.MustCompile(`(^|\s)[—–](\s|$)`)
	cited     = regexp.MustCompile(`¶\s*(\d{1,6})\b`)
	anchor    = regexp.MustCompile(`^p(\d+)$`)
	separator = regexp.MustCompile(`^[\s,]*(and)?[\s,]*$`)
)

// recordLine reads a line that names pages.
func (w *writer) recordLine(key string, k recordKey, line []piece, pos diag.Position) (l Line, ok bool) {
	l = Line{Key: key, At: pos}
	for i, p := range line {
		if p.link != nil {
			if n, ok := w.name(p.link, key); ok {
				l.Names = append(l.Names, n)
			} else {
				return l, false
			}
			continue
		}
		words := p.text
		var at []int
		if strings.ContainsAny(words, "—–") {
			at = dash.FindStringIndex(words)
		}
		if at != nil {
			words = p.text[:at[0]]
			if !k.note {
				w.report(w.lines.at(w.body+p.at+at[0]), "take it away; paragraphs are named one by one: ¶1, ¶2", "%q takes no note", key)
				return l, false
			}
		}
		if k.words != nil && i == 0 {
			l.Word, words = strings.ToLower(strings.Trim(words, " \t\n,:")), ""
		}
		if key == "source" && len(l.Names) > 0 && strings.Contains(words, "¶") {
			n := &l.Names[len(l.Names)-1]
			for _, m := range cited.FindAllStringSubmatch(words, -1) {
				number, _ := strconv.Atoi(m[1])
				n.Passages = append(n.Passages, number)
			}
			words = cited.ReplaceAllString(words, ",")
		}
		for part := range strings.SplitSeq(words, ",") {
			if part = strings.TrimSpace(part); part == "" || separator.MatchString(part) {
				continue
			}
			hint := fmt.Sprintf("write [[%s]]; a note stands behind a dash: [[id]] — note", text.Slug(part))
			switch {
			case key == "source" && len(l.Names) > 0:
				hint = "name paragraphs one by one, each with its sign: ¶1, ¶2"
			case strings.HasPrefix(part, "¶"):
				hint = "only a source is cited by paragraph"
			case strings.HasPrefix(part, "- "):
				hint = "a note stands behind a dash, not a hyphen: [[id]] — note"
			case !k.note:
				hint = fmt.Sprintf("write [[%s]]", text.Slug(part))
			}
			at := p.at + max(0, bytes.Index(w.src[p.at:], []byte(strings.Fields(part)[0]))) // perhaps on another line
			w.report(w.lines.at(w.body+at), hint, "%q is no link", part)
			return l, false
		}
		if at != nil {
			l.Note = w.note(p.text[at[1]:], line[i+1:])
			break
		}
	}
	return l, w.complete(l, k)
}

// note is the text behind the dash.
func (w *writer) note(first string, rest []piece) string {
	words := first
	for _, p := range rest {
		if p.link != nil {
			w.errorf(p.link, "put the link before the dash, or into the text above", "a note is plain text")
			break
		}
		words += p.text
	}
	return text.Typographic(strings.TrimSpace(words))
}

// complete checks that a line has the word and the names that its key asks for.
func (w *writer) complete(l Line, k recordKey) bool {
	switch {
	case k.words != nil && !slices.Contains(k.words, l.Word):
		hint := diag.DidYouMean(l.Word, slices.Values(k.words))
		if hint == "" {
			hint = "write one of: " + strings.Join(k.words, ", ")
		}
		w.report(l.At, hint, "%q is no word for %q", l.Word, l.Key)
	case len(l.Names) == 0 && (k.words == nil || l.Word != k.alone):
		w.report(l.At, fmt.Sprintf("name one: `- %s [[id]]`", strings.TrimSpace(l.Key+": "+l.Word)), "this line names no page")
	case len(l.Names) > 0 && l.Word != "" && l.Word == k.alone:
		w.report(l.At, "take the link away, or choose another word: "+strings.Join(k.words, ", "), "%q names no source", l.Word)
	default:
		return true
	}
	return false
}

// name reads a link in a record. It is kept apart from the links of the text.
func (w *writer) name(n ast.Node, key string) (Name, bool) {
	before := len(w.doc.Links)
	var inside bool
	switch n := n.(type) {
	case *wikilink:
		if scheme, _, found := strings.Cut(n.dest, ":"); !found || strings.ContainsAny(scheme, "#.") {
			inside = w.link(n, Wiki, n.dest)
		}
	case *ast.Link:
		inside = w.link(n, Relative, destination(n.Destination))
	}
	if len(w.doc.Links) == before {
		if !inside {
			hint := "name a page of this site: [[id]]"
			if key == "source" || key == "checked" || key == "outcome" {
				hint = "give the report a page under sources/ and name that"
			}
			w.errorf(n, hint, "a record names pages of this site")
		}
		return Name{}, false
	}
	name := Name{Link: w.doc.Links[before]}
	w.doc.Links = w.doc.Links[:before]
	if m := anchor.FindStringSubmatch(name.Fragment); m != nil && key == "source" {
		number, _ := strconv.Atoi(m[1])
		name.Passages = append(name.Passages, number)
		name.Fragment = ""
	}
	return name, true
}
