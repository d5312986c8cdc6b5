package site

import (
	"path"
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/text"
)

// filesOfDrafts returns those of Input.Files that are left out with drafts: neither a page
// links to them nor it or site.yaml names them as a picture, and either a draft does, or they are in or below
// a folder whose pages are all drafts.
func (w *placing) filesOfDrafts() (left []string) {
	if len(w.drafts) == 0 {
		return nil
	}
	used, folders := map[string]bool{w.in.Config.Image: true}, map[string]bool{}
	for _, e := range w.entries {
		folders[e.folder], used[e.doc.Front.Image] = true, true
		for _, t := range e.links.targets {
			used[t.File] = true
		}
	}
	hidden, draftFolders := map[string]bool{}, map[string]bool{}
	for _, d := range w.in.Docs {
		if !w.drafts[text.Spelling(d.Path)] {
			continue
		}
		e := &entry{doc: d, folder: folderOf(text.Spelling(d.Path))}
		draftFolders[e.folder], hidden[d.Front.Image] = true, true
		for i := range d.Links {
			if l := &d.Links[i]; l.Form == content.Image || l.Form != content.Wiki && path.Ext(l.Target) != ".md" {
				_, t, _ := w.resolveLink(e, l, "")
				hidden[t.File] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(w.in.Files), func(name string) bool {
		dir := folderOf(text.Spelling(name))
		for dir != "." && !folders[dir] && !draftFolders[dir] { // the nearest folder with pages
			dir = folderOf(dir)
		}
		return used[name] || !hidden[name] && (folders[dir] || !draftFolders[dir])
	})
}
