package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/singlefile"
	"analysis/builder/internal/site"
)

// collection is all files of a site, in three parts: what is made of pages, what
// is made of all of them together, and what is published as it was found.
type collection struct {
	pages []*publish.File
	refs  []*site.Ref // of pages
	paths []string    // of pages
	plain map[string]*publish.File
	named int // how many files plain is made of: more than it has, if two have one name
	files map[string]*publish.File
}

// collect gathers all files under the paths they will have: those made of pages, and
// those exported, by name.
func (w *work) collect(exported map[string][]byte) error {
	now := w.gather(exported)
	if w.last != nil && now.sameNames(w.last) {
		w.files = maps.Clone(w.last.files)
		for i, f := range now.pages {
			if f != w.last.pages[i] {
				w.files[now.paths[i]] = f
			}
		}
		maps.Copy(w.files, now.plain)
	} else {
		w.name(exported, now)
	}
	now.files = w.files
	if w.failed() {
		return nil
	}
	w.last = now
	if w.site.Single != nil {
		return w.single()
	}
	return nil
}

// gather makes Files of all that is no page, those of the last time if the bytes
// are the same.
func (w *work) gather(exported map[string][]byte) *collection {
	c := &collection{plain: make(map[string]*publish.File, len(exported)+len(w.assets.Files)+len(w.extra))}
	c.pages, c.refs = make([]*publish.File, len(w.site.Pages)), make([]*site.Ref, len(w.site.Pages))
	for i, p := range w.site.Pages {
		c.pages[i], c.refs[i] = w.pages.list[i].file, p.Ref
	}
	if w.last != nil && slices.Equal(c.refs, w.last.refs) {
		c.paths = w.last.paths
	} else {
		c.paths = make([]string, len(c.refs))
		for i, r := range c.refs {
			c.paths[i] = outputPath(r.URL)
		}
	}
	add := func(name string, data []byte) {
		c.named++
		if w.last != nil {
			if f := w.last.plain[name]; f != nil && same(f.Data, data) {
				c.plain[name] = f
				return
			}
		}
		c.plain[name] = publish.NewFile(data)
	}
	for name, data := range exported {
		add(name, data)
	}
	for name, data := range w.assets.Files {
		add(name, data)
	}
	for _, s := range w.extra {
		add(s.name, s.data)
	}
	return c
}

// sameNames reports whether two collections have files of the same names.
func (c *collection) sameNames(o *collection) bool {
	if !slices.Equal(c.paths, o.paths) || len(c.plain) != len(o.plain) || c.named != len(c.plain) {
		return false
	}
	for name := range c.plain {
		if o.plain[name] == nil {
			return false
		}
	}
	return true
}

// name puts every file under its name, and reports those of which two have the
// same.
func (w *work) name(exported map[string][]byte, c *collection) {
	w.files = make(map[string]*publish.File, len(w.site.Pages)+len(exported))
	from := map[string]string{}
	add := func(name, source string, f *publish.File) {
		if other, taken := from[name]; taken {
			w.snapshot.Diagnostics = append(w.snapshot.Diagnostics,
				diag.Errorf(diag.Position{File: source}, "this would be published as %q, and so would %s", name, other).
					WithHint("rename one of the two"))
			return
		}
		from[name], w.files[name] = source, f
	}
	for _, name := range slices.Sorted(maps.Keys(exported)) {
		add(name, "the builder's own "+name, c.plain[name])
	}
	for i, p := range w.site.Pages {
		source := w.options.Content + "/" + p.Doc.Path
		if p.Target != nil {
			source = "the redirect to " + outputPath(p.Target.URL)
		} else if p.Doc.Path == "" {
			source = "the builder's own " + p.URL
		}
		add(outputPath(p.URL), source, w.pages.list[i].file)
	}
	for name := range w.assets.Files {
		add(name, w.options.Static+"/"+name, c.plain[name])
	}
	for _, s := range w.extra {
		add(s.name, w.options.Content+"/"+s.name, c.plain[s.name])
	}
	for name, source := range from {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if file, taken := from[dir]; taken {
				w.snapshot.Diagnostics = append(w.snapshot.Diagnostics,
					diag.Errorf(diag.Position{File: file}, "this would be published as %q, which is a folder for %s", dir, source).
						WithHint("rename one of the two"))
				break
			}
		}
	}
}

// single puts the files together into one.
func (w *work) single() error {
	files := make(map[string][]byte, len(w.files))
	for name, f := range w.files {
		files[name] = f.Data
	}
	frame := w.pages.list[len(w.site.Pages)].file
	one, err := singlefile.Make(w.site, frame.Data, files)
	if err != nil {
		return fmt.Errorf("single-file edition: %w", err)
	}
	w.files = map[string]*publish.File{SingleName: publish.NewFile(one)}
	return nil
}

// same reports whether two slices are the very same bytes, or equal.
func same(a, b []byte) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] || bytes.Equal(a, b))
}

// exported are the files that are made of all pages together.
func (w *work) exported() (map[string][]byte, error) {
	files, err := w.export.Files(w.site)
	if err == nil {
		w.index.Add(w.site, files)
	}
	return files, err
}
