package site

import (
	"bytes"
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/content"
)

// name is a stretch of a Document's HTML that is linked by itself.
type name struct {
	Start, End int
	Ref        *Ref
}

// names finds the titles and aliases of pages in running text. They are filed
// under their first word, longest first.
type names struct {
	byWord map[string][]candidate
}

type candidate struct {
	text string // escaped as in HTML, in single spaces
	ref  *Ref
}

// newNames collects the names that may be linked: every alias, and the titles
// of pages that are about one thing (an actor, a place, an event, a concept, a
// source). Titles of other pages are headlines, and would be found by accident.
func newNames(entries []*entry) *names {
	n := &names{byWord: map[string][]candidate{}}
	for _, e := range entries {
		if e.doc.Front.NoAutolink {
			continue
		}
		if isReference(e.doc) {
			n.add(e.ref.Title, e.ref)
		}
		for _, a := range e.doc.Front.Aliases {
			if !a.NoAutolink {
				n.add(a.Name, e.ref)
			}
		}
	}
	for _, list := range n.byWord {
		slices.SortStableFunc(list, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text))
		})
	}
	return n
}

// add files a name under both spellings of its first letter, so that "safe
// havens" is found at the start of a sentence and "Strategic depth" inside one.
func (n *names) add(s string, ref *Ref) {
	s = strings.Join(strings.Fields(s), " ")
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || !isWord(first) {
		return
	}
	for _, r := range []rune{unicode.ToUpper(first), unicode.ToLower(first)} {
		text := html.EscapeString(string(r) + s[size:])
		word := text[:wordEnd(text, 0)]
		c := candidate{text, ref}
		if !slices.Contains(n.byWord[word], c) {
			n.byWord[word] = append(n.byWord[word], c)
		}
	}
}

// find returns the first mention of each page in a Document. A page is not
// linked to itself, nor where a link to it stands before.
func (n *names) find(e *entry) []name {
	var found []name
	seen := map[*Ref]bool{e.ref: true}
	link := 0
	for _, run := range e.doc.Runs {
		for ; link < len(e.links) && e.doc.Links[link].At <= run.Start; link++ {
			seen[e.links[link].Ref] = true
		}
		text := e.doc.HTML[run.Start:run.End]
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRune(text[i:])
			if r == '&' {
				size += max(0, bytes.IndexByte(text[i+1:], ';')) // an entity: what is escaped is no word
			}
			if !isWord(r) {
				i += size
				continue
			}
			end := wordEnd(text, i)
			ref, length := n.match(text, i, end)
			if ref != nil && e.cut(run, i, i+length) {
				ref, length = nil, end-i
			}
			if ref != nil {
				if !seen[ref] {
					seen[ref] = true
					found = append(found, name{run.Start + i, run.Start + i + length, ref})
				}
				end = i + length
			}
			i = end
		}
	}
	return found
}

// cut reports whether the stretch text[i:end] of a run is part of a word that
// goes on beyond the run, behind markup.
func (e *entry) cut(run content.Run, i, end int) bool {
	src := e.doc.HTML
	before, after := src[:run.Start], src[run.End:]
	if i == 0 {
		for bytes.HasSuffix(before, []byte(">")) {
			open := bytes.LastIndexByte(before, '<')
			if open < 0 || !isMarkup(before[open:]) {
				break
			}
			before = before[:open]
		}
		if r, _ := utf8.DecodeLastRune(before); isWord(r) {
			return true
		}
	}
	if run.Start+end == run.End {
		for bytes.HasPrefix(after, []byte("<")) && isMarkup(after) {
			after = after[bytes.IndexByte(after, '>')+1:]
		}
		r, _ := utf8.DecodeRune(after)
		return isWord(r)
	}
	return false
}

// isMarkup reports whether a tag may stand inside a word.
func isMarkup(tag []byte) bool {
	name := tagName(tag)
	return name != "sup" && slices.Contains(inline, name)
}

// match returns the page named at text[i:], whose first word ends at end, and
// how many bytes the name takes.
func (n *names) match(text []byte, i, end int) (*Ref, int) {
	list := n.byWord[string(text[i:end])]
	if len(list) == 0 || joined(text, i) {
		return nil, 0
	}
	for _, c := range list {
		if length := spans(text[i:], c.text); length > 0 && !continues(text[i+length:]) {
			return c.ref, length
		}
	}
	return nil, 0
}

// spans returns the length of the stretch at the start of text that reads as
// want, in which any white space stands for a space. It is 0 if there is none.
func spans(text []byte, want string) int {
	i := 0
	for j := 0; j < len(want); j++ {
		if i >= len(text) {
			return 0
		}
		if want[j] == ' ' {
			start := i
			for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t') {
				i++
			}
			if i == start {
				return 0
			}
			continue
		}
		if text[i] != want[j] {
			return 0
		}
		i++
	}
	return i
}

// joined reports whether the word at text[i:] is the tail of a hyphenated one.
func joined(text []byte, i int) bool {
	if i < 2 || text[i-1] != '-' {
		return false
	}
	r, _ := utf8.DecodeLastRune(text[:i-1])
	return isWord(r)
}

// continues reports whether a word goes on at the start of text.
func continues(text []byte) bool {
	r, size := utf8.DecodeRune(text)
	if r == '-' {
		r, _ = utf8.DecodeRune(text[size:])
	}
	return isWord(r)
}

// wordEnd is the offset at which the word that begins at text[i:] ends.
func wordEnd[T string | []byte](text T, i int) int {
	for i < len(text) {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(string(text[i:min(len(text), i+utf8.UTFMax)]))
		}
		if !isWord(r) {
			break
		}
		i += size
	}
	return i
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
