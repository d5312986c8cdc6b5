package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/export"
	"analysis/builder/internal/media"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/singlefile"
	"analysis/builder/internal/site"
	"analysis/builder/internal/verify"
)

// collect adds all other files to those of the pages: the search index, the exported
// files, the assets, and the content files that are not Markdown. It reports files
// that would have the same name, but for those that may be given instead of exported ones.
func (w *work) collect(files, index map[string]*publish.File, exported map[string][]byte) {
	var all []outputName
	var data []source
	add := func(name, origin string, from source) {
		all, data = append(all, outputName{name: name, origin: origin}), append(data, from)
	}
	given := func(name string) bool {
		return w.assets.set.URLs[name] == name || slices.ContainsFunc(w.extra, func(f *scan.File) bool { return f.Name == name })
	}
	for _, name := range slices.Sorted(maps.Keys(exported)) {
		if export.ForHosts(name) && given(name) {
			continue
		}
		add(name, own+name, source{data: exported[name]})
	}
	n := len(all)
	for _, name := range slices.Sorted(maps.Keys(w.assets.set.Files)) {
		add(name, w.options.Static+"/"+name, source{w.assets.set.Files[name], w.folders[2].File(w.assets.set.Large[name])})
	}
	for _, f := range w.extra {
		add(f.Name, w.options.Content+"/"+f.Name, source{f.Data, f})
	}
	made, _ := w.tables.files.Map(len(all), func(i int) (string, source) { return all[i].origin + "\x00" + all[i].name, data[i] },
		func(_ int, from source) *publish.File { return from.file() })
	everything := append(make([]outputName, 0, len(w.site.Pages)+len(all)), all[:n]...)
	for _, name := range slices.Sorted(maps.Keys(index)) {
		everything = append(everything, outputName{name: name, origin: own + name})
	}
	everything = append(everything, outputName{name: verify.Name, origin: own + verify.Name}) // which the command adds
	maps.Copy(files, index)
	for _, p := range w.site.Pages {
		f := outputName{name: paths.File(p.URL), origin: w.options.Content + "/" + p.Doc.Path}
		if p.Target != nil {
			f.origin, f.at = redirect+paths.File(p.Target.URL), site.MovedFrom(p)
			f.at.File = w.options.Content + "/" + f.at.File
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
type outputName struct {
	name, origin string
	at           diag.Position // where the name is written, if that is not the origin
}

// position returns where an author changes the name.
func (f outputName) position() diag.Position { return cmp.Or(f.at, diag.Position{File: f.origin}) }

// These begin the origins of files that are made of no other.
const own, redirect = "the builder's own ", "the redirect to "

// conflicts reports files that would have the same name, the name of a folder, one that is too
// long, or one that Windows refuses. Names are the same if they are on a disk that ignores case or the form of letters.
func conflicts(files []outputName) (found []diag.Diagnostic) {
	report := func(f outputName, format string, args ...any) {
		found = append(found, diag.Errorf(f.position(), "this would be published "+format, args...).WithHint("rename one of the two"))
	}
	first, folders := make(map[string]outputName, len(files)), map[string]outputName{} // by paths.Fold of the name
	reported := map[string]bool{}                                                      // spellings of folders, and names that Windows refuses
	for _, f := range files {
		key := paths.Fold(f.name)
		switch other, taken := first[key]; {
		case taken && f.name == other.name:
			if strings.HasPrefix(f.origin, own) { // the other can be renamed
				f, other = other, f
			}
			report(f, "as %q, and so would %s", f.name, other.origin)
			continue
		case taken:
			if strings.HasPrefix(f.origin, redirect) {
				f, other = other, f
			}
			report(f, "as %q, and %s as %q, which many disks take for the same", f.name, other.origin, other.name)
			continue
		}
		if first[key] = f; paths.TooLong(f.name) {
			found = append(found, diag.Errorf(f.position(), "this would be published as %q, which is too long for the name of a file", f.name).
				WithHint("give it a shorter name; a hash is added to that of an asset"))
		}
		if bad := paths.Refused(f.name); bad != "" && !reported[bad] {
			reported[bad] = true
			found = append(found, diag.Errorf(f.position(), "this would be published as %q, and Windows refuses the name %q", f.name, path.Base(bad)).
				WithHint(`rename it, so that the site can be unpacked there; such names are CON, PRN, AUX, NUL, COM1 to COM9, LPT1 to LPT9, also with an ending, and those with < > : " \ | ? * or a dot or space at the end`))
		}
		for dir := path.Dir(f.name); dir != "."; dir = path.Dir(dir) {
			key := paths.Fold(dir)
			other, known := folders[key]
			if !known {
				folders[key] = outputName{dir, f.origin, f.at}
				continue
			}
			if other.name != dir && !reported[dir] {
				reported[dir] = true
				report(f, "in %q, and %s in %q, which many disks take for the same", dir, other.origin, other.name)
			}
			break
		}
	}
	for key, f := range folders {
		if file, taken := first[key]; taken && strings.HasPrefix(file.origin, own) {
			report(f, "in the folder %q, which is the name of %s", f.name, file.origin)
		} else if taken {
			report(file, "as %q, which is a folder for %s", file.name, f.origin)
		}
	}
	return found
}

// source is what a file that is not a page is made from: bytes, or a file that is large.
type source struct {
	data []byte
	read *scan.File // nil if the bytes are made by the builder
}

func (s source) same(o source) bool {
	return s.large() == o.large() && (!s.large() || s.read == o.read) && bytes.Equal(s.data, o.data)
}

func (s source) large() bool { return s.read != nil && s.read.Sum != "" }

func (s source) file() *publish.File {
	if s.large() {
		return &publish.File{Sum: s.read.Sum, Size: s.read.Size, Open: s.read.Open}
	}
	return publish.NewFile(s.data)
}

// single combines the files into the single-file edition. Of the large files it holds
// only pictures; it links to the others, which have to be put beside it.
func (w *work) single(files map[string]*publish.File) (map[string]*publish.File, error) {
	parts := make(map[string][]byte, len(files))
	for name, f := range files {
		parts[name] = f.Data
		if f.Open != nil && strings.HasPrefix(media.Type(name), "image/") {
			data, err := readAll(f)
			if err != nil {
				return nil, fmt.Errorf("read %q: %w", name, err)
			}
			parts[name] = data
		} else if f.Open != nil {
			w.report(w.options.Content, diag.Warningf(diag.Position{File: name}, "this file is too large to be part of the single file, which links to it").
				WithHint("put it beside the single file as %q, or link to it on the web", name))
		}
	}
	one, err := singlefile.Make(w.site, files[paths.File(w.site.Single.URL)].Data, parts)
	if err != nil {
		return nil, fmt.Errorf("single-file edition: %w", err)
	}
	return map[string]*publish.File{SingleName: publish.NewFile(one)}, nil
}

func readAll(f *publish.File) ([]byte, error) {
	from, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	return io.ReadAll(from)
}
