package rename

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

func (p *plan) edits(d *content.Document) (list []content.Edit) {
	for _, r := range p.parser.References(d) {
		written := ""
		if r.Start >= 0 {
			written = string(d.Source()[r.Start:r.End])
		}
		switch new := p.rewrite(d, r, written); {
		case new == written:
		case r.Start < 0:
			p.errorf(diag.Position{File: d.Path, Line: r.Line, Column: r.Column}, "write it without escapes, and run the command again", "the name %q is written in a form that cannot be replaced", r.Target)
		default:
			list = append(list, content.Edit{Start: r.Start, End: r.End, New: new})
		}
	}
	switch new := p.moved(d.Path); {
	case p.claim != nil && d.Path == p.inFile:
		list = append(list, p.renameClaim(d)...)
	case !alike(new, d.Path): // else they are one address on a disk that ignores case
		list = append(list, redirect(d, site.PathOf(d.Path), site.PathOf(new)))
	}
	slices.SortStableFunc(list, func(a, b content.Edit) int { return cmp.Compare(a.Start, b.Start) })
	return slices.Compact(list)
}

func (p *plan) rewrite(d *content.Document, r content.Reference, written string) string {
	file, to, _ := p.resolve(d.Path, &r.Link)
	if to != nil && to.ID != p.oldID && r.Form == content.Wiki && alike(r.Target, p.newID) {
		p.errorf(diag.Position{File: d.Path, Line: r.Line, Column: r.Column}, fmt.Sprintf("write [[%s]], or choose another id", to.ID), "this link would lead to what is renamed")
	}
	target, fragment, hasFragment := strings.Cut(written, "#")
	target = strings.TrimSuffix(target, r.Query)
	claim := to != nil && to.Kind == kind.Claim
	switch {
	case p.claim != nil && claim && to.ID == p.oldID:
		target = p.newID
	case p.claim != nil && file == p.inFile && alike(r.Fragment, p.oldID):
		fragment = p.newID
	case p.claim != nil, claim, file == "", r.Target == "", p.moved(file) == file && r.Form == content.Wiki:
	case r.Form == content.Wiki && strings.Contains(r.Target, "/") && alike(r.Target, stem(file)):
		target = stem(p.moved(file))
	case r.Form == content.Wiki && alike(r.Target, to.ID):
		target = kind.ID(p.moved(file))
	case r.Form != content.Wiki:
		target = p.rewritePath(d.Path, target, r.Target, file)
	}
	target += r.Query
	if hasFragment {
		target += "#" + fragment
	}
	return target
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
	edit := content.Edit{Start: id, End: id + len(c.ID), New: p.newID}
	if c.Was.Text == "" {
		at = d.Offset(c.Lines[0].At)
		start := bytes.LastIndexByte(src[:at], '\n') + 1
		return []content.Edit{edit, {Start: start, End: start, New: string(src[start:at]) + "was: " + c.ID + "\n"}}
	}
	at = d.Offset(c.Was.At) + len("was")
	for _, was := range c.Formerly() {
		i := at + bytes.Index(src[at:], []byte(was))
		if at = i + len(was); was == p.newID { // its name again
			return []content.Edit{edit, {Start: i, End: at, New: c.ID}}
		}
	}
	return []content.Edit{edit, {Start: at, End: at, New: ", " + c.ID}}
}

// redirect adds the old address of a page to its key redirect_from. If the new address is one of
// them, it is replaced, because no page redirects from its own address. One that leads to a
// heading stays, which is an error: the old address of the page must not lead there.
func redirect(d *content.Document, old, new string) content.Edit {
	src := d.Source()
	for _, r := range d.Front.RedirectFrom {
		if name := strings.Trim(new, "/"); r.Path == new && r.To.ID == "" {
			at := d.Offset(r.At)
			at += bytes.Index(src[at:], []byte(name))
			return content.Edit{Start: at, End: at + len(name), New: strings.Trim(old, "/")}
		}
	}
	if len(d.Front.RedirectFrom) > 0 { // before the first
		at := d.Offset(d.Front.RedirectFrom[0].At)
		before := string(src[bytes.LastIndexByte(src[:at], '\n')+1 : at])
		if strings.Trim(before, " -") == "" { // on a line of its own
			return content.Edit{Start: at, End: at, New: old + "\n" + before}
		}
		return content.Edit{Start: at, End: at, New: old + ", "}
	}
	line := "redirect_from: [" + old + "]\n"
	if front, body, _ := frontmatter.Split(src); body > 0 {
		at := len("---\n") + len(front)
		return content.Edit{Start: at, End: at, New: line}
	}
	return content.Edit{New: "---\n" + line + "---\n\n"}
}
