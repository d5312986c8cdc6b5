package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/singlefile"
)

// collect adds all other files to those of the pages: the search index, the exported
// files, the assets, and the content files that are not Markdown. It reports files
// that would have the same name.
func (w *work) collect(files, index map[string]*publish.File, exported map[string][]byte) {
	var all []outputName
	var data [][]byte
	add := func(name, origin string, b []byte) {
		all, data = append(all, outputName{name, origin}), append(data, b)
	}
	for _, name := range slices.Sorted(maps.Keys(exported)) {
		add(name, own+name, exported[name])
	}
	n := len(all)
	for _, name := range slices.Sorted(maps.Keys(w.assets.set.Files)) {
		add(name, w.options.Static+"/"+name, w.assets.set.Files[name])
	}
	for _, f := range w.extra {
		add(f.Name, w.options.Content+"/"+f.Name, f.Data)
	}
	made, _ := w.tables.files.Map(len(all), func(i int) (string, []byte) { return all[i].origin + "\x00" + all[i].name, data[i] },
		func(_ int, b []byte) *publish.File { return publish.NewFile(b) })
	everything := append(make([]outputName, 0, len(w.site.Pages)+len(all)), all[:n]...)
	for _, name := range slices.Sorted(maps.Keys(index)) {
		everything = append(everything, outputName{name, own + name})
	}
	maps.Copy(files, index)
	for _, p := range w.site.Pages {
		f := outputName{paths.File(p.URL), w.options.Content + "/" + p.Doc.Path}
		if p.Target != nil {
			f.origin = "the redirect to " + paths.File(p.Target.URL)
		} else if p.Doc.Path == "" {
			f.origin = own + f.name
		}
		everything = append(everything, f)
	}
	found := w.tables.conflicts.One(append(everything, all[n:]...), conflicts)
	w.snapshot.Diagnostics = append(w.snapshot.Diagnostics, found...)
	for i, f := range made {
		files[all[i].name] = f
	}
}

// outputName is the name of a published file and its origin, as messages say it.
type outputName struct{ name, origin string }

const own = "the builder's own " // begins the origin of a file that is made of no other

// conflicts reports files that would have the same name, the name of a folder, or one that is too
// long.
func conflicts(files []outputName) (found []diag.Diagnostic) {
	report := func(at, hint, format string, args ...any) {
		found = append(found, diag.Errorf(diag.Position{File: at}, format, args...).WithHint("%s", hint))
	}
	first := make(map[string]outputName, len(files))
	for _, f := range files {
		if other, taken := first[f.name]; taken {
			report(f.origin, "rename one of the two", "this would be published as %q, and so would %s", f.name, other.origin)
			continue
		}
		if first[f.name] = f; paths.TooLong(f.name) {
			report(f.origin, "give it a shorter name; a hash is added to that of an asset", "this would be published as %q, which is too long for the name of a file", f.name)
		}
	}
	for name, f := range first {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if file, taken := first[dir]; taken {
				report(file.origin, "rename one of the two", "this would be published as %q, which is a folder for %s", dir, f.origin)
				break
			}
		}
	}
	return found
}

// single combines the files into the single-file edition.
func (w *work) single(files map[string]*publish.File) (map[string]*publish.File, error) {
	parts := make(map[string][]byte, len(files))
	for name, f := range files {
		parts[name] = f.Data
	}
	one, err := singlefile.Make(w.site, files[paths.File(w.site.Single.URL)].Data, parts)
	if err != nil {
		return nil, fmt.Errorf("single-file edition: %w", err)
	}
	return map[string]*publish.File{SingleName: publish.NewFile(one)}, nil
}

// sameBytes is bytes.Equal, but fast if both are the same slice.
func sameBytes(a, b []byte) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] || bytes.Equal(a, b))
}
