package rename

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// edits returns the changes to one file, in order.
func (p *plan) edits(d *content.Document) (list []content.Edit) {
	for _, r := range p.parser.References(d) {
		if new, ok := p.rewrite(d, r); ok && r.Start < 0 {
			p.errorf(diag.Position{File: d.Path, Line: r.Line, Column: r.Column}, "write it without escapes, and run the command again", "the name %q is written in a form that cannot be replaced", r.Target)
		} else if ok {
			list = append(list, content.Edit{Start: r.Start, End: r.End, New: new})
		}
	}
	switch new := p.moves[d.Path]; {
	case p.claim != nil && d.Path == p.inFile:
		list = append(list, p.renameClaim(d)...)
	case new != "" && !strings.EqualFold(new, d.Path): // one address on a disk that ignores case
		list = append(list, p.redirect(d, address(d.Path), address(new))...)
	}
	slices.SortStableFunc(list, func(a, b content.Edit) int { return cmp.Compare(a.Start, b.Start) })
	return slices.Compact(list)
}

// rewrite returns the new address of a reference, and whether it is another one.
func (p *plan) rewrite(d *content.Document, r content.Reference) (string, bool) {
	file, to := p.resolve(d, &r.Link)
	if file == "" || r.Start < 0 && p.moved(file) == file && p.claim == nil {
		return "", false
	}
	var written string
	if r.Start >= 0 {
		written = string(d.Source()[r.Start:r.End])
	}
	target, fragment, _ := strings.Cut(written, "#")
	new := target
	switch {
	case p.claim != nil && to != nil && to.Kind == kind.Claim && to.ID == p.claim.ID:
		new = p.new
	case p.claim != nil && file == p.inFile && r.Fragment == p.claim.ID:
		fragment = p.new
	case p.claim != nil || r.Target == "" || to != nil && to.Kind == kind.Claim:
	case r.Form == content.Wiki:
		new = p.rewriteID(target, r.Target, file, to)
	default:
		new = p.rewritePath(d.Path, target, r.Target, file)
	}
	if strings.Contains(written, "#") {
		new += "#" + fragment
	}
	return new, new != written
}

// rewriteID returns what stands for an id or a path without ending. Titles and aliases stay.
func (p *plan) rewriteID(written, id, file string, to *site.Ref) string {
	switch moved := p.moves[file]; {
	case moved == "":
	case strings.EqualFold(id, to.ID):
		return kind.ID(moved)
	case strings.EqualFold(id, stem(file)):
		return stem(moved)
	}
	return written
}

// rewritePath returns the address of a file, as seen from the file from, after both may have moved. It
// keeps the form of the written one: its ending, the slash at its ends, and escapes in its last name.
func (p *plan) rewritePath(from, written, read, file string) string {
	before, after := path.Dir(from), path.Dir(p.moved(from))
	slash, end := "", ""
	if strings.HasPrefix(read, "/") {
		before, after, slash = ".", ".", "/"
	}
	if strings.HasSuffix(read, "/") {
		end = "/"
	}
	old, read := path.Join(before, read), strings.TrimPrefix(read, slash)
	new := likewise(old, file, p.moved(file))
	if path.Join(after, read) == new {
		return written
	}
	if after == before && path.Dir(old) == path.Dir(new) { // only its last name changes
		return strings.TrimSuffix(written, path.Base(written)+end) + path.Base(new) + end
	}
	rel, _ := filepath.Rel(after, new) // never fails: both are relative to the content folder
	dir, base := path.Split(filepath.ToSlash(rel))
	if base == path.Base(old) {
		base = path.Base(written)
	}
	if strings.ContainsAny(dir, " ()<>%#\\") {
		dir = (&url.URL{Path: dir}).EscapedPath()
	}
	if strings.HasPrefix(written, "./") && !strings.HasPrefix(dir, "../") {
		slash = "./"
	}
	return slash + dir + base + end
}

// likewise returns the name that stands for a page's file now, where old stood for file: with
// its ending, with another, without one, or as its folder.
func likewise(old, file, now string) string {
	switch {
	case old == file:
		return now
	case old == path.Dir(file):
		return path.Dir(now)
	case old == stem(file):
		return stem(now)
	}
	return stem(now) + path.Ext(old)
}

// renameClaim replaces the id behind a claim's title and adds the old one to its record.
func (p *plan) renameClaim(d *content.Document) []content.Edit {
	src, c := d.Source(), p.claim
	at := d.Offset(c.At)
	line, _, _ := bytes.Cut(src[at:], []byte("\n"))
	id := at + bytes.LastIndex(line, []byte("{#"+c.ID+"}")) + len("{#")
	list := []content.Edit{{Start: id, End: id + len(c.ID), New: p.new}}
	if was := c.Formerly(); len(was) > 0 {
		at = d.Offset(c.Was.At)
		at += bytes.Index(src[at:], []byte(was[0]))
		for _, old := range was {
			i := at + bytes.Index(src[at:], []byte(old))
			if at = i + len(old); old == p.new { // its name again
				return append(list, content.Edit{Start: i, End: at, New: c.ID})
			}
		}
		return append(list, content.Edit{Start: at, End: at, New: ", " + c.ID})
	}
	at = d.Offset(c.Lines[0].At)
	start := bytes.LastIndexByte(src[:at], '\n') + 1
	return append(list, content.Edit{Start: start, End: start, New: string(src[start:at]) + "was: " + c.ID + "\n"})
}

// redirect adds an address to the key redirect_from of a page. If the new address of the page is one
// of them, it is replaced, because no page redirects from its own address.
func (p *plan) redirect(d *content.Document, old, new string) []content.Edit {
	src := d.Source()
	for _, r := range d.Front.RedirectFrom {
		if r.Path == new {
			start := d.Offset(r.At)
			start += bytes.Index(src[start:], []byte(strings.Trim(new, "/")))
			end := start + len(strings.Trim(new, "/"))
			return []content.Edit{{Start: start, End: end, New: strings.Trim(old, "/")}}
		}
	}
	line, insert := "redirect_from: ["+old+"]\n", func(at int, s string) []content.Edit { return []content.Edit{{Start: at, End: at, New: s}} }
	front, body, _ := frontmatter.Split(src)
	if body == 0 {
		return insert(0, "---\n"+line+"---\n\n")
	}
	var doc yaml.Node
	if yaml.Unmarshal(front, &doc) != nil || len(doc.Content) == 0 {
		return insert(len("---\n"), line)
	}
	root := doc.Content[0]
	position := func(n *yaml.Node) int { return d.Offset(diag.Position{Line: n.Line + 1, Column: n.Column}) }
	for i := 0; i+1 < len(root.Content); i += 2 {
		if n := root.Content[i+1]; root.Content[i].Value != "redirect_from" {
			continue
		} else if at := position(n); n.Style&yaml.FlowStyle == 0 {
			return insert(at, "- "+old+"\n"+strings.Repeat(" ", n.Column-1))
		} else if len(n.Content) == 0 {
			return insert(at+1, old)
		} else {
			return insert(at+1, old+", ")
		}
	}
	return insert(len("---\n")+len(front), strings.Repeat(" ", root.Column-1)+line)
}
