// Package rename gives a page, a folder of pages or a claim another id, in every file that
// names it.
//
// It is no stop of a build. It takes the files of the content folder and two ids. It
// returns a Change: the new bytes of each file, and the files that move. The command
// builds the site from the changed files before it writes them.
//
// Invariant: all bytes stay the same except addresses that no longer lead to the same place,
// and the line that leads on from the old address.
//
// Invariant: every reference of the changed site leads to what it led to before.
//
// Deliberately absent: links by title or alias, which stay right; companions of a moved page,
// which stay where they are; and files that are not Markdown.
package rename

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
)

// Change is a rename of one page, folder or claim.
type Change struct {
	Files    []*scan.File // the content folder after it, ascending by name
	Log      []string     // what changes, file by file
	From, To string       // the file or folder that moves, "" for a claim

	old     map[string][]byte   // by path, the bytes of each changed file before
	changed map[string][]byte   // by path before, its bytes after
	leads   map[string][]string // by path after, what its references lead to
}

// plan is the state in which a Change is made.
type plan struct {
	docs     []*content.Document
	files    []string // the other files
	resolve  func(*content.Document, *content.Link) (string, *site.Ref)
	parser   *content.Parser
	old, new string            // ids
	moves    map[string]string // paths of files, new by old
	claim    *content.Claim    // the renamed claim, or nil
	inFile   string            // the file that holds it
	found    []diag.Diagnostic
}

func newPlan(s *site.Site, files []*scan.File) *plan {
	p := &plan{parser: content.NewParser(), moves: map[string]string{}}
	pages := map[string]bool{frontmatter.ConfigFile: true}
	for _, page := range s.Pages {
		if page.Claim == nil && page.Doc.Path != "" {
			p.docs = append(p.docs, page.Doc)
			pages[page.Doc.Path] = true
		}
	}
	for _, f := range files {
		if !pages[f.Name] {
			p.files = append(p.files, f.Name)
		}
	}
	p.resolve = site.Resolver(site.Input{Config: *s.Config, Docs: p.docs, Files: p.files, Drafts: true})
	return p
}

// New plans a rename on a site with its drafts, made of the files of the content folder. If it cannot be done,
// New returns diagnostics and no Change.
func New(s *site.Site, files []*scan.File, from, to string) (*Change, []diag.Diagnostic) {
	p, c := newPlan(s, files), &Change{old: map[string][]byte{}, changed: map[string][]byte{}}
	if p.choose(c, from, to); len(p.found) > 0 {
		return nil, p.found
	}
	byName := map[string]*content.Document{}
	for _, d := range p.docs {
		byName[d.Path] = d
	}
	for _, f := range files {
		now := *f
		now.Name = p.moved(f.Name)
		if d := byName[f.Name]; d != nil {
			edits := p.edits(d)
			if len(edits) > 0 && !utf8.Valid(f.Data) {
				p.errorf(diag.Position{File: f.Name}, "save it in UTF-8 first", "this file names %q and is not UTF-8 text", p.old)
			} else if len(edits) > 0 {
				c.change(&now, f, edits, d.Source())
			}
		}
		c.Files = append(c.Files, &now)
	}
	slices.SortFunc(c.Files, func(a, b *scan.File) int { return cmp.Compare(a.Name, b.Name) })
	c.leads = p.leads()
	return c, p.found
}

// leads returns where the references of each file lead after the rename.
func (p *plan) leads() map[string][]string {
	all := map[string][]string{}
	for _, d := range p.docs {
		name := p.moved(d.Path)
		for _, r := range p.parser.References(d) {
			file, to := p.resolve(d, &r.Link)
			lead := p.moved(file)
			if to != nil && to.Kind == kind.Claim && !(p.claim != nil && to.ID == p.claim.ID) {
				lead += "#" + to.ID
			} else if to != nil && to.Kind == kind.Claim {
				lead += "#" + p.new
			}
			all[name] = append(all[name], lead)
		}
	}
	return all
}

// Check reports references of the changed site, with its drafts, that do not lead to what they led to before.
func (c *Change) Check(s *site.Site) (found []diag.Diagnostic) {
	now := newPlan(s, c.Files)
	leads := now.leads()
	for _, name := range slices.Sorted(maps.Keys(leads)) {
		if !slices.Equal(leads[name], c.leads[name]) {
			found = append(found, diag.Errorf(diag.Position{File: name}, "a link of this file would lead to another page").
				WithHint("choose another id, or give no page a title or an alias that is this id"))
		}
	}
	return found
}

// change edits a file and records what is changed.
func (c *Change) change(now, f *scan.File, edits []content.Edit, src []byte) {
	var lines []int
	now.Data, lines = content.Apply(f.Data, edits)
	c.old[f.Name], c.changed[f.Name] = f.Data, now.Data
	for i, e := range edits {
		if e.Start == e.End {
			c.Log = append(c.Log, fmt.Sprintf("%s:%d: added %q", now.Name, lines[i], strings.Trim(e.New, "\n")))
		} else {
			c.Log = append(c.Log, fmt.Sprintf("%s:%d: %q is now %q", now.Name, lines[i], src[e.Start:e.End], e.New))
		}
	}
}

func (p *plan) errorf(at diag.Position, hint, format string, args ...any) {
	p.found = append(p.found, diag.Errorf(at, format, args...).WithHint("%s", hint))
}

func (p *plan) moved(file string) string { return cmp.Or(p.moves[file], file) }

// find finds a page or claim by its id or path.
func (p *plan) find(id string) (file string, to *site.Ref) {
	file, to = p.resolve(p.docs[0], &content.Link{Form: content.Wiki, Target: id})
	if to != nil && !strings.EqualFold(id, to.ID) && !strings.EqualFold(id, stem(file)) { // a title or an alias
		return "", nil
	}
	return file, to
}

// choose decides what is renamed and how its files move. It reports an id that is unknown, taken or
// impossible.
func (p *plan) choose(c *Change, from, to string) {
	file, ref := p.find(from)
	switch {
	case ref == nil:
		p.errorf(diag.Position{}, cmp.Or(diag.DidYouMean(from, maps.Keys(p.ids())), "name a page or a claim by its id"), "no page or claim %q", from)
		return
	case ref.Kind == kind.Home:
		p.errorf(diag.Position{File: file}, "name another page", "the home page cannot be renamed")
		return
	}
	p.old, p.new = ref.ID, to
	if ref.Kind == kind.Claim {
		p.chooseClaim(file)
	} else {
		p.choosePage(c, file)
	}
	switch other, taken := p.find(p.new); {
	case len(p.found) > 0:
	case taken != nil && taken.ID != ref.ID:
		p.errorf(diag.Position{File: other}, "choose another id", "the id %q is taken by this file", taken.ID)
	case p.new == p.old && c.From == c.To:
		p.errorf(diag.Position{File: file}, "choose another id", "%q is its id already", p.old)
	case c.From != c.To:
		p.listMoves(c)
	}
}

// ids returns the ids of all pages and claims.
func (p *plan) ids() map[string]bool {
	ids := map[string]bool{}
	for _, d := range p.docs {
		ids[kind.ID(d.Path)] = true
		for _, c := range d.Claims {
			ids[c.ID] = true
		}
	}
	return ids
}

func (p *plan) chooseClaim(file string) {
	p.inFile = file
	for _, d := range p.docs {
		for i := range d.Claims {
			if d.Path == file && d.Claims[i].ID == p.old {
				p.claim = &d.Claims[i]
			}
		}
	}
	if !content.ValidClaimID(p.new) {
		p.errorf(p.claim.At, "write lower-case letters, digits and hyphens", "%q cannot be the id of a claim", p.new)
	}
}

// choosePage decides where the file of a page, or the folder of an index, moves to. An id without a slash stays in the
// folder.
func (p *plan) choosePage(c *Change, file string) {
	c.From, c.To = file, p.new+path.Ext(file)
	folder := path.Base(file) == "index.md"
	if folder {
		c.From, c.To = path.Dir(file), p.new
	}
	if !strings.Contains(p.new, "/") {
		c.To = path.Join(path.Dir(c.From), c.To)
	}
	if folder {
		p.new = c.To
	} else {
		p.new = kind.ID(c.To)
	}
	bad := func(name string) bool { return !site.ValidName(name) || scan.Ignored(name) }
	if slices.ContainsFunc(strings.Split(c.To, "/"), bad) || strings.HasPrefix(c.To+"/", c.From+"/") && c.To != c.From || path.Base(c.To) == "index.md" {
		p.errorf(diag.Position{File: file}, "use letters, digits and hyphens, such as tea-board or actors/tea-board", "it cannot move to %q", c.To)
	}
}

// listMoves lists the files that move.
func (p *plan) listMoves(c *Change) {
	for _, name := range slices.Concat(p.files, p.paths()) {
		switch rest, below := strings.CutPrefix(name, c.From+"/"); {
		case name == c.From:
			p.moves[name] = c.To
		case below:
			p.moves[name] = c.To + "/" + rest
		case (name == c.To || strings.HasPrefix(name, c.To+"/")) && !strings.EqualFold(c.From, c.To):
			p.errorf(diag.Position{File: name}, "choose another id", "this file is in the place of the new one")
		}
	}
}

func (p *plan) paths() (list []string) {
	for _, d := range p.docs {
		list = append(list, d.Path)
	}
	return list
}

// stem is a page's path without the ending of its file.
func stem(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// address is the address of a page's file, as redirects write it.
func address(file string) string {
	if path.Base(file) == "index.md" {
		return path.Dir(file) + "/"
	}
	return stem(file) + "/"
}
