package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// Task is something that is still to be written about a source. It is a warning, or a note
// where a site can do without.
type Task struct {
	diag.Diagnostic
	Source    *site.Ref
	Place     content.Place // in the source, with N 0 for the source as a whole
	Noun      string        // one of nouns
	Uncovered bool          // no claim cites the place
}

var nouns = [...]string{"gist", "fingerprint", "paragraph", "sentence", "claim", "excuse"}

// Todo returns the tasks of a site by source, in the order of its text. A claim is still to
// be written while it has the title ToWrite of the first place that it cites, or a text of
// an ellipsis and nothing else.
func Todo(s *site.Site) (list []Task) {
	empty := map[*site.Ref][]Task{}
	for _, c := range s.Claims {
		for _, cite := range c.Cites[:min(1, len(c.Cites))] {
			first := append(slices.Clone(cite.Places), content.Place{})[0]
			if c.Title != ToWrite(first) && strings.TrimSpace(text.PlainText(c.Written.Body.HTML)) != "…" {
				continue
			}
			empty[cite.Source] = append(empty[cite.Source], Task{Noun: "claim", Source: cite.Source, Place: first,
				Diagnostic: diag.Warningf(c.Written.At, "the claim %q is still to be written", c.ID).WithHint("say in its title and its text what is claimed, and choose its kind")})
		}
	}
	for _, p := range s.Pages {
		if p.Kind != kind.Source {
			continue
		}
		tasks := empty[p.Ref]
		for _, passage := range p.Doc.Front.Passages {
			tasks = append(tasks, ofPassage(p, passage)...)
		}
		slices.SortStableFunc(tasks, func(a, b Task) int {
			return cmp.Or(cmp.Compare(a.Place.N, b.Place.N), cmp.Compare(a.Place.From, b.Place.From))
		})
		list = append(list, tasks...)
	}
	return list
}

// ToWrite returns the title that a claim has until it is written.
func ToWrite(p content.Place) string { return "To be written: ¶" + p.String() }

func ofPassage(p *site.Page, passage frontmatter.Passage) (list []Task) {
	whole := content.Place{N: passage.N}
	if passage.Gist == "" {
		list = append(list, Task{Noun: "gist", Place: whole, Diagnostic: diag.Warningf(passage.At, "the gist of ¶%d of %q is still to be written", passage.N, p.ID).
			WithHint("say in one line of your own what the paragraph says: `gist: …`")})
	}
	if passage.SHA256 == "" || len(passage.Sentences) == 0 {
		list = append(list, Task{Noun: "fingerprint", Place: whole, Diagnostic: diag.Notef(passage.At, "¶%d of %q lacks fingerprints", passage.N, p.ID).
			WithHint("run `builder new source %s -text FILE`, which prints them", p.ID)})
	}
	if len(passage.Sentences) == 0 || passage.NoClaim != "" {
		list = append(list, covered(p, whole, passage.At, passage.NoClaim, p.Carries(passage.N))...)
	} else {
		for _, s := range passage.Sentences {
			list = append(list, covered(p, content.Place{N: passage.N, From: s.N, To: s.N}, s.At, s.NoClaim, p.CarriesSentence(passage.N, s.N))...)
		}
	}
	for i := range list {
		list[i].Source = p.Ref
	}
	return list
}

// covered returns a task for a place that no claim cites, and for one that is marked
// no_claim but cited.
func covered(p *site.Page, place content.Place, at diag.Position, excuse string, claims site.Statements) []Task {
	noun, reason := "paragraph", "reason"
	if place.From > 0 {
		noun, reason = "sentence", fmt.Sprintf("{%d: reason}", place.From)
	}
	switch {
	case len(claims) == 0 && excuse == "":
		return []Task{{Noun: noun, Place: place, Uncovered: true, Diagnostic: diag.Warningf(at, "¶%s of %q is covered by no claim", place, p.ID).
			WithHint("cite it in a claim: `- source: [[%s]] ¶%s`, or say at ¶%d why none does: `no_claim: %s`", p.ID, place, place.N, reason)}}
	case len(claims) > 0 && excuse != "":
		return []Task{{Noun: "excuse", Place: place, Diagnostic: diag.Warningf(at, "¶%s of %q is marked no_claim, but %q cites it", place, p.ID, claims[0].ID).
			WithHint("take it out of no_claim")}}
	}
	return nil
}

// Summary counts tasks: "3 gists, 41 sentences, 12 claims to do in 1 source".
func Summary(list []Task) string {
	counts, sources := map[string]int{}, map[*site.Ref]bool{}
	for _, t := range list {
		counts[t.Noun]++
		sources[t.Source] = true
	}
	var parts []string
	for _, noun := range nouns {
		if n := counts[noun]; n > 0 {
			parts = append(parts, diag.Number(n, noun))
		}
	}
	if len(parts) == 0 {
		return "nothing to do"
	}
	return fmt.Sprintf("%s to do in %s", strings.Join(parts, ", "), diag.Number(len(sources), "source"))
}
