package lint

import (
	"html"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/site"
)

// spelling finds words that are nearly a name. The names are proper: titles of
// actors and places, and aliases that begin with a capital letter.
type spelling struct {
	right  map[string]bool     // every name and word that is meant as it stands
	first  map[string][]string // names by their first word
	near   map[string][]string // first words by what is left when one letter is taken out of them
	around map[string][]string // the memory of nearby
}

// shortest is the least number of letters of a name that is looked for:
// shorter ones are near too many common words.
const shortest = 5

func newSpelling(s *site.Site) *spelling {
	sp := &spelling{map[string]bool{}, map[string][]string{}, map[string][]string{}, map[string][]string{}}
	for word := range strings.SplitSeq(s.Config.Spellings, "\n") {
		sp.right[word] = true
	}
	for _, p := range s.Pages {
		sp.right[p.Title] = true
		if p.Kind == content.KindActor || p.Kind == content.KindPlace {
			sp.add(p.Title)
		}
		for _, a := range p.Doc.Front.Aliases {
			sp.right[a.Name] = true
			sp.add(a.Name)
		}
	}
	for _, words := range slices.Sorted(maps.Keys(sp.first)) {
		for _, key := range shortened(words) {
			sp.near[key] = append(sp.near[key], words)
		}
	}
	return sp
}

func (sp *spelling) add(name string) {
	r, _ := utf8.DecodeRuneInString(name)
	if utf8.RuneCountInString(name) < shortest || !unicode.IsUpper(r) {
		return
	}
	word := name[:wordEnd(name)]
	sp.first[word] = append(sp.first[word], name)
}

// proofs remembers what was found in Documents under the same names.
type proofs struct {
	config   *content.Config
	pages    []*site.Page
	spelling *spelling
	found    map[*content.Document][]diag.Diagnostic
}

// misspelt warns once on each page of each word that is nearly a name.
func (m *proofs) misspelt(s *site.Site) []diag.Diagnostic {
	old := m.found
	if m.spelling == nil || m.config != s.Config || !slices.EqualFunc(m.pages, s.Pages, sameNames) {
		m.spelling, old = newSpelling(s), nil
	}
	m.config, m.pages, m.found = s.Config, s.Pages, make(map[*content.Document][]diag.Diagnostic, len(s.Pages))
	var found []diag.Diagnostic
	for _, p := range s.Pages {
		if p.Kind == content.KindClaim { // its text is that of another page
			continue
		}
		list, known := old[p.Doc]
		if !known {
			list = m.spelling.check(p.Doc)
		}
		m.found[p.Doc] = list
		found = append(found, list...)
	}
	return found
}

// sameNames reports whether two pages have the same title and aliases.
func sameNames(a, b *site.Page) bool {
	return a == b || a.Ref == b.Ref && slices.Equal(a.Doc.Front.Aliases, b.Doc.Front.Aliases)
}

func (sp *spelling) check(d *content.Document) []diag.Diagnostic {
	var found []diag.Diagnostic
	seen := map[string]bool{}
	report := func(text string, at func(written string) diag.Position) {
		sp.scan(text, func(written, name string) {
			if !seen[written] {
				seen[written] = true
				found = append(found, diag.Warningf(at(written), "%q is one letter away from the name %q", written, name).
					WithHint("correct it, make it an alias of the page it means, or list it under `spellings` in %s", content.ConfigFile))
			}
		})
	}
	for _, run := range d.Runs {
		report(html.UnescapeString(string(d.HTML[run.Start:run.End])), func(written string) diag.Position { return d.Find(run, written) })
	}
	for _, c := range d.Claims {
		report(c.Title, func(string) diag.Position { return c.At })
	}
	return found
}

// scan calls report for the words of a text that are nearly a name.
func (sp *spelling) scan(text string, report func(written, name string)) {
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if !isWord(r) {
			text = text[size:]
			continue
		}
		end := wordEnd(text)
		if unicode.IsUpper(r) {
			if written, name := sp.match(text, end); name != "" {
				report(written, name)
			}
		}
		text = text[end:]
	}
}

// match returns the words at the start of text that are nearly a name, and the
// name. The first word ends at end.
func (sp *spelling) match(text string, end int) (written, name string) {
	for _, first := range sp.nearby(text[:end]) {
		for _, name := range sp.first[first] {
			written := leading(text, 1+strings.Count(name, " "))
			if written != name && !sp.known(written) && oneLetterApart(written, name) {
				return written, name
			}
		}
	}
	return "", ""
}

// known reports whether words are right as they stand, or would be without an
// ending: "Italian", "Germans".
func (sp *spelling) known(written string) bool {
	_, size := utf8.DecodeLastRuneInString(written)
	return sp.right[written] || sp.right[written[:len(written)-size]] || sp.right[written+"s"]
}

// nearby are those first words of names that are at most one letter away.
func (sp *spelling) nearby(word string) []string {
	if list, ok := sp.around[word]; ok {
		return list
	}
	var list []string
	if sp.first[word] != nil {
		list = append(list, word)
	}
	for _, key := range append(shortened(word), word) {
		list = append(list, sp.near[key]...)
		if sp.first[key] != nil {
			list = append(list, key)
		}
	}
	slices.Sort(list)
	sp.around[word] = slices.Compact(list)
	return sp.around[word]
}

// shortened are the words that are left when one letter is taken out.
func shortened(word string) []string {
	var list []string
	for i, r := range word {
		list = append(list, word[:i]+word[i+utf8.RuneLen(r):])
	}
	return list
}

// oneLetterApart reports whether one letter more, less, other, or exchanged
// with its neighbour makes one word of the other.
func oneLetterApart(a, b string) bool {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	switch {
	case len(x) == 2 && len(y) == 2:
		return x[0] == y[1] && x[1] == y[0]
	default:
		return len(x) <= 1 && len(y) <= 1
	}
}

// leading are the first n words of a text that nothing but white space parts,
// between single spaces.
func leading(text string, n int) string {
	end := wordEnd(text)
	words := text[:end]
	for ; n > 1; n-- {
		next := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
		length := wordEnd(next)
		if length == 0 || len(next) == len(text)-end {
			break
		}
		words += " " + next[:length]
		end = len(text) - len(next) + length
	}
	return words
}

func wordEnd(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf {
			break
		} else if !isWord(rune(c)) {
			return i
		}
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return !isWord(r) }); i >= 0 {
		return i
	}
	return len(s)
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
