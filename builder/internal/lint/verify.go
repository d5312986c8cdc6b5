package lint

import (
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
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

// Verify compares a copy of a source with the fingerprints of the passages that its
// page lists, and returns how many are the same.
func Verify(p *site.Page, copied []byte) (same int, found []diag.Diagnostic) {
	paragraphs := frontmatter.Paragraphs(copied)
	listed := map[int]bool{}
	for _, passage := range p.Doc.Front.Passages {
		listed[passage.N] = true
		switch {
		case passage.N < 1: // reported where it was parsed
		case passage.N > len(paragraphs):
			found = append(found, diag.Errorf(passage.At, "¶%d of %q is not in the copy, which has %s", passage.N, p.ID, diag.Number(len(paragraphs), "paragraph")).
				WithHint("a paragraph is a line that is not empty"))
		case passage.SHA256 == "":
			found = append(found, diag.Warningf(passage.At, "¶%d of %q cannot be verified: it has no sha256", passage.N, p.ID).
				WithHint("that of the copy is %s", frontmatter.Fingerprint(paragraphs[passage.N-1])))
		case passage.SHA256 != frontmatter.Fingerprint(paragraphs[passage.N-1]):
			found = append(found, diag.Errorf(passage.At, "¶%d of %q differs from the copy", passage.N, p.ID).
				WithHint("compare the two; the sha256 of the copy is %s", frontmatter.Fingerprint(paragraphs[passage.N-1])))
		default:
			same++
		}
	}
	for n := range paragraphs {
		if !listed[n+1] {
			found = append(found, diag.Warningf(diag.Position{File: p.Doc.Path, Line: 1, Column: 1}, "the copy has a paragraph %d, which %q does not list", n+1, p.ID).
				WithHint("list it under `passages`"))
		}
	}
	return same, found
}
