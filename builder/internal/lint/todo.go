package lint

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// Task is something that is still to be written about a source. It is a warning, or a note
// where a site can do without.
type Task struct {
	diag.Diagnostic
	Noun   string // gist, fingerprint, paragraph, sentence, claim or excuse
	Source *site.Ref
	Place  content.Place // in the source, with N 0 for the source as a whole
}

// ToWrite is how the title of a claim begins until it is written, before the place.
const ToWrite = "To be written: "

// Todo returns the tasks of a site by source, in the order of its text.
func Todo(s *site.Site) (list []Task) {
	tasks := map[*site.Ref][]Task{}
	for _, c := range s.Claims {
		for _, cite := range c.Cites[:min(1, len(c.Cites))] {
			if unwritten(c) {
				d := diag.Warningf(c.Written.At, "the claim %q is still to be written", c.ID).WithHint("say in its title and its text what is claimed, and choose its kind")
				tasks[cite.Source] = append(tasks[cite.Source], Task{d, "claim", cite.Source, append(slices.Clip(cite.Places), content.Place{})[0]})
			}
		}
	}
	for _, p := range s.Pages {
		if p.Kind != kind.Source {
			continue
		}
		of := tasks[p.Ref]
		for _, passage := range p.Doc.Front.Passages {
			of = append(of, ofPassage(p, passage)...)
		}
		slices.SortStableFunc(of, func(a, b Task) int {
			return cmp.Or(cmp.Compare(a.Place.N, b.Place.N), cmp.Compare(a.Place.From, b.Place.From))
		})
		list = append(list, of...)
	}
	return list
}

// unwritten reports whether the title of a claim begins with ToWrite and the sign of a
// paragraph, or its text is an ellipsis and nothing else.
func unwritten(c site.PlacedClaim) bool {
	return strings.HasPrefix(c.Title, ToWrite+"¶") || string(bytes.TrimSpace(c.Written.Body.HTML)) == "<p>…</p>"
}

func ofPassage(p *site.Page, passage frontmatter.Passage) (list []Task) {
	add := func(noun string, place content.Place, d diag.Diagnostic, hint string, args ...any) {
		list = append(list, Task{d.WithHint(hint, args...), noun, p.Ref, place})
	}
	cover := func(noun string, place content.Place, at diag.Position, excuse, key string, claims site.Statements) {
		if len(claims) == 0 && excuse == "" {
			add(noun, place, diag.Warningf(at, "¶%s of %q is covered by no claim", place, p.ID),
				"cite it in a claim: `- source: [[%s]] ¶%s`, or say at ¶%d why none does: `no_claim: %s`", p.ID, place, place.N, key)
		} else if len(claims) > 0 && excuse != "" {
			add("excuse", place, diag.Warningf(at, "¶%s of %q is marked no_claim, but %q cites it", place, p.ID, claims[0].ID), "take it out of no_claim")
		}
	}
	whole := content.Place{N: passage.N}
	if passage.Gist == "" {
		add("gist", whole, diag.Warningf(passage.At, "the gist of ¶%d of %q is still to be written", passage.N, p.ID), "say in one line of your own what the paragraph says: `gist: …`")
	}
	if passage.SHA256 == "" || len(passage.Sentences) == 0 {
		add("fingerprint", whole, diag.Notef(passage.At, "¶%d of %q lacks fingerprints", passage.N, p.ID), "run `builder new source %s -text FILE`, which prints them", p.ID)
	}
	if len(passage.Sentences) == 0 || passage.NoClaim != "" {
		cover("paragraph", whole, passage.At, passage.NoClaim, "reason", p.Carries(passage.N))
		return list
	}
	for _, s := range passage.Sentences {
		cover("sentence", content.Place{N: passage.N, From: s.N, To: s.N}, s.At, s.NoClaim, fmt.Sprintf("{%d: reason}", s.N), p.CarriesSentence(passage.N, s.N))
	}
	return list
}

// Summary counts tasks: "3 gists, 41 sentences, 12 claims to do in 1 source".
func Summary(list []Task) string {
	counts, sources := map[string]int{}, map[*site.Ref]bool{}
	for _, t := range list {
		counts[t.Noun]++
		sources[t.Source] = true
	}
	var parts []string
	for _, noun := range strings.Fields("gist fingerprint paragraph sentence claim excuse") {
		if counts[noun] > 0 {
			parts = append(parts, diag.Number(counts[noun], noun))
		}
	}
	if len(parts) == 0 {
		return "nothing to do"
	}
	return fmt.Sprintf("%s to do in %s", strings.Join(parts, ", "), diag.Number(len(sources), "source"))
}
