// Package rename gives a page, a folder of pages or a claim another id, in every file that
// names it.
//
// It is no stop of a build. It takes a Site, the files that it was made of, and two ids. It
// returns a Change: the new bytes of each file, and what moves. The command
// builds the site from the changed files before it writes them.
//
// Invariant: all bytes stay the same except addresses that no longer lead to the same place,
// and the line that leads on from the old address.
//
// Invariant: every reference leads to what it led to before. The new id must not be that of another page, nor
// a title or alias by which a link names another page.
//
// Deliberately absent: links by title or alias, which stay right; companions of a moved page,
// which stay where they are; and files that are not Markdown.
package rename

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// Change is a rename of one page, folder or claim.
type Change struct {
	Files    []*scan.File // the content folder after it, ascending by name
	Log      []string     // what changes, file by file
	From, To string       // the file or folder that moves, "" for a claim

	old, changed map[string][]byte // the bytes of each changed file before and after, by path before
}

// plan is the state in which a Change is made.
type plan struct {
	*Change
	docs         map[string]*content.Document // by path
	resolve      site.Resolve
	parser       *content.Parser
	oldID, newID string
	claim        *content.Claim // the renamed claim, or nil
	inFile       string         // the file that holds what is renamed
	found        []diag.Diagnostic
}

// New plans a rename on a site with its drafts, made of the files of the content folder. If
// it cannot be done, New returns diagnostics.
func New(s *site.Site, files []*scan.File, from, to string) (*Change, []diag.Diagnostic) {
	p := &plan{Change: &Change{old: map[string][]byte{}, changed: map[string][]byte{}}, docs: map[string]*content.Document{}, parser: content.NewParser()}
	in := site.Input{Config: *s.Config, Drafts: true}
	for _, page := range s.Pages {
		if page.Claim == nil && page.Doc.Path != "" {
			in.Docs, p.docs[page.Doc.Path] = append(in.Docs, page.Doc), page.Doc
		}
	}
	for _, f := range files {
		if p.docs[f.Name] == nil && f.Name != frontmatter.ConfigFile {
			in.Files = append(in.Files, f.Name)
		}
	}
	p.resolve = site.Resolver(in)
	if p.choose(from, to); len(p.found) > 0 {
		return nil, p.found
	}
	for _, f := range files {
		p.change(f)
	}
	slices.SortFunc(p.Files, func(a, b *scan.File) int { return cmp.Compare(a.Name, b.Name) })
	return p.Change, p.found
}

// change edits a file and records what is changed.
func (p *plan) change(f *scan.File) {
	now := *f
	now.Name = p.moved(f.Name)
	p.Files = append(p.Files, &now)
	d := p.docs[f.Name]
	if d == nil {
		return
	}
	edits := p.edits(d)
	if len(edits) > 0 && !utf8.Valid(f.Data) {
		p.errorf(diag.Position{File: f.Name}, "save it in UTF-8 first", "this file names %q and is not UTF-8 text", p.oldID)
		return
	}
	if len(edits) > 0 && !norm.NFC.IsNormal(f.Data) {
		p.errorf(diag.Position{File: f.Name}, "save it in the form NFC of Unicode first", "this file names %q and has decomposed letters", p.oldID)
		return
	}
	var lines []int
	if now.Data, lines = content.Apply(f.Data, edits); len(edits) > 0 {
		p.old[f.Name], p.changed[f.Name] = f.Data, now.Data
	}
	for i, e := range edits {
		what := fmt.Sprintf("added %q", strings.Trim(e.New, "\n"))
		if e.Start < e.End {
			what = fmt.Sprintf("%q is now %q", d.Source()[e.Start:e.End], e.New)
		}
		p.Log = append(p.Log, fmt.Sprintf("%s:%d: %s", now.Name, lines[i], what))
	}
}

func (p *plan) errorf(at diag.Position, hint, format string, args ...any) {
	p.found = append(p.found, diag.Errorf(at, format, args...).WithHint("%s", hint))
}

// moved returns the path that a file will have.
func (c *Change) moved(file string) string {
	if rest, in := strings.CutPrefix(file, c.From); in && c.From != "" && (rest == "" || rest[0] == '/') {
		return c.To + rest
	}
	return file
}

// choose decides what is renamed, and how its file moves. It reports an id that is unknown, taken
// or impossible.
func (p *plan) choose(from, to string) {
	link := func(id string) *content.Link { return &content.Link{Form: content.Wiki, Target: id} }
	file, ref, hint := p.resolve("index.md", link(from))
	switch {
	case ref == nil || !alike(from, ref.ID) && !alike(from, stem(file)): // a title or an alias
		p.errorf(diag.Position{}, cmp.Or(hint, "name a page or a claim by its id"), "no page or claim %q", from)
		return
	case ref.Kind == kind.Home:
		p.errorf(diag.Position{File: file}, "name another page", "the home page cannot be renamed")
		return
	case ref.Kind == kind.Index && kind.Of(file[:len(file)-len("index.md")]+"page.md") != kind.Page:
		p.errorf(diag.Position{File: file}, "to name it otherwise, change its `title`", "the folder %s gives its pages their kind and cannot be renamed", ref.ID)
		return
	}
	p.inFile, p.oldID, p.newID = file, ref.ID, to
	if ref.Kind == kind.Claim {
		p.chooseClaim()
	} else {
		p.choosePage()
	}
	if other, taken, _ := p.resolve("index.md", link(p.newID)); len(p.found) > 0 {
	} else if taken != nil && taken.ID != ref.ID && alike(taken.ID, p.newID) {
		p.errorf(diag.Position{File: other}, "choose another id", "the id %q is taken by this file", taken.ID)
	} else if p.newID == p.oldID && p.From == p.To {
		p.errorf(diag.Position{File: file}, "choose another id", "%q is its id already", p.oldID)
	}
}

func (p *plan) chooseClaim() {
	claims := p.docs[p.inFile].Claims
	p.claim = &claims[slices.IndexFunc(claims, func(c content.Claim) bool { return c.ID == p.oldID })]
	if !content.ValidClaimID(p.newID) {
		p.errorf(p.claim.At, "write lower-case letters, digits and hyphens", "%q cannot be the id of a claim", p.newID)
	}
	if p.newID != p.oldID && slices.Contains(p.docs[p.inFile].Anchors, p.newID) {
		p.errorf(p.claim.At, "choose another id", "the id %q is that of a heading or anchor of this page", p.newID)
	}
}

// choosePage decides where the file of a page, or the folder of an index, moves to. An id without
// a slash stays in the folder.
func (p *plan) choosePage() {
	end, folder := path.Ext(p.inFile), path.Base(p.inFile) == "index.md"
	if p.From = p.inFile; folder {
		p.From, end = path.Dir(p.inFile), ""
	}
	if p.To = p.newID + end; !strings.Contains(p.newID, "/") {
		p.To = path.Join(path.Dir(p.From), p.To)
	}
	p.newID = kind.ID(p.moved(p.inFile))
	bad := func(name string) bool { return !site.ValidName(name) || scan.Ignored(name) }
	inside := strings.HasPrefix(p.To, p.From+"/")
	if slices.ContainsFunc(strings.Split(p.To, "/"), bad) || inside || path.Base(p.To) == "index.md" || paths.Refused(stem(p.To)) != "" {
		p.errorf(diag.Position{File: p.inFile}, "use letters, digits and hyphens, such as tea-board or actors/tea-board, and no name of a device, such as con", "it cannot move to %q", p.To)
	}
}

// alike reports whether two names find the same page.
func alike(a, b string) bool { return text.Fold(a) == text.Fold(b) }

// stem is a page's path without the ending of its file.
func stem(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }
