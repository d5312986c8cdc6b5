package content

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// titled gives a body the front matter of a plain page, which takes three
// lines.
func titled(body string) string { return "---\ntitle: T\n---\n" + body }

// parse parses a plain page without front matter of its own.
func parse(body string) *Document { return NewParser().Parse("docs/page.md", []byte(titled(body))) }

// reported are the findings as a user sees them, one string each, without the
// file's name.
func reported(d *Document) []string {
	var list []string
	for _, f := range d.Diagnostics {
		list = append(list, strings.TrimPrefix(f.String(), d.Path+":"))
	}
	return list
}

// wantReported fails unless exactly these findings are there, in any order.
func wantReported(t *testing.T, d *Document, want ...string) {
	t.Helper()
	got := reported(d)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("reported\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// runs are the stretches in which names may be linked.
func runs(d *Document) []string {
	var list []string
	for _, r := range d.Runs {
		list = append(list, string(d.HTML[r.Start:r.End]))
	}
	return list
}

// filled is the HTML with its holes made visible: {0} for the address of the
// first link, {0 title} for the title it shows, {0 claim} for the label of the
// first claim.
func filled(d *Document) string {
	var b strings.Builder
	at := 0
	for _, h := range d.Holes {
		b.Write(d.HTML[at:h.At])
		at = h.At
		b.WriteString("{" + strconv.Itoa(h.Link))
		switch h.Kind {
		case HoleTitle:
			b.WriteString(" title")
		case HoleClaim:
			b.WriteString(" claim")
		}
		b.WriteString("}")
	}
	b.Write(d.HTML[at:])
	return b.String()
}
