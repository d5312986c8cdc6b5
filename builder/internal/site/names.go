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
	list   []called
	byWord map[string][]candidate
	begin  [256]uint64     // of first words: by their first byte, a bit for each length
	pairs  [256][256]uint8 // 1 for the bytes with which a name may begin, or the one of its letter and what ends it
}

// called is a name that may be linked, and its page.
type called struct {
	name string
	ref  *Ref
}

type candidate struct {
	text string // escaped as in HTML, in single spaces
	ref  *Ref
}

// newNames collects the names that may be linked: every alias, and the titles
// of pages that are about one thing (an actor, a place, an event, a concept, a
// source). Titles of other pages are headlines, and would be found by accident.
// If the names are those of last, it is returned.
func newNames(entries []*entry, last *names) *names {
	var list []called
	for _, e := range entries {
		if e.doc.Front.NoAutolink {
			continue
		}
		if isReference(e.doc) {
			list = append(list, called{e.ref.Title, e.ref})
		}
		for _, a := range e.doc.Front.Aliases {
			if !a.NoAutolink {
				list = append(list, called{a.Name, e.ref})
			}
		}
	}
	if last != nil && slices.Equal(list, last.list) {
		return last
	}
	n := &names{list: list}
	n.file()
	return n
}

// file files the names by their first words.
func (n *names) file() {
	n.byWord = make(map[string][]candidate, 2*len(n.list))
	for _, c := range n.list {
		n.add(c.name, c.ref)
	}
	for word, list := range n.byWord {
		n.begin[word[0]] |= lengthBit(len(word))
		n.pair(word)
		slices.SortStableFunc(list, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text))
		})
	}
}

// pair enters the two bytes with which a first word begins. A word of one byte
// may have any behind it that is not surely part of it.
func (n *names) pair(word string) {
	if len(word) > 1 {
		n.pairs[word[0]][word[1]] = 1
		return
	}
	for c := range n.pairs[word[0]] {
		n.pairs[word[0]][c] |= gaps[c]
	}
}

// lengthBit stands for a number of bytes; all large numbers share one.
func lengthBit(length int) uint64 { return 1 << min(length, 63) }

// add files a name under both spellings of its first letter, so that "safe
// havens" is found at the start of a sentence and "Strategic depth" inside one.
func (n *names) add(s string, ref *Ref) {
	s = strings.Join(strings.Fields(s), " ")
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || !isWord(first) {
		return
	}
	for _, r := range [2]rune{unicode.ToUpper(first), unicode.ToLower(first)} {
		text := html.EscapeString(string(r) + s[size:])
		word := text[:wordEnd([]byte(text), 0)]
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
	var seen refSet
	seen.add(e.ref)
	link := 0
	for _, run := range e.doc.Runs {
		for ; link < len(e.links) && e.doc.Links[link].At <= run.Start; link++ {
			seen.add(e.links[link].Ref)
		}
		text := e.doc.HTML[run.Start:run.End]
		for i, end := n.next(text, 0); i < len(text); i, end = n.next(text, end) {
			ref, length := n.match(text, i, end)
			if ref == nil || e.cut(run, i, i+length) {
				continue
			}
			end = i + length
			if seen.add(ref) {
				found = append(found, name{run.Start + i, run.Start + end, ref})
			}
		}
	}
	return slices.Clip(found)
}

// next is the next word text[start:end], from an offset at which none goes on,
// with which a name may begin; both are the text's length if there is none. Most
// words are passed over by two bytes and the one before them.
func (n *names) next(text []byte, at int) (start, end int) {
	before := byte(' ')
	for ; at < len(text); at++ {
		c, after := text[at], byte(' ')
		if at+1 < len(text) {
			after = text[at+1]
		}
		if n.pairs[c][after]&gaps[before] != 0 && begins(text, at) {
			if end = wordEnd(text, at); n.begin[c]&lengthBit(end-at) != 0 {
				return at, end
			}
		}
		before = c
	}
	return len(text), len(text)
}

// begins reports whether a word may begin at text[at:]: behind no other, and not
// in what is escaped.
func begins(text []byte, at int) bool {
	if at == 0 {
		return true
	}
	switch c := text[at-1]; {
	case c >= utf8.RuneSelf:
		r, _ := utf8.DecodeLastRune(text[:at])
		return !isWord(r)
	case c == '&', c == '#' && at > 1 && text[at-2] == '&':
		return bytes.IndexByte(text[at:], ';') < 0
	default:
		return !wordBytes[c]
	}
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
	return string(tagName(tag)) != "sup" && isInline(tag)
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
func wordEnd(text []byte, i int) int {
	for i < len(text) {
		if wordBytes[text[i]] {
			i++
			continue
		}
		if text[i] < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeRune(text[i:])
		if !isWord(r) {
			break
		}
		i += size
	}
	return i
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return wordBytes[r]
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// wordBytes are the letters and digits of ASCII.
var wordBytes = func() (table [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" {
		table[c] = true
	}
	return table
}()

// gaps is 1 for the bytes that may stand beside a word: all but those.
var gaps = func() (table [256]uint8) {
	for c, word := range wordBytes {
		if !word {
			table[c] = 1
		}
	}
	return table
}()
