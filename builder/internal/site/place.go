package site

import (
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// Place makes a Site from its input.
func (p *Placer) Place(in Input) *Site {
	w := &placing{Placer: p, in: in, index: newIndex(in), suggestions: suggestions{map[unknown]string{}, map[string]*diag.Names{}}}
	w.config = p.config.One(in.Config, func(c frontmatter.Config) *frontmatter.Config { return &c })
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

// index finds pages and claims by path, id, title or alias.
type index struct {
	byPath      map[string]*entry
	byID        map[string]*entry // ids of pages and claims, in lower case
	byName      map[string]*entry // titles and aliases, in lower case
	claimOf     map[*entry]*claimEntry
	drafts      map[string]bool   // paths and ids of pages that are left out
	draftClaims map[string]string // paths of those pages, by the ids of their claims
	files       map[string]bool   // Input.Files
	related     map[relation]bool // for the keys of which each name is allowed once in a record
	gists       map[*entry]map[int]string
	former      map[string]string // ids by the ids that pages and claims had before, in lower case
}

func newIndex(in Input) index {
	n := len(in.Docs)
	x := index{
		byPath: make(map[string]*entry, n), byID: make(map[string]*entry, n), byName: make(map[string]*entry, n), claimOf: map[*entry]*claimEntry{},
		drafts: map[string]bool{}, draftClaims: map[string]string{}, files: make(map[string]bool, len(in.Files)), related: map[relation]bool{}, gists: map[*entry]map[int]string{}, former: map[string]string{},
	}
	for _, f := range in.Files {
		x.files[f] = true
	}
	return x
}

// refInput is everything that the Ref of a Document depends on.
type refInput struct {
	doc      *content.Document
	config   *frontmatter.Config
	portable bool
}

// registerPages gives each Document a Ref and adds it to the index by path and id.
// It leaves out drafts.
func (w *placing) registerPages() {
	docs := w.published()
	refs, _ := w.refs.Map(len(docs), func(i int) (string, refInput) {
		return docs[i].Path, refInput{docs[i], w.config, w.in.Portable}
	}, func(_ int, in refInput) *Ref { return newRef(in) })
	w.entries = make([]*entry, len(docs))
	for i, d := range docs {
		e := &entry{doc: d, ref: refs[i], folder: folderOf(d.Path)}
		for name := range strings.SplitSeq(strings.TrimSuffix(d.Path, ".md"), "/") {
			if !ValidName(name) {
				w.report(diag.Errorf(diag.Position{File: d.Path}, "the name %q makes no good address", name).
					WithHint("name files and folders with letters, digits, hyphens, dots and underscores only"))
			}
		}
		key := strings.ToLower(e.ref.ID)
		if other := w.byID[key]; other != nil {
			w.report(diag.Errorf(diag.Position{File: d.Path, Line: 1, Column: 1}, "the id %q is taken by %s", e.ref.ID, other.doc.Path).
				WithHint("rename one of the two files; the file's name is its id"))
		} else {
			w.byID[key] = e
		}
		for _, r := range d.Front.RedirectFrom {
			w.former[strings.ToLower(path.Base(r.Path))] = e.ref.ID
		}
		w.byPath[d.Path] = e
		w.entries[i] = e
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
			w.drafts[d.Path], w.drafts[kind.ID(d.Path)] = true, true
			for _, c := range d.Claims {
				w.draftClaims[c.ID] = d.Path
			}
		}
		return d.Front.Draft
	})
}

// newRef makes the Ref of a Document.
func newRef(in refInput) *Ref {
	d := in.doc
	r := &Ref{
		ID: kind.ID(d.Path), URL: address(urlOf(d.Path), in.portable), Title: d.Front.Title, Kind: d.Kind, Summary: d.Front.Summary,
		Type: d.Front.Type, Date: d.Front.Date, Weight: d.Front.Weight,
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

// urlOf returns the address of a file's page: "actors/board/" for "actors/board.md".
func urlOf(file string) string {
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
