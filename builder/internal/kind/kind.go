// Package kind says what sort of page a file makes.
//
// Every stop of a build uses it. In comes a path below the content folder, out
// goes the kind of its page. The file's folder alone decides it.
package kind

import (
	"path"
	"strings"
)

// Kind is what sort of page a file makes.
type Kind string

const (
	Home    Kind = "home"    // index.md at the top
	Index   Kind = "index"   // index.md in a folder
	Section Kind = "section" // a part of the analysis
	Actor   Kind = "actor"
	Place   Kind = "place"
	Event   Kind = "event"
	Concept Kind = "concept"
	Source  Kind = "source"
	Claim   Kind = "claim"
	Page    Kind = "page" // anything else
)

// folders are the top folders with a kind of their own.
var folders = map[string]Kind{
	"analysis": Section, "actors": Actor, "places": Place,
	"events": Event, "concepts": Concept, "sources": Source,
}

// OfFiles are the kinds that a file may have.
var OfFiles = [...]Kind{Home, Index, Section, Actor, Place, Event, Concept, Source, Page}

// Of returns the kind of the page at a path such as "actors/ttp.md".
func Of(file string) Kind {
	switch {
	case file == "index.md":
		return Home
	case path.Base(file) == "index.md":
		return Index
	}
	folder, _, _ := strings.Cut(file, "/")
	if k, ok := folders[folder]; ok {
		return k
	}
	return Page
}

// Folder returns the top folder whose pages are of kind k, and "" if there is
// none.
func Folder(k Kind) string {
	for folder, kind := range folders {
		if kind == k {
			return folder
		}
	}
	return ""
}

// ID returns a file's name on the site: "ttp" for "actors/ttp.md", the
// folder's path for an index.md, and "home" for the top one.
func ID(file string) string {
	switch dir, base := path.Split(file); {
	case file == "index.md":
		return "home"
	case base == "index.md":
		return strings.TrimSuffix(dir, "/")
	default:
		return strings.TrimSuffix(base, ".md")
	}
}
