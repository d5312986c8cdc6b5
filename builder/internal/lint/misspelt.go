package lint

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// suspect is a word in a Document, or several, that is nearly a name.
type suspect struct {
	near  []misspelling  // one for each name
	run   content.Run    // the run of text that contains it
	claim *content.Claim // the claim whose title contains it, nil for the text
}

// misspelt warns of words that are nearly a name, once for each page.
func (k *Checker) misspelt(s *site.Site) (found []diag.Diagnostic) {
	k.names.SameIn, k.suspects.SameIn = slices.Equal, memo.Equal
	names := k.names.One(namesOf(s), newNameIndex)
	var docs []*content.Document
	for _, p := range s.Pages {
		if p.Kind != kind.Claim { // its text is part of another page
			docs = append(docs, p.Doc)
		}
	}
	suspects, _ := k.suspects.Map(len(docs),
		func(i int) (*content.Document, *nameIndex) { return docs[i], names },
		func(i int, names *nameIndex) []suspect { return names.suspects(docs[i]) })
	right := rightWords(s)
	for i, list := range suspects {
		found = append(found, warnings(docs[i], list, right)...)
	}
	return found
}

// suspects returns the suspects in the text of a Document and in the titles of its
// claims.
func (x *nameIndex) suspects(d *content.Document) (list []suspect) {
	for _, run := range d.Runs {
		src := html.UnescapeString(string(d.HTML[run.Start:run.End]))
		list = x.appendSuspects(list, src, suspect{run: run})
	}
	for i := range d.Claims {
		c := &d.Claims[i]
		list = x.appendSuspects(list, c.Title, suspect{claim: c})
	}
	return list
}

// appendSuspects appends a copy of s for every word of a text that begins with a
// capital letter and is nearly a name, alone or with the words that follow.
func (x *nameIndex) appendSuspects(list []suspect, src string, s suspect) []suspect {
	before := ' '
	for i, r := range src {
		if unicode.IsUpper(r) && !text.IsWord(before) {
			if s.near = x.find(src[i:]); s.near != nil {
				list = append(list, s)
			}
		}
		before = r
	}
	return list
}

// warnings warns of the suspects of a Document that are not right, each with the first
// name that it is near, and only once of the same words.
func warnings(d *content.Document, list []suspect, right map[string]bool) (found []diag.Diagnostic) {
	seen := map[string]bool{}
	for _, s := range list {
		i := slices.IndexFunc(s.near, func(m misspelling) bool { return !isRight(right, m.written) })
		if i < 0 || seen[s.near[i].written] {
			continue
		}
		m := s.near[i]
		seen[m.written] = true
		at := d.Find(s.run, m.written)
		if s.claim != nil {
			at = s.claim.At
		}
		found = append(found, diag.Warningf(at, "%q is one letter away from the name %q", m.written, m.name).
			WithHint("correct it, make it an alias of the page it means, or list it under `spellings` in %s", frontmatter.ConfigFile))
	}
	return found
}

// rightWords returns the titles, the aliases, and the words that site.yaml lists.
func rightWords(s *site.Site) map[string]bool {
	right := make(map[string]bool, len(s.Pages))
	for word := range strings.SplitSeq(s.Config.Spellings, "\n") {
		right[word] = true
	}
	for _, p := range s.Pages {
		right[p.Title] = true
		for _, a := range p.Doc.Front.Aliases {
			right[a.Name] = true
		}
	}
	return right
}

// isRight reports whether words are right as they are, without their last letter
// ("Italian", "Germans"), or with an s.
func isRight(right map[string]bool, written string) bool {
	_, size := utf8.DecodeLastRuneInString(written)
	return right[written] || right[written[:len(written)-size]] || right[written+"s"]
}
