package pipeline

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/asset"
	"analysis/builder/internal/audit"
	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/edition"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/layout"
	"analysis/builder/internal/media"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
	"analysis/builder/internal/words"
)

// scan reads the folders.
func (w *work) scan() error {
	for i := range w.folders {
		f := &w.folders[i]
		if i == 0 && w.options.Files != nil {
			f.Use(w.options.Files)
		} else if err := f.Scan(); err != nil {
			return err
		}
		w.files[i] = f.Files
		w.report(f.Name, f.Found...)
	}
	return nil
}

// configure reads site.yaml.
func (w *work) configure() {
	if file := w.folders[0].File(frontmatter.ConfigFile); file == nil {
		w.report(w.options.Content, diag.Errorf(diag.Position{File: frontmatter.ConfigFile}, "the site has no %s", frontmatter.ConfigFile).
			WithHint("create it with a line `title: …`, or run `builder new home`"))
	} else {
		config, found := frontmatter.ParseConfig(file.Data)
		w.config = config
		w.report(w.options.Content, append(found, w.image(config.Image, config.ImageAt)...)...)
	}
	w.loadWords()
	w.config.Edition = w.options.Edition
	if w.options.BaseURL != "" {
		w.config.BaseURL = w.options.BaseURL
	}
	if own := site.EditionFolder + "/" + string(w.options.Edition) + "/"; w.options.Edition != "" && w.config.BaseURL != "" && !strings.HasSuffix(w.config.BaseURL, "/"+own) {
		w.config.BaseURL += own
	}
}

// wordsInput is what the words of the interface depend on: the files that have them, and those
// that use them.
type wordsInput struct {
	layouts, static []*scan.File
	language        string
}

// loadWords loads the words in the language of the site.
func (w *work) loadWords() {
	in := wordsInput{w.files[1], w.files[2], cmp.Or(w.config.Language, "en")}
	w.words = w.tables.words.One(in, func(in wordsInput) *loaded[*words.Set] {
		files := bytesOf(in.layouts)
		set, found := words.Load(files, in.language, func() map[string]bool {
			uses := words.Uses(files)
			maps.Copy(uses, words.Uses(bytesOf(in.static)))
			return uses
		})
		return &loaded[*words.Set]{set, found}
	})
	w.parser.Words, w.config.Words = w.words.set, w.words.set
	w.config.Later = cmp.Or(w.config.Later, w.words.set.Text("later"))
}

// image reports a picture for link previews that is not there, or not one.
func (w *work) image(name string, at diag.Position) []diag.Diagnostic {
	switch {
	case name == "":
		return nil
	case w.folders[0].File(name) == nil:
		return []diag.Diagnostic{diag.Errorf(at, "no file %q in the content folder", name).
			WithHint("write its path from that folder, such as card.png")}
	case !strings.HasPrefix(media.Type(name), "image/"), media.Type(name) == "image/svg+xml": // which previews do not show
		return []diag.Diagnostic{diag.Errorf(at, "%q is not a picture that link previews show", name).WithHint("name a file that ends in .png, .jpg or .webp")}
	}
	return nil
}

// parse parses the Markdown files into Documents.
func (w *work) parse() {
	var pages []*scan.File
	for _, f := range w.files[0] {
		switch {
		case f.Name == frontmatter.ConfigFile:
		case path.Ext(f.Name) == ".md":
			pages = append(pages, f)
		default:
			w.report(w.options.Content, nearlyPage(f.Name)...)
			w.extra = append(w.extra, f)
		}
	}
	w.docs, _ = w.tables.documents.Map(len(pages), func(i int) (string, documentInput) { return pages[i].Name, documentInput{pages[i], w.words.set} },
		func(_ int, f documentInput) *content.Document {
			defer w.timed(f.Name, "")()
			return w.parser.Parse(f.Name, f.Data)
		})
}

// markdown are endings of Markdown files that are not read as pages.
var markdown = []string{".markdown", ".md", ".mdown", ".mdtext", ".mdtxt", ".mdwn", ".mdx", ".mkd", ".mkdn", ".mkdown"}

// nearlyPage reports a file whose name is almost that of a page. It would be published as
// it is, a draft included.
func nearlyPage(name string) []diag.Diagnostic {
	ext := path.Ext(name)
	switch lower := strings.ToLower(name); {
	case slices.Contains(markdown, strings.ToLower(ext)):
		return []diag.Diagnostic{diag.Errorf(diag.Position{File: name}, "this is Markdown, but only a file whose name ends in .md becomes a page").
			WithHint("rename it to %q", strings.TrimSuffix(path.Base(name), ext)+".md")}
	case strings.Contains(lower, ".md.") || strings.Contains(lower, ".md~") || strings.HasSuffix(lower, ".md_"):
		return []diag.Diagnostic{diag.Warningf(diag.Position{File: name}, "this looks like a copy of a page, and is published as it is").
			WithHint("take it away, or rename it")}
	}
	return nil
}

// documentFindings returns the diagnostics of all Documents.
func (w *work) documentFindings() (list []diag.Diagnostic) {
	var unknown []frontmatter.Unknown
	for _, d := range w.docs {
		if d.Front.Draft && !w.options.Drafts {
			continue // what is left out has no mistakes
		}
		list = append(append(list, d.Diagnostics...), w.image(d.Front.Image, d.Front.ImageAt)...)
		unknown = append(unknown, d.Front.Unknown...)
	}
	list = append(list, frontmatter.ReportUnknown(&w.config, unknown)...)
	if len(w.docs) == 0 {
		list = append(list, diag.Errorf(diag.Position{File: "index.md"}, "the site has no page").WithHint("run `builder new home`"))
	}
	return list
}

// loaded is a whole folder as it is used: the assets as they are published, or the
// parsed layouts.
type loaded[Set any] struct {
	set   Set
	found []diag.Diagnostic
}

type documentInput struct {
	*scan.File
	words *words.Set
}

type assetsInput struct {
	files []*scan.File
	words *words.Set
}

type layoutsInput struct {
	files []*scan.File
	names map[string]string // addresses of assets by name
	words *words.Set
}

// prepare loads the assets and then the layouts, which need the names of assets.
func (w *work) prepare() {
	w.assets = w.tables.assets.One(assetsInput{w.files[2], w.words.set}, func(in assetsInput) *loaded[*asset.Set] {
		set, found := asset.Load(bytesOf(in.files), sumsOf(in.files), !w.options.PlainNames, in.words)
		return &loaded[*asset.Set]{set, found}
	})
	in := layoutsInput{w.files[1], w.assets.set.URLs, w.words.set}
	w.layouts = w.tables.layouts.One(in, func(in layoutsInput) *loaded[*layout.Set] {
		set, found := layout.Load(bytesOf(in.files), in.names, in.words)
		return &loaded[*layout.Set]{set, found}
	})
}

// bytesOf returns the bytes of files by name.
func bytesOf(files []*scan.File) map[string][]byte {
	all := make(map[string][]byte, len(files))
	for _, f := range files {
		all[f.Name] = f.Data
	}
	return all
}

// sumsOf returns the sums of large files by name.
func sumsOf(files []*scan.File) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		if f.Sum != "" {
			all[f.Name] = f.Sum
		}
	}
	return all
}

// place makes a Site from the Documents.
func (w *work) place() {
	in := site.Input{Config: w.config, Docs: w.docs, Drafts: w.options.Drafts, Portable: w.options.Portable, Single: w.options.Single,
		Cards: w.layouts.set.Has(site.KindCard) && !w.options.Single && w.config.Edition == ""}
	for _, f := range w.extra {
		in.Files = append(in.Files, f.Name)
	}
	w.site = w.placer.Place(in)
	w.snapshot.Site = w.site
	w.report(w.options.Content, w.site.Diagnostics...)
	left := map[string]bool{}
	for _, name := range w.site.LeftOut {
		left[name] = true
		w.report(w.options.Content, diag.Notef(diag.Position{File: name}, "this file is left out, because only drafts show it"))
	}
	records, placed := map[string][]byte{}, map[string]bool{}
	for _, p := range w.site.Pages {
		placed[audit.NameOf(p)] = true
	}
	for _, f := range w.extra {
		if strings.HasSuffix(f.Name, audit.Ending) {
			records[f.Name] = f.Data
			left[f.Name] = left[f.Name] || !placed[f.Name] // that of a draft
			if page := strings.TrimSuffix(f.Name, audit.Ending) + ".md"; w.folders[0].File(page) == nil {
				w.report(w.options.Content, diag.Warningf(diag.Position{File: f.Name}, "this is the record of an audit, but there is no page %s", page).
					WithHint("take it away, or give it the name of its source's page"))
			}
		}
	}
	w.extra = slices.DeleteFunc(w.extra, func(f *scan.File) bool { return left[f.Name] })
	w.readEditions()
	var found []diag.Diagnostic
	w.audits, found = audit.Read(w.site, records)
	w.report(w.options.Content, found...)
}

// readEditions reads the editions and compares the site with them.
func (w *work) readEditions() {
	files := slices.DeleteFunc(slices.Clone(w.extra), func(f *scan.File) bool { return !site.IsEdition(f.Name) })
	read, _ := w.tables.editions.Map(len(files), func(i int) (string, *scan.File) { return files[i].Name, files[i] },
		func(_ int, f *scan.File) *loaded[*edition.Edition] {
			e, found := edition.Read(f.Name, f.Data)
			return &loaded[*edition.Edition]{e, found}
		})
	var editions []*edition.Edition // by date, as the files are by name
	for _, r := range read {
		w.report(w.options.Content, r.found...)
		if r.set != nil {
			editions = append(editions, r.set)
		}
	}
	w.report(w.options.Content, edition.Lost(w.site, editions)...)
	w.snapshot.History = w.tables.history.One(edition.Input{Claims: w.site.Claims, Gone: w.site.Gone, Editions: editions}, edition.Input.History)
}
