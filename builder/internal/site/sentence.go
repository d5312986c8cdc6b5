package site

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/content"
)

// mention is a link to a page, to become a Backlink there.
type mention struct {
	Backlink
	to *Ref
}

// mentions returns, for each page that e links to, the first link with the
// sentence it stands in.
func mentions(e *entry) []mention {
	var list []mention
	seen := map[*Ref]bool{e.ref: true, nil: true}
	add := func(to *Ref, at, end int) {
		if seen[to] {
			return
		}
		seen[to] = true
		m := mention{to: to}
		m.From = e.ref
		m.Before, m.Match, m.After = e.sentence(at, end)
		for _, h := range e.doc.Headings {
			if h.At < at {
				m.Fragment = h.ID
			}
		}
		for _, c := range e.doc.Claims {
			if c.Start <= at && at < c.End {
				m.Fragment = c.ID
			}
		}
		list = append(list, m)
	}
	n := 0
	for i, l := range e.doc.Links {
		for ; n < len(e.names) && e.names[n].Start < l.At; n++ {
			add(e.names[n].Ref, e.names[n].Start, e.names[n].End)
		}
		end := bytes.Index(e.doc.HTML[l.At:], []byte("</a>"))
		add(e.links[i].Ref, l.At, l.At+max(end, 0))
	}
	for ; n < len(e.names); n++ {
		add(e.names[n].Ref, e.names[n].Start, e.names[n].End)
	}
	return list
}

// inline are the elements that do not end a sentence.
var inline = []string{"a", "em", "strong", "code", "del", "sup", "input", "img", "span"}

// sentence returns the text of HTML[at:end] and what stands before and after
// it in its sentence, at most about 200 characters on each side.
func (e *entry) sentence(at, end int) (before, match, after string) {
	src := e.doc.HTML
	start, stop := 0, len(src)
	for i := at; ; {
		i = bytes.LastIndexByte(src[:i], '<')
		if i < 0 {
			break
		}
		if !slices.Contains(inline, tagName(src[i:])) {
			start = i + bytes.IndexByte(src[i:], '>') + 1
			break
		}
	}
	for i := end; i < len(src); i++ {
		if src[i] == '<' && !slices.Contains(inline, tagName(src[i:])) {
			stop = i
			break
		}
	}
	before, match, after = e.plain(start, at, false), e.plain(at, end, true), e.plain(end, stop, false)
	whole := before + match + after
	if i := sentenceEnd(whole, len(before), true); i > 0 {
		before = before[min(i, len(before)):]
	}
	if i := sentenceEnd(whole, len(whole)-len(after)-1, false); i >= 0 {
		after = after[:max(0, i-(len(whole)-len(after)))]
	}
	return clipLeft(strings.TrimLeft(before, " "), 200), strings.TrimSpace(match), clipRight(strings.TrimRight(after, " "), 200)
}

func tagName(tag []byte) string {
	tag = bytes.TrimPrefix(tag[1:], []byte("/"))
	if i := bytes.IndexAny(tag, " >"); i >= 0 {
		tag = tag[:i]
	}
	return string(tag)
}

// plain is the text of HTML[start:end] with the titles of bare links put in
// and the marks of footnotes left out. Outer spaces are kept. A title that
// belongs at either end is put in only if whole is true: the text of such a
// link is empty, so its title would stand in its neighbours as well.
func (e *entry) plain(start, end int, whole bool) string {
	var b bytes.Buffer
	at := start
	for _, h := range e.doc.Holes {
		if h.Kind == content.HoleTitle && (h.At > start && h.At < end || whole && (h.At == start || h.At == end)) {
			b.Write(e.doc.HTML[at:h.At])
			b.Write(e.links[h.Link].appendTitle(nil))
			at = h.At
		}
	}
	b.Write(e.doc.HTML[at:end])
	src := b.Bytes()
	for {
		open := bytes.Index(src, []byte(`<sup id="fnref`))
		if open < 0 {
			break
		}
		length := bytes.Index(src[open:], []byte("</sup>"))
		if length < 0 {
			src = src[:open]
			break
		}
		src = slices.Delete(src, open, open+length+len("</sup>"))
	}
	return content.Stripped(src)
}

// sentenceEnd finds the end of a sentence in s: the last one before at, or the
// first one after it. The offset is behind the closing mark and its quotes; it
// is -1 if there is none.
func sentenceEnd(s string, at int, before bool) int {
	last := -1
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != '.' && c != '?' && c != '!' {
			continue
		}
		end := i + 1
		for end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			if !strings.ContainsRune("”’\")]", r) {
				break
			}
			end += size
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[end:], " "))
		if end < len(s) && (s[end] != ' ' || unicode.IsLower(next)) || abbreviated(s[:i]) {
			continue
		}
		if before {
			if end > at {
				break
			}
			last = end
		} else if end > at {
			return end
		}
	}
	return last
}

// abbreviated reports whether a full stop behind s would close an initial or a
// common title and not a sentence.
func abbreviated(s string) bool {
	word := s[strings.LastIndexAny(s, " .(“")+1:]
	return len(word) == 1 && unicode.IsUpper(rune(word[0])) || slices.Contains([]string{"Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "No", "St", "vs"}, word)
}

func clipLeft(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	s = s[len(s)-limit:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return "…" + s[max(0, strings.IndexByte(s, ' ')):]
}

func clipRight(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	s = s[:limit]
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "") + " …"
}
