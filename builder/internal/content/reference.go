package content

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
)

// Reference is a place in a file that names a page, a claim or a file: a link in the
// text or in a record, a definition of a link, or a value of front matter.
type Reference struct {
	Link
	Start, End int // range of its address in Source, as written: "../actors/board.md#history"; Start is -1 if it was not found
}

// Edit replaces Source()[Start:End].
type Edit struct {
	Start, End int
	New        string
}

// Source returns the file as it was parsed: without a byte order mark, every line
// ended by "\n".
func (d *Document) Source() []byte { return d.positions.src }

// Offset returns the offset in Source of a position in the file.
func (d *Document) Offset(pos diag.Position) int { return d.positions.offset(pos) }

// References returns the references of a Document by position. It parses the body
// again, because a Document does not keep where addresses are written.
func (p *Parser) References(d *Document) []Reference {
	_, from, _ := frontmatter.Split(d.positions.src)
	body := append(bytes.Clone(d.positions.src[from:]), '\n') // so that goldmark completes no line in a copy
	w := &writer{doc: &Document{Path: d.Path, positions: d.positions}, src: body, from: from}
	list := d.frontReferences()
	add := func(n ast.Node, form LinkForm, raw []byte, dest string) {
		if l, _ := w.readLink(n, form, dest); l != nil {
			start := startIn(body, raw)
			if start >= 0 {
				start += from
			}
			list = append(list, Reference{*l, start, start + len(raw)})
		}
	}
	for n := range all(w.parse(p.full)) {
		switch n := n.(type) {
		case *wikilink:
			raw := bytes.TrimLeft(body[n.Pos()+len("[["):], " \t\n")
			end := max(0, bytes.IndexAny(raw, "|]"))
			raw = bytes.TrimRight(raw[:end], " \t\n\\")
			add(n, Wiki, raw, n.dest)
		case *ast.Link:
			if n.Reference == nil {
				add(n, Relative, n.Destination, destination(n.Destination))
			}
		case *ast.Image:
			if n.Reference == nil {
				add(n, Image, n.Destination, destination(n.Destination))
			}
		case *ast.LinkReferenceDefinition:
			add(n, Relative, n.Destination, destination(n.Destination))
		}
	}
	slices.SortStableFunc(list, func(a, b Reference) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

func (d *Document) frontReferences() (list []Reference) {
	refs := slices.Clone(d.Front.Refs)
	for _, f := range d.Front.Figures {
		refs = append(refs, f.Source)
	}
	for _, r := range d.Front.RedirectFrom {
		refs = append(refs, r.To)
	}
	for _, a := range d.Front.Picture {
		refs = append(refs, a.From, a.To, a.Claim)
	}
	for _, r := range refs {
		if r.ID == "" {
			continue
		}
		l, start := Link{Form: Wiki, Line: r.At.Line, Column: r.At.Column}, d.Offset(r.At)
		l.Target, l.Fragment, _ = strings.Cut(r.ID, "#")
		before, _, found := strings.Cut(string(d.positions.src[start:]), r.ID)
		if start += len(before); !found || strings.Trim(before, " \n\t'\"|>+-") != "" { // quotation marks and signs of YAML
			start = -1
		}
		list = append(list, Reference{l, start, start + len(r.ID)})
	}
	return list
}

// startIn returns the offset of a part in whole, or -1 if it is no part of that slice.
// A part has the capacity of the rest of the slice that it was cut from.
func startIn(whole, part []byte) int {
	at := cap(whole) - cap(part)
	if len(part) == 0 || at < 0 || at >= len(whole) || &whole[at] != &part[0] {
		return -1
	}
	return at
}

// lineBreak matches what ends a line in a file. In Source it is "\n".
var lineBreak = regexp.MustCompile(`\r\n?|\n`)

// Apply returns the file that a Document was parsed from after edits, sorted and without overlap.
// Every other byte stays the same, and new lines end as the first line of the file does.
// lines has the number of the line of each edit in the new file.
func Apply(file []byte, edits []Edit) (out []byte, lines []int) {
	end := cmp.Or(string(lineBreak.Find(file)), "\n")
	i, at, line := 0, 0, 1 // offsets in file and in Source, and the line in out
	if bytes.HasPrefix(file, []byte("\ufeff")) {
		i = len("\ufeff")
	}
	out = append(out, file[:i]...)
	advance := func(to int) (passed []byte) {
		from := i
		for ; at < to && i < len(file); at++ {
			if i++; bytes.HasPrefix(file[i-1:], []byte("\r\n")) {
				i++
			}
		}
		return file[from:i]
	}
	for _, e := range edits {
		kept := advance(e.Start)
		line += len(lineBreak.FindAllIndex(kept, -1))
		lines = append(lines, line)
		out = append(append(out, kept...), strings.ReplaceAll(e.New, "\n", end)...)
		line += strings.Count(e.New, "\n")
		advance(e.End)
	}
	return append(out, file[i:]...), lines
}
