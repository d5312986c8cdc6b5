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
	"unicode/utf8"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// broken lists every way in which a Document breaks what the package promises
// of any file whatever.
func broken(d *Document, src []byte) (list []string) {
	report := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if !utf8.Valid(d.HTML) {
		report("the HTML is not UTF-8")
	}

	list = append(list, displaced(d)...)
	for _, c := range d.Claims {
		for _, b := range misshapen(d, c) {
			report("claim %q: %s", c.ID, b)
		}
	}
	for _, h := range d.Headings {
		if h.Level < 1 || h.Level > 6 || !bytes.HasPrefix(d.HTML[h.At:], []byte("<h"+strconv.Itoa(h.Level)+` id="`+html.EscapeString(h.ID)+`"`)) {
			report("heading %+v stands before %q", h, d.HTML[h.At:min(len(d.HTML), h.At+20)])
		}
	}
	list = append(list, misplaced(d, src)...)
	return append(list, unsafe(d)...)
}

// displaced lists the holes, runs and links that do not stand in the HTML as
// promised.
func displaced(d *Document) (list []string) {
	report := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	at := 0
	for _, h := range d.Holes {
		if h.At < at || h.At > len(d.HTML) {
			report("hole %+v stands before %d or behind %d", h, at, len(d.HTML))
		}
		of := len(d.Links)
		if h.Kind == HoleClaim {
			of = len(d.Claims)
		}
		if h.Link < 0 || h.Link >= of {
			report("hole %+v belongs to none of %d", h, of)
		}
		at = h.At
	}

	at = 0
	for _, r := range d.Runs {
		if r.Start < at || r.End <= r.Start || r.End > len(d.HTML) {
			report("run %+v does not lie between %d and %d", r, at, len(d.HTML))
			break
		}
		text := d.HTML[r.Start:r.End]
		if bytes.ContainsAny(text, "<>") || !utf8.Valid(text) {
			report("run %q holds markup or half a character", text)
		}
		for _, h := range d.Holes {
			if h.At > r.Start && h.At < r.End {
				report("hole %+v stands inside the run %q", h, text)
			}
		}
		at = r.End
	}

	for _, l := range d.Links {
		if l.At < 0 || l.At > len(d.HTML) {
			report("link %+v has its label outside the HTML", l)
		}
	}
	return list
}

// misshapen lists what is wrong with a claim: its place in the text, the copy
// of that text, the positions in its record.
func misshapen(d *Document, c Claim) (list []string) {
	report := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if c.Start < 0 || c.End < c.Start || c.End > len(d.HTML) {
		report("its text is [%d:%d] of %d", c.Start, c.End, len(d.HTML))
		return list
	}
	if opening := fmt.Sprintf("<div class=\"claim claim-%s\"", c.Kind); !bytes.Contains(d.HTML[max(0, c.Start-len(opening)-len(html.EscapeString(c.ID))-8):c.Start], []byte(opening)) {
		report("stands behind no %s", opening)
	}
	for _, at := range []diag.Position{c.At, c.Wording.At, c.Horizon.At} {
		if at != (diag.Position{}) && (at.File != d.Path || at.Line < 1 || at.Column < 1) {
			report("is at %+v", at)
		}
	}
	for _, l := range c.Lines {
		if _, known := recordKeys[l.Key]; !known || l.At.File != d.Path || l.At.Line < c.At.Line || l.At.Column < 1 {
			report("the line %+v", l)
		}
		for _, n := range l.Names {
			if n.Line < l.At.Line || n.Column < 1 {
				report("the name %+v in a line at %s", n, l.At)
			}
		}
	}

	b := c.Body
	if b == nil {
		report("has no body")
		return list
	}
	if !bytes.Equal(b.HTML, d.HTML[c.Start:c.End]) {
		report("its body is %q, the page has %q", b.HTML, d.HTML[c.Start:c.End])
		return list
	}
	if b.Path != d.Path || b.Kind != kind.Claim || b.Front.Title != c.Title || b.Front.Updated != d.Front.Updated {
		report("its body is %s %s %+v", b.Kind, b.Path, b.Front)
	}
	if len(b.Claims)+len(b.Headings)+len(b.Anchors)+len(b.Diagnostics)+len(b.positions.src) > 0 {
		report("its body has parts of the page's: %+v", b)
	}
	for _, wrong := range displaced(b) {
		report("its body: %s", wrong)
	}
	if c.Link < 0 || c.Link+len(b.Links) > len(d.Links) {
		report("its links are %d from %d of %d", len(b.Links), c.Link, len(d.Links))
		return list
	}
	for i, l := range b.Links {
		same := d.Links[c.Link+i]
		same.At -= c.Start
		same.Line, same.Column = 0, 0
		if l != same {
			report("its body's link %d is %+v, want %+v", i, l, same)
		}
	}
	var holes []Hole
	for _, h := range d.Holes {
		if h.At >= c.Start && h.At <= c.End && h.Kind != HoleClaim && h.Link >= c.Link && h.Link < c.Link+len(b.Links) {
			holes = append(holes, Hole{h.At - c.Start, h.Link - c.Link, h.Kind})
		}
	}
	if !slices.Equal(b.Holes, holes) {
		report("its body has the holes %+v, want %+v", b.Holes, holes)
	}
	var runs []Run
	for _, r := range d.Runs {
		if r.Start >= c.Start && r.End <= c.End {
			runs = append(runs, Run{Start: r.Start - c.Start, End: r.End - c.Start})
		}
	}
	if !slices.Equal(b.Runs, runs) {
		report("its body has the runs %+v, want %+v", b.Runs, runs)
	}
	return list
}

var lineEnd = regexp.MustCompile("\r?\n|\r")

// misplaced lists the findings that point outside the file.
func misplaced(d *Document, src []byte) (list []string) {
	lines := lineEnd.Split(string(src), -1)
	for _, f := range d.Diagnostics {
		if f.File != d.Path || f.Line < 1 || f.Line > len(lines)+1 || f.Column < 1 {
			list = append(list, fmt.Sprintf("%q is reported at %s of a file with %d lines", f.Message, f.Position, len(lines)))
		}
	}
	return list
}

// tag is every form of a tag that may stand in a Document. All else is text,
// and in text there are no angle brackets.
var (
	tag       = regexp.MustCompile(`^<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>`)
	attribute = regexp.MustCompile(` ([a-z-]+)(?:="([^"]*)")?`)
)

// elements are those that a Document may have, with their attributes.
var elements = map[string]string{
	"a": "href title class role", "blockquote": "", "br": "", "code": "class", "dd": "", "del": "", "div": "class role tabindex id",
	"dl": "", "dt": "", "em": "", "figcaption": "", "figure": "", "hr": "", "img": "src alt loading", "input": "type disabled checked aria-label",
	"h1": "id class lang dir", "h2": "id class lang dir", "h3": "id class lang dir", "h4": "id class lang dir", "h5": "id class lang dir", "h6": "id class lang dir",
	"li": "id", "ol": "start", "p": "class", "pre": "class tabindex", "strong": "", "sup": "id", "table": "", "tbody": "", "td": "class", "th": "scope class",
	"thead": "", "span": "id lang dir", "tr": "", "ul": "",
}

var void = []string{"br", "hr", "img", "input"}

// unsafe lists what a browser would not read as the author wrote it: tags and
// attributes of the author's own, addresses with a forbidden scheme, elements
// that do not nest, and ids that Anchors does not know.
func unsafe(d *Document) (list []string) {
	report := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	errors, _ := diag.Count(d.Diagnostics)
	ids := map[string]bool{}
	var open []string
	for rest := string(d.HTML); rest != ""; {
		at := strings.IndexAny(rest, "<>")
		if at < 0 {
			break
		}
		rest = rest[at:]
		m := tag.FindStringSubmatch(rest)
		if m == nil {
			report("a stray bracket before %.60q", rest)
			return list
		}
		rest = rest[len(m[0]):]
		name := m[2]
		known, ok := elements[name]
		if !ok {
			report("the element %s", m[0])
		}
		for _, a := range attribute.FindAllStringSubmatch(m[3], -1) {
			if !slices.Contains(strings.Fields(known), a[1]) {
				report("the attribute %q in %s", a[1], m[0])
			}
			if a[1] == "id" {
				ids[html.UnescapeString(a[2])] = true
			}
			if (a[1] == "href" || a[1] == "src") && !safeAddress.MatchString(html.UnescapeString(a[2])) {
				report("the address in %s", m[0])
			}
		}
		switch {
		case slices.Contains(void, name):
		case m[1] == "":
			// A link in a link is no HTML, but it is enough that it is reported.
			if name == "a" && slices.Contains(open, "a") && errors == 0 {
				report("a link in a link before %.60q", rest)
			}
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			report("%s closes %q", m[0], open)
			return list
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		report("%q stay open", open)
	}
	anchors := map[string]bool{}
	for _, a := range d.Anchors {
		anchors[a] = true
	}
	for _, p := range d.Front.Passages {
		if !ids[p.Anchor()] {
			delete(anchors, p.Anchor()) // the layout writes these
		}
		for _, s := range p.Sentences {
			if id := fmt.Sprintf("%s.%d", p.Anchor(), s.N); !ids[id] {
				delete(anchors, id)
			}
		}
	}
	if !maps.Equal(ids, anchors) {
		report("the HTML has the ids %v, Anchors has %v", slices.Sorted(maps.Keys(ids)), slices.Sorted(maps.Keys(anchors)))
	}
	return list
}

// safeAddress matches what may stand in the HTML before its holes are filled.
var safeAddress = regexp.MustCompile(`^(?i:$|#fn(ref\d*)?:\d+$|https?://|mailto:)`)
