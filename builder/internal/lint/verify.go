package lint

import (
	"cmp"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/passage"
	"analysis/builder/internal/site"
)

// Sources returns the pages of sources by id.
func Sources(s *site.Site) map[string]*site.Page {
	sources := map[string]*site.Page{}
	for _, p := range s.Pages {
		if p.Kind == kind.Source {
			sources[p.ID] = p
		}
	}
	return sources
}

// Verify compares a copy of a source with the fingerprints of the passages that its page
// lists, and returns how many passages the copy has. Passages are found by what they say;
// one that is not found is compared with the paragraph in its place.
func Verify(p *site.Page, copied []byte) (same int, found []diag.Diagnostic) {
	paragraphs := passage.Paragraphs(copied)
	prints := make([]string, len(paragraphs))
	for i, text := range paragraphs {
		prints[i] = passage.Fingerprint(text)
	}
	passages := slices.DeleteFunc(slices.Clone(p.Doc.Front.Passages), func(passage frontmatter.Passage) bool { return passage.N < 1 }) // reported where it was parsed
	slices.SortFunc(passages, func(a, b frontmatter.Passage) int { return cmp.Compare(a.N, b.N) })
	at := align(passages, prints)
	listed := make([]bool, len(prints)) // paragraphs that are those of passages
	for _, place := range at {
		if place >= 0 {
			listed[place] = true
			same++
		}
	}
	place, n := -1, 0 // of the passage before
	for i, passage := range passages {
		place, n = place+passage.N-n, passage.N
		switch {
		case at[i] >= 0:
			place = at[i]
		case place >= len(prints) || listed[place]:
			found = append(found, diag.Errorf(passage.At, "¶%d of %q is not in the copy, which has %s", n, p.ID, diag.Number(len(prints), "paragraph")).
				WithHint("a paragraph is a line that is not empty"))
			place--
		case passage.SHA256 == "":
			listed[place] = true
			found = append(found, diag.Warningf(passage.At, "¶%d of %q cannot be verified: it has no sha256", n, p.ID).
				WithHint("that of the copy is %s", prints[place]))
		default:
			listed[place] = true
			found = append(found, diag.Errorf(passage.At, "¶%d of %q differs from paragraph %d of the copy", n, p.ID, place+1).
				WithHint("compare the two; the sha256 of the copy is %s", prints[place]))
		}
	}
	for i, ok := range listed {
		if !ok {
			found = append(found, diag.Warningf(diag.Position{File: p.Doc.Path, Line: 1, Column: 1}, "the copy has a paragraph %d, which %q does not list", i+1, p.ID).
				WithHint("list it under `passages`, or take it out of the copy"))
		}
	}
	return same, found
}

// align returns the index of each passage in a list of fingerprints, or -1. It finds the
// longest sequence that both have in the same order (Hunt and Szymanski, 1977).
func align(passages []frontmatter.Passage, prints []string) []int {
	places := map[string][]int{} // descending
	for i, print := range slices.Backward(prints) {
		places[print] = append(places[print], i)
	}
	type pair struct {
		passage, place int
		before         *pair
	}
	var ends []*pair // ends[n] is the end of the best sequence of n+1 pairs
	at := make([]int, len(passages))
	for i, passage := range passages {
		at[i] = -1
		for _, place := range places[passage.SHA256] {
			n, _ := slices.BinarySearchFunc(ends, place, func(e *pair, place int) int { return cmp.Compare(e.place, place) })
			e := &pair{i, place, nil}
			if n > 0 {
				e.before = ends[n-1]
			}
			if n == len(ends) {
				ends = append(ends, nil)
			}
			ends[n] = e
		}
	}
	if len(ends) > 0 {
		for e := ends[len(ends)-1]; e != nil; e = e.before {
			at[e.passage] = e.place
		}
	}
	return at
}
