package audit

import (
	"cmp"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/passage"
)

// Compare compares a copy of a source with the fingerprints that its page lists. It
// returns the sentences of the copy by the number of their passage, with "" for those that
// are missing. Passages are found by what they say; one that is not found is compared with
// the paragraph in its place, and so are sentences.
func Compare(c Copy) (texts map[int][]string, r Result, found []diag.Diagnostic) {
	r.Copy, texts = c, map[int][]string{}
	paragraphs := passage.Paragraphs(c.Text)
	prints := make([]string, len(paragraphs))
	for i, p := range paragraphs {
		prints[i] = passage.Fingerprint(p.Text)
	}
	passages := slices.DeleteFunc(slices.Clone(c.Page.Doc.Front.Passages), func(p frontmatter.Passage) bool { return p.N < 1 }) // reported where it was parsed
	slices.SortFunc(passages, func(a, b frontmatter.Passage) int { return cmp.Compare(a.N, b.N) })
	at := align(len(passages), func(i int) string { return passages[i].SHA256 }, prints)
	listed := make([]bool, len(prints)) // paragraphs that are those of passages
	for _, place := range at {
		if place >= 0 {
			listed[place] = true
		}
	}
	place, n := -1, 0 // of the passage before
	for i, p := range passages {
		place, n = place+p.N-n, p.N
		if at[i] >= 0 {
			place = at[i]
		}
		r.Passages.add(at[i] >= 0)
		r.Sentences.All += len(p.Sentences)
		if at[i] < 0 && (place >= len(prints) || listed[place]) {
			found = append(found, diag.Errorf(p.At, "¶%d of %q is not in the copy, which has %s", n, c.Page.ID, diag.Number(len(prints), "paragraph")).
				WithHint("a paragraph is a line that is not empty"))
			place--
			continue
		}
		listed[place] = true
		same, sentences, differ := c.compareSentences(p, paragraphs[place])
		texts[n] = sentences
		r.Sentences.Good += same
		if found = append(found, differ...); at[i] < 0 && len(differ) == 0 {
			found = append(found, c.differs(p, paragraphs[place], prints[place], place+1))
		}
	}
	for i, ok := range listed {
		if !ok {
			found = append(found, diag.Warningf(diag.Position{File: c.Page.Doc.Path, Line: 1, Column: 1}, "the copy has a paragraph %d, which %q does not list", i+1, c.Page.ID).
				WithHint("list it under `passages`, or take it out of the copy"))
		}
	}
	return texts, r, found
}

// differs reports a passage that differs from the i-th paragraph of the copy although no
// sentence does, or that lists none.
func (c Copy) differs(p frontmatter.Passage, copied passage.Paragraph, print string, i int) diag.Diagnostic {
	switch {
	case p.SHA256 == "":
		return diag.Warningf(p.At, "¶%d of %q cannot be verified: it has no sha256", p.N, c.Page.ID).WithHint("that of the copy is %s", print)
	case len(p.Sentences) > 0:
		return diag.Warningf(p.At, "¶%d of %q differs from paragraph %d of the copy in quotation marks or dashes alone", p.N, c.Page.ID, i).
			WithHint("the sha256 of the copy is %s", print)
	}
	return diag.Errorf(p.At, "¶%d of %q differs from paragraph %d of the copy", p.N, c.Page.ID, i).
		WithHint("compare the two; the sha256 of the copy is %s", print)
}

// compareSentences compares the sentences of a passage with those of a paragraph. It
// returns how many are the same, and the text of each.
func (c Copy) compareSentences(p frontmatter.Passage, copied passage.Paragraph) (same int, texts []string, found []diag.Diagnostic) {
	has := passage.Sentences(copied.Text)
	if len(p.Sentences) == 0 {
		return 0, has, nil
	}
	prints := passage.Prints(copied.Text)
	at := align(len(p.Sentences), func(i int) string { return p.Sentences[i].Print }, prints)
	texts = make([]string, len(p.Sentences))
	listed := make([]bool, len(has))
	for i, j := range at {
		if j >= 0 {
			same++
			texts[i], listed[j] = has[j], true
		}
	}
	next := 0 // the sentence of the copy behind the one before
	for i, s := range p.Sentences {
		switch j := at[i]; {
		case j >= 0:
			next = j
		case next < len(has) && !listed[next]:
			texts[i], listed[next] = has[next], true
			found = append(found, diag.Errorf(s.At, "¶%d.%d of %q differs from the copy: %s:%d has %q", p.N, s.N, c.Page.ID, c.File, copied.Line, clip(has[next])).
				WithHint("compare the two; the fingerprint of the copy is %s", prints[next]))
		default:
			found = append(found, diag.Errorf(s.At, "¶%d.%d of %q is not in the copy, whose paragraph in line %d has %s", p.N, s.N, c.Page.ID, copied.Line, diag.Number(len(has), "sentence")).
				WithHint("see in the package comment of builder/internal/passage where a sentence ends"))
			continue
		}
		next++
	}
	for j, ok := range listed {
		if !ok {
			found = append(found, diag.Errorf(p.At, "the copy has a sentence in ¶%d that %q does not list: %s:%d has %q", p.N, c.Page.ID, c.File, copied.Line, clip(has[j])).
				WithHint("its fingerprint is %s", prints[j]))
		}
	}
	return same, texts, found
}

// clip returns the first words of a text of the copy, fewer than Copied would find.
func clip(s string) string {
	for i, r := range s {
		if r == ' ' && i > 24 {
			return s[:i] + " …"
		}
	}
	return s
}

// align returns for each of n fingerprints its index in a list, or -1. It finds the
// longest sequence that both have in the same order (Hunt and Szymanski, 1977).
func align(n int, want func(i int) string, prints []string) []int {
	places := map[string][]int{} // descending
	for i, print := range slices.Backward(prints) {
		places[print] = append(places[print], i)
	}
	type pair struct {
		i, place int
		before   *pair
	}
	var ends []*pair // ends[n] is the end of the best sequence of n+1 pairs
	at := make([]int, n)
	for i := range n {
		at[i] = -1
		for _, place := range places[want(i)] {
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
			at[e.i] = e.place
		}
	}
	return at
}
