// Package kind defines the kinds of pages.
//
// Most stops of a build use it. The path of a file below the content folder decides the
// kind of its page. Pages of claims are not made from a file of their own.
package kind

import (
	"path"
	"strings"
)

// Kind is the kind of a page.
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

// folders maps top folders to the kind of their pages.
var folders = map[string]Kind{
	"analysis": Section, "actors": Actor, "places": Place,
	"events": Event, "concepts": Concept, "sources": Source,
}

// OfFiles are the kinds of pages that are made from a file.
var OfFiles = [...]Kind{Home, Index, Section, Actor, Place, Event, Concept, Source, Page}

// Of returns the kind of the page at a path such as "actors/board.md".
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

// Folder returns the top folder whose pages are of kind k, or "" if there is none.
func Folder(k Kind) string {
	for folder, kind := range folders {
		if kind == k {
			return folder
		}
	}
	return ""
}

// ID returns the id of a file's page: "board" for "actors/board.md", the path of the folder
// for an index.md, and "home" for the one at the top.
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
