package site

import (
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// Place makes a Site from its input.
func (p *Placer) Place(in Input) *Site {
	w := p.begin(in)
	w.registerFiles()
	w.registerPages()
	w.registerClaims()
	w.makeSections()
	w.makeMenu()
	w.registerNames()
	w.resolveAllLinks()
	w.resolveClaims()
	w.readAll()
	return w.assemble()
}

// index finds pages and claims by path, id, title or alias. Keys are made by
// text.Spelling of paths and text.Fold of everything else.
type index struct {
	byPath      map[string]*entry
	byID        map[string][]*entry // pages and claims, by their short ids
	byName      map[string][]*entry // by titles and aliases
	claimOf     map[*entry]*claimEntry
	drafts      map[string]bool            // paths and ids of pages that are left out
	draftClaims map[string]string          // paths of those pages, by the ids of their claims
	files       map[string]string          // Input.Files
	related     map[relation]*content.Line // for the keys of which each name is allowed once in a record
	passages    map[*entry]map[int]*frontmatter.Passage
	former      map[string]string // ids by the ids that pages and claims had before
	collation   *text.Collation
}

// begin returns the state of a call of Place in which nothing is registered.
func (p *Placer) begin(in Input) *placing {
	n := len(in.Docs)
	return &placing{
		Placer: p, in: in,
		config: p.config.One(in.Config, func(c frontmatter.Config) *frontmatter.Config { return &c }),
		index: index{
			byPath: make(map[string]*entry, n), byID: make(map[string][]*entry, n), byName: make(map[string][]*entry, n), claimOf: map[*entry]*claimEntry{},
			drafts: map[string]bool{}, draftClaims: map[string]string{}, files: make(map[string]string, len(in.Files)), former: map[string]string{},
			related: map[relation]*content.Line{}, passages: map[*entry]map[int]*frontmatter.Passage{}, collation: text.NewCollation(in.Config.Language),
		},
		suggestions: suggestions{map[unknown]string{}, map[string]*diag.Names{}},
	}
}

// registerFiles adds the other files to the index.
func (w *placing) registerFiles() {
	for _, f := range w.in.Files {
		w.files[text.Spelling(f)] = f
	}
}

// refInput is everything that the Ref of a Document depends on.
type refInput struct {
	doc      *content.Document
	id       string
	config   *frontmatter.Config
	portable bool
}

// registerPages gives each Document a Ref and adds it to the index by path and id.
// It leaves out drafts. The id is short, the name of the file, unless several files have
// that name; then it is the path. No two pages may have one path, however it is spelt.
func (w *placing) registerPages() {
	docs := w.published()
	ids, pages := make([]string, len(docs)), make(map[string]int, len(docs)) // numbers of pages, by short id
	for i, d := range docs {
		ids[i] = kind.ID(text.Spelling(d.Path))
		pages[text.Fold(ids[i])]++
	}
	refs, _ := w.refs.Map(len(docs), func(i int) (string, refInput) {
		id := ids[i]
		if pages[text.Fold(id)] > 1 {
			id = pathID(docs[i])
		}
		return docs[i].Path, refInput{docs[i], id, w.config, w.in.Portable}
	}, func(_ int, in refInput) *Ref { return newRef(in, w.collation) })
	w.entries = make([]*entry, len(docs))
	taken, reported := make(map[string]*entry, len(docs)), map[string]bool{}
	for i, d := range docs {
		e := &entry{doc: d, ref: refs[i], folder: folderOf(text.Spelling(d.Path)), pathID: text.Fold(pathID(d))}
		w.checkPath(d, reported)
		if other := taken[e.pathID]; other != nil {
			w.report(diag.Errorf(diag.Position{File: d.Path, Line: 1, Column: 1}, "the id %q is taken by %s", e.ref.ID, other.doc.Path).
				WithHint("rename one of the two files; the file's name is its id"))
		} else {
			taken[e.pathID] = e
			key := text.Fold(ids[i])
			w.byID[key] = append(w.byID[key], e)
		}
		for _, r := range d.Front.RedirectFrom {
			w.former[text.Fold(path.Base(r.Path))] = e.ref.ID + r.To.ID
		}
		w.byPath[text.Spelling(d.Path)] = e
		w.entries[i] = e
	}
}

// pathID returns the path of a Document's file without its ending, or of its folder if
// the file is an index.md.
func pathID(d *content.Document) string {
	if d.Kind == kind.Home || d.Kind == kind.Index {
		return kind.ID(text.Spelling(d.Path))
	}
	return strings.TrimSuffix(text.Spelling(d.Path), ".md")
}

// checkPath reports names of folders and files that cannot be part of an address, each
// folder once.
func (w *placing) checkPath(d *content.Document, reported map[string]bool) {
	end := 0
	for name := range strings.SplitSeq(strings.TrimSuffix(d.Path, ".md"), "/") {
		end += len(name) + 1
		if here := d.Path[:min(end, len(d.Path))]; !ValidName(name) && !reported[here] {
			reported[here] = true
			w.report(diag.Errorf(diag.Position{File: d.Path}, "the name %q makes no good address", name).
				WithHint("name files and folders with letters, digits, hyphens, dots and underscores only"))
		}
	}
}

// published returns the Documents that become pages. It adds the others, which are
// drafts, to w.drafts.
func (w *placing) published() []*content.Document {
	if w.in.Drafts {
		return w.in.Docs
	}
	return slices.DeleteFunc(slices.Clone(w.in.Docs), func(d *content.Document) bool {
		if d.Front.Draft {
			w.drafts[text.Spelling(d.Path)], w.drafts[text.Fold(kind.ID(d.Path))], w.drafts[text.Fold(pathID(d))] = true, true, true
			for _, c := range d.Claims {
				w.draftClaims[text.Fold(c.ID)] = d.Path
			}
		}
		return d.Front.Draft
	})
}

// newRef makes the Ref of a Document.
func newRef(in refInput, order *text.Collation) *Ref {
	d := in.doc
	r := &Ref{
		ID: in.id, URL: address(PathOf(text.Spelling(d.Path)), in.portable), Title: d.Front.Title, Kind: d.Kind, Summary: d.Front.Summary,
		Type: d.Front.Type, Date: d.Front.Date, Weight: d.Front.Weight, order: order.Key(d.Front.Title),
	}
	if d.Kind == kind.Source {
		r.Date = d.Front.Published
	}
	r.Later = r.Date.After(in.config.AsOf)
	if !strings.EqualFold(d.Front.Lang, in.config.Language) {
		r.Lang = d.Front.Lang
	}
	if d.Front.Dir != in.config.Dir() {
		r.Dir = d.Front.Dir
	}
	return r
}

// PathOf returns the address of a file's page, if it is not portable: "actors/board/" for "actors/board.md".
func PathOf(file string) string {
	dir, base := path.Split(file)
	if base == "index.md" {
		return dir
	}
	return dir + strings.TrimSuffix(base, ".md") + "/"
}

// folderOf returns the folder of a file, "." for the top.
func folderOf(file string) string {
	if i := strings.LastIndexByte(file, '/'); i >= 0 {
		return file[:i]
	}
	return "."
}

func (w *placing) report(d diag.Diagnostic) { w.found = append(w.found, d) }

// reportAt reports an error at a position.
func (w *placing) reportAt(at diag.Position, found broken) {
	found.Severity, found.Position = diag.Error, at
	w.report(w.withHint(found))
}
