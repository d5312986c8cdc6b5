// Package audit holds a record of claims against copies of its sources, for
// `check -source`: the passages and sentences that a source's page lists, and what each
// claim takes from the sentences that it cites.
//
// It takes a Site, the copies and the files of the project. It returns findings with
// positions, and for each copy the numbers of what was verified. It runs only when it is
// asked to, since a build has no copy.
//
//   - Fingerprints: each passage and sentence stands in the copy, see Compare.
//   - Wording: each hedge that a record names stands in the cited sentences as whole words.
//     If it names none, they have none of those that package lint knows, or the record says
//     why not.
//   - Quotations: what a claim has in quotation marks stands in the cited sentences. What
//     else a section quotes stands in one of the copies, unless the same paragraph links to
//     a source without a copy.
//   - Figures: each number and date of a claim held by the source's author stands in the
//     cited sentences, in digits or spelt out, unless its sentence links to another source.
//     The author is who holds most of the claims that cite the source.
//   - Names: each actor that a claim is about is named in the cited paragraphs by its title
//     or an alias, or the record has a note on it. This is a warning.
//   - Copying: no file shares a run of words with a copy, see Copied.
//
// A claim that cites several sources may have the words of another: what does not stand in
// the copy makes it one that was not checked.
//
// Invariant: the time grows with the length of the texts.
//
// Deliberately absent: whatever needs no copy, which package lint checks at every build.
package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/passage"
	"analysis/builder/internal/site"
)

// Copy is a copy of a source.
type Copy struct {
	Page *site.Page // of the source
	File string     // its name, for messages
	Text []byte
}

// Result says how much of the record of a source was verified.
type Result struct {
	Copy                                         Copy
	Passages, Sentences, Claims, Hedges, Figures Tally
	Unchecked                                    int // claims that cite a sentence that is not in the copy, or that may have words of another source
}

// Tally counts what was verified, of all there is.
type Tally struct {
	Good int `json:"good"`
	All  int `json:"all"`
}

func (t *Tally) add(good bool) {
	t.All++
	if good {
		t.Good++
	}
}

// format returns "18 passages", or "17 of 18 passages".
func (t Tally) format(noun string) string {
	if t.Good == t.All {
		return diag.Number(t.All, noun)
	}
	return fmt.Sprintf("%d of %s", t.Good, diag.Number(t.All, noun))
}

// String returns a line for people.
func (r Result) String() string {
	line := fmt.Sprintf("%s: %s, %s, %s, %s, %s verified against %s", r.Copy.Page.ID, r.Passages.format("passage"), r.Sentences.format("sentence"),
		r.Claims.format("claim"), r.Hedges.format("hedge"), r.Figures.format("figure"), r.Copy.File)
	if r.Unchecked > 0 {
		line += fmt.Sprintf("; %s not checked, since the copy lacks what is cited or another source may have it", diag.Number(r.Unchecked, "claim"))
	}
	return line
}

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

// Check holds the record of a Site against copies of its sources.
func Check(s *site.Site, copies []Copy) (results []Result, found []diag.Diagnostic) {
	pages, sources := map[*site.Ref]*site.Page{}, named(s)
	for _, p := range s.Pages {
		pages[p.Ref] = p
	}
	hedges := lint.NewHedges(s.Config)
	for _, c := range copies {
		texts, r, differ := Compare(c)
		found = append(found, differ...)
		a := auditor{Result: r, texts: texts, author: Author(s, c.Page.Ref), pages: pages, sources: sources, hedges: hedges, english: lint.Language(s.Config) == "en"}
		for _, claim := range s.Claims {
			a.check(claim)
		}
		results, found = append(results, a.Result), append(found, a.found...)
	}
	return results, append(found, quotations(s, copies, sources)...)
}

// Unchecked returns a line for each source with fingerprints of sentences and claims that
// cite it. It says what cannot be checked without a copy.
func Unchecked(s *site.Site) (lines []string) {
	for _, p := range s.Pages {
		if !slices.ContainsFunc(p.Doc.Front.Passages, func(p frontmatter.Passage) bool { return len(p.Sentences) > 0 }) {
			continue
		}
		n := 0
		for _, c := range s.Claims {
			if slices.ContainsFunc(c.Cites, func(c site.Cite) bool { return c.Source == p.Ref }) {
				n++
			}
		}
		if n > 0 {
			lines = append(lines, fmt.Sprintf("%s: hedges, quotations, figures and names of %s not checked, since that needs a copy: -source %s=FILE", p.ID, diag.Number(n, "claim"), p.ID))
		}
	}
	return lines
}

// Author returns who holds most of the claims that cite a source, or nil.
func Author(s *site.Site, source *site.Ref) (most *site.Ref) {
	count := map[*site.Ref]int{}
	for _, c := range s.Claims {
		if slices.ContainsFunc(c.Cites, func(c site.Cite) bool { return c.Source == source }) {
			for _, h := range c.HeldBy {
				if count[h]++; count[h] > count[most] {
					most = h
				}
			}
		}
	}
	return most
}

// auditor holds claims against one copy.
type auditor struct {
	Result
	texts   map[int][]string // sentences of the copy by the number of their passage, "" for one that is missing
	author  *site.Ref
	pages   map[*site.Ref]*site.Page
	sources map[string]*site.Page // see named
	hedges  lint.Hedges
	english bool
	found   []diag.Diagnostic
}

// cited is what a claim cites of a source: the sentences, their words and those of their
// paragraphs, and the places.
type cited struct{ sentences, words, paragraphs, places string }

// check checks a claim that cites the source.
func (a *auditor) check(c site.PlacedClaim) {
	i := slices.IndexFunc(c.Cites, func(cite site.Cite) bool { return cite.Source == a.Copy.Page.Ref })
	if i < 0 || len(c.Cites[i].Places) == 0 {
		return
	}
	text, ok := a.cited(c.Cites[i])
	if !ok {
		a.Claims.All++
		a.Unchecked++
		return
	}
	before := *a
	a.wording(c, text)
	a.quotes(c, text)
	if slices.Contains(c.HeldBy, a.author) {
		a.figures(c, text)
	}
	if len(c.Cites) > 1 && len(a.found) > len(before.found) { // the words may be those of another source
		*a = before
		a.Claims.All++
		a.Unchecked++
		return
	}
	a.names(c, text)
	a.Claims.add(len(a.found) == len(before.found))
}

// cited returns what is cited. ok is false if the copy lacks a part of it.
func (a *auditor) cited(c site.Cite) (t cited, ok bool) {
	var sentences, paragraphs, places []string
	for _, p := range c.Places {
		all := a.texts[p.N]
		for k, s := range all {
			if p.Has(k + 1) {
				sentences = append(sentences, s)
			}
		}
		if len(all) == 0 || slices.Contains(sentences, "") {
			return t, false
		}
		paragraphs, places = append(paragraphs, all...), append(places, "¶"+p.String())
	}
	t = cited{strings.Join(sentences, " "), "", words(strings.Join(paragraphs, " ")), strings.Join(places, ", ")}
	t.words = words(t.sentences)
	return t, true
}

func (a *auditor) errorf(at diag.Position, hint, format string, args ...any) {
	a.found = append(a.found, diag.Errorf(at, format, args...).WithHint("%s", hint))
}

// wording checks the hedges that the record names, or that there are none.
func (a *auditor) wording(c site.PlacedClaim, text cited) {
	at := cmp.Or(c.Written.Wording.At, c.Written.At)
	if c.Wording == "" || c.Wording == "none" {
		if has := a.hedges.In(text.sentences+text.words, ""); len(has) > 0 && c.Unhedged == "" {
			states := map[string]string{"": "has no wording", "none": "says that there is no hedge"}[c.Wording]
			a.errorf(at, fmt.Sprintf("write `- wording: %s`, or say why it is not this claim's: `- wording: none — “%s” belongs to …`", strings.Join(has, ", "), has[0]),
				"the record of claim %q %s, but %s has %s", c.ID, states, text.places, quoted(has))
		}
		return
	}
	for hedge := range strings.SplitSeq(c.Wording, ",") {
		hedge = strings.TrimSpace(hedge)
		stands := hedge != "" && strings.Contains(text.words, words(hedge))
		if a.Hedges.add(stands); !stands {
			hint := "it has no hedge that is known: write the source's own words, or none"
			if has := a.hedges.In(text.sentences+text.words, ""); len(has) > 0 {
				hint = "it has " + quoted(has)
			}
			a.errorf(at, hint, "the wording of claim %q is %q, which does not stand in %s", c.ID, hedge, text.places)
		}
	}
}

// words returns the words of a text with spaces around them. Hyphens part words, since a
// copy may have them for dashes.
func words(text string) string {
	return lint.Words(strings.ReplaceAll(passage.Fold(text), "-", " "))
}

func quoted(list []string) string { return "“" + strings.Join(list, "”, “") + "”" }

// names warns of actors that a claim is about and that the cited paragraphs do not name.
func (a *auditor) names(c site.PlacedClaim, text cited) {
	for _, r := range c.About {
		if r.Kind != kind.Actor || slices.ContainsFunc(c.Noted, func(n site.Noted) bool { return n.Ref == r }) {
			continue
		}
		named := strings.Contains(text.paragraphs, words(r.Title))
		for _, alias := range a.pages[r].Doc.Front.Aliases {
			named = named || strings.Contains(text.paragraphs, words(alias.Name))
		}
		if !named {
			a.found = append(a.found, diag.Warningf(c.Doc.Locate(c.Written.Line("about").At, r.ID), "the claim %q is about %q, whom the paragraph of %s does not name", c.ID, r.ID, text.places).
				WithHint("take it away, add the name used there to its aliases, or give it a line of its own: `- about: [[%s]] — by implication`", r.ID))
		}
	}
}
