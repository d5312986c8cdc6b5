package lint

import (
	"bytes"
	"html"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// spelling finds words that are nearly a name. The names are proper: titles of
// actors and places, and aliases that begin with a capital letter. It is not
// changed once it is made.
type spelling struct {
	names []string            // all of them
	first map[string][]string // names by their first word
	near  map[string][]string // first words by what is left when one letter is taken out of them
}

// shortest is the least number of letters of a name that is looked for:
// shorter ones are near too many common words.
const shortest = 5

// newSpelling collects the names of a site. If they are those of last, it is
// returned.
func newSpelling(s *site.Site, last *spelling) *spelling {
	sp := &spelling{first: map[string][]string{}, near: map[string][]string{}}
	for _, p := range s.Pages {
		if p.Kind == kind.Actor || p.Kind == kind.Place {
			sp.add(p.Title)
		}
		for i := range p.Doc.Front.Aliases {
			sp.add(p.Doc.Front.Aliases[i].Name)
		}
	}
	if last != nil && slices.Equal(sp.names, last.names) {
		return last
	}
	for _, name := range sp.names {
		word := name[:wordEnd(name)]
		sp.first[word] = append(sp.first[word], name)
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
	if unicode.IsUpper(r) && utf8.RuneCountInString(name) >= shortest {
		sp.names = append(sp.names, name)
	}
}

// suspect is a word of a text that is nearly a name.
type suspect struct {
	written, name string
	word          int // which word of the Document it is; it may be near several names
	run           content.Run
	claim         *content.Claim // in whose title it stands, nil for the text
}

// at is where it stands.
func (s *suspect) at(d *content.Document) diag.Position {
	if s.claim != nil {
		return s.claim.At
	}
	return d.Find(s.run, s.written)
}

// proofs remembers the suspects in Documents under the same names.
type proofs struct {
	spelling *spelling
	read     []proof // by page
}

// proof is what a Document came to.
type proof struct {
	doc      *content.Document
	suspects []suspect
}

// misspelt warns once on each page of each word that is nearly a name.
func (m *proofs) misspelt(s *site.Site, each func(n int, f func(i int))) []diag.Diagnostic {
	m.update(s, each)
	var found []diag.Diagnostic
	var right map[string]bool // of words that are meant as they stand; seldom needed
	for i := range m.read {
		if len(m.read[i].suspects) == 0 {
			continue
		}
		if right == nil {
			right = rightWords(s)
		}
		found = append(found, m.read[i].warnings(right)...)
	}
	return found
}

// stretches is into how many parts the pages are parted, each of which somebody
// may read while others read the others.
const stretches = 16

// update reads what has not been read under these names.
func (m *proofs) update(s *site.Site, each func(n int, f func(i int))) {
	spelling := newSpelling(s, m.spelling)
	old := m.read
	if spelling != m.spelling {
		old = nil
	}
	read := make([]proof, len(s.Pages))
	var fresh []int
	known := finder{old: old}
	for i, p := range s.Pages {
		if p.Kind == kind.Claim { // its text is that of another page
			continue
		}
		ok := false
		if read[i], ok = known.find(i, p.Doc); !ok {
			fresh = append(fresh, i)
		}
	}
	each(stretches, func(n int) {
		r := reader{spelling: spelling, around: map[string][]string{}}
		for _, i := range fresh[n*len(fresh)/stretches : (n+1)*len(fresh)/stretches] {
			read[i] = proof{s.Pages[i].Doc, r.read(s.Pages[i].Doc)}
		}
	})
	m.spelling, m.read = spelling, read
}

// finder finds again what was read. Most of it is where it was.
type finder struct {
	old   []proof
	byDoc map[*content.Document]int
}

func (f *finder) find(i int, d *content.Document) (proof, bool) {
	if i < len(f.old) && f.old[i].doc == d {
		return f.old[i], true
	}
	if f.byDoc == nil {
		f.byDoc = make(map[*content.Document]int, len(f.old))
		for i, p := range f.old {
			f.byDoc[p.doc] = i
		}
	}
	if i, ok := f.byDoc[d]; ok {
		return f.old[i], true
	}
	return proof{}, false
}

// rightWords are every name and word that is meant as it stands.
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

// warnings warns of those suspects that are not right after all: of each word
// for the first name that it is near, and of the same words once.
func (p *proof) warnings(right map[string]bool) []diag.Diagnostic {
	var found []diag.Diagnostic
	seen := map[string]bool{}
	last := -1
	for _, s := range p.suspects {
		if s.word == last || known(right, s.written) {
			continue
		}
		if last = s.word; seen[s.written] {
			continue
		}
		seen[s.written] = true
		found = append(found, diag.Warningf(s.at(p.doc), "%q is one letter away from the name %q", s.written, s.name).
			WithHint("correct it, make it an alias of the page it means, or list it under `spellings` in %s", frontmatter.ConfigFile))
	}
	return found
}

// reader reads texts, and remembers the words that it met.
type reader struct {
	*spelling
	around map[string][]string // the memory of nearby
	found  []suspect
	words  int
}

func (r *reader) read(d *content.Document) []suspect {
	r.found, r.words = nil, 0
	for _, run := range d.Runs {
		from, text := len(r.found), d.HTML[run.Start:run.End]
		if bytes.IndexByte(text, '&') >= 0 {
			text = []byte(html.UnescapeString(string(text)))
		}
		r.scan(text)
		for i := range r.found[from:] {
			r.found[from+i].run = run
		}
	}
	for i := range d.Claims {
		from := len(r.found)
		r.scan([]byte(d.Claims[i].Title))
		for j := range r.found[from:] {
			r.found[from+j].claim = &d.Claims[i]
		}
	}
	return r.found
}

// scan looks at the words of a text that begin with a capital letter.
func (r *reader) scan(text []byte) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			letter, size := utf8.DecodeRune(text[i:])
			if unicode.IsUpper(letter) && begins(text, i) {
				r.match(text[i:])
			}
			i += size - 1
		case 'A' <= c && c <= 'Z' && begins(text, i):
			r.match(text[i:])
		}
	}
}

// begins reports whether a word can begin at text[i:].
func begins(text []byte, i int) bool {
	if i > 0 && text[i-1] < utf8.RuneSelf {
		return !isWord(rune(text[i-1]))
	}
	before, _ := utf8.DecodeLastRune(text[:i])
	return !isWord(before)
}

// match enters what is nearly a name at the start of text.
func (r *reader) match(text []byte) {
	r.words++
	for _, first := range r.nearby(text[:wordEnd(text)]) {
		for _, name := range r.first[first] {
			written := leading(text, 1+strings.Count(name, " "))
			if written != name && oneLetterApart(written, name) {
				r.found = append(r.found, suspect{written: written, name: name, word: r.words})
			}
		}
	}
}

// known reports whether words are right as they stand, or would be without an
// ending: "Italian", "Germans".
func known(right map[string]bool, written string) bool {
	_, size := utf8.DecodeLastRuneInString(written)
	return right[written] || right[written[:len(written)-size]] || right[written+"s"]
}

// nearby are those first words of names that are at most one letter away.
func (r *reader) nearby(text []byte) []string {
	if list, ok := r.around[string(text)]; ok {
		return list
	}
	word := string(text)
	var list []string
	if r.first[word] != nil {
		list = append(list, word)
	}
	for _, key := range append(shortened(word), word) {
		list = append(list, r.near[key]...)
		if r.first[key] != nil {
			list = append(list, key)
		}
	}
	slices.Sort(list)
	r.around[word] = slices.Compact(list)
	return r.around[word]
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
func leading(text []byte, n int) string {
	end := wordEnd(text)
	words := string(text[:end])
	for ; n > 1; n-- {
		next := bytes.TrimLeftFunc(text[end:], unicode.IsSpace)
		length := wordEnd(next)
		if length == 0 || len(next) == len(text)-end {
			break
		}
		words += " " + string(next[:length])
		end = len(text) - len(next) + length
	}
	return words
}

// wordEnd is the offset at which the word with which s begins ends.
func wordEnd[T string | []byte](s T) int {
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		}
		if !isWord(r) {
			return i
		}
		i += size
	}
	return len(s)
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
