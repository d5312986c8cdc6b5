package site

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/content"
	"analysis/builder/internal/text"
)

// mention is a link to a page, to become a Backlink there.
type mention struct {
	Backlink
	to *Ref
}

// sentences finds the sentences in which links stand. The memory that one
// Document takes is used again for the next.
type sentences struct {
	*entry
	text, quote []byte
	list        []mention
}

// mentions returns, for each page that e links to, the first link with the
// sentence it stands in.
func (s *sentences) mentions(e *entry) []mention {
	s.entry, s.list = e, s.list[:0]
	var seen refSet
	seen.add(e.ref)
	n := 0
	for i, l := range e.doc.Links {
		for ; n < len(e.names) && e.names[n].Start < l.At; n++ {
			s.mention(&seen, e.names[n].Ref, e.names[n].Start, e.names[n].End)
		}
		if to := e.links[i].Ref; to != nil {
			end := bytes.Index(e.doc.HTML[l.At:], []byte("</a>"))
			s.mention(&seen, to, l.At, l.At+max(end, 0))
		}
	}
	for ; n < len(e.names); n++ {
		s.mention(&seen, e.names[n].Ref, e.names[n].Start, e.names[n].End)
	}
	return slices.Clone(s.list)
}

// mention enters the link HTML[at:end], unless one to the same page stands
// before it.
func (s *sentences) mention(seen *refSet, to *Ref, at, end int) {
	if !seen.add(to) {
		return
	}
	m := mention{to: to}
	m.From = s.ref
	m.Before, m.Match, m.After = s.sentence(at, end)
	for i := range s.doc.Headings {
		if h := &s.doc.Headings[i]; h.At < at {
			m.Fragment = h.ID
		}
	}
	for i := range s.doc.Claims {
		if c := &s.doc.Claims[i]; c.Start <= at && at < c.End {
			m.Fragment = c.ID
		}
	}
	s.list = append(s.list, m)
}

// sentence returns the text of HTML[at:end] and what stands before and after
// it in its sentence, at most about 200 characters on each side. The three are
// parts of one string.
func (s *sentences) sentence(at, end int) (before, match, after string) {
	start, stop := block(s.doc.HTML, at, end)
	b := s.plain(s.text[:0], start, at, false)
	left := len(b)
	b = s.plain(b, at, end, true)
	right := len(b)
	b = s.plain(b, end, stop, false)
	s.text = b

	from, to := max(0, lastEnd(b, left)), len(b)
	if i := firstEnd(b, right); i >= 0 {
		to = max(right, i)
	}
	q := appendClipped(s.quote[:0], bytes.TrimLeft(b[from:left], " "), clipLeft)
	q1 := len(q)
	q = append(q, bytes.TrimSpace(b[left:right])...)
	q2 := len(q)
	q = appendClipped(q, bytes.TrimRight(b[right:to], " "), clipRight)
	s.quote = q
	whole := string(q)
	return whole[:q1], whole[q1:q2], whole[q2:]
}

// block is the stretch of HTML around a link in which no sentence ends by
// markup.
func block(src []byte, at, end int) (start, stop int) {
	for i := at; ; {
		i = bytes.LastIndexByte(src[:i], '<')
		if i < 0 {
			break
		}
		if !isInline(src[i:]) {
			start = i + bytes.IndexByte(src[i:], '>') + 1
			break
		}
	}
	for stop = end; stop < len(src); stop++ {
		i := bytes.IndexByte(src[stop:], '<')
		if i < 0 {
			return start, len(src)
		}
		if stop += i; !isInline(src[stop:]) {
			return start, stop
		}
	}
	return start, len(src)
}

// isInline reports whether a tag is of an element that does not end a sentence.
func isInline(tag []byte) bool {
	switch string(tagName(tag)) {
	case "a", "em", "strong", "code", "del", "sup", "input", "img", "span":
		return true
	}
	return false
}

func tagName(tag []byte) []byte {
	tag = bytes.TrimPrefix(tag[1:], []byte("/"))
	for i, c := range tag {
		if c == ' ' || c == '>' {
			return tag[:i]
		}
	}
	return tag
}

// plain appends the text of HTML[start:end] with the titles of bare links put
// in and the marks of footnotes left out. Outer spaces are kept. A title that
// belongs at either end is put in only if whole is true: the text of such a
// link is empty, so its title would stand in its neighbours as well.
func (e *entry) plain(b []byte, start, end int, whole bool) []byte {
	first, _ := slices.BinarySearchFunc(e.doc.Holes, start, func(h content.Hole, at int) int { return h.At - at })
	var titled []byte // the HTML with titles, if there are any
	at := start
	for _, h := range e.doc.Holes[first:] {
		if h.At > end {
			break
		}
		if h.Kind == content.HoleTitle && (whole || h.At > start && h.At < end) {
			titled = append(titled, e.doc.HTML[at:h.At]...)
			titled = e.links[h.Link].appendTitle(titled)
			at = h.At
		}
	}
	src := e.doc.HTML[at:end]
	if titled != nil {
		src = append(titled, src...)
	}
	if bytes.IndexByte(src, '&') >= 0 {
		return append(b, text.Stripped(withoutNotes(src))...)
	}
	return appendStripped(b, src)
}

const note = `<sup id="fnref`

// noteEnd is the length of the mark of a footnote with which src begins.
func noteEnd(src []byte) int {
	if i := bytes.Index(src, []byte("</sup>")); i >= 0 {
		return i + len("</sup>")
	}
	return len(src)
}

// withoutNotes is src without the marks of footnotes.
func withoutNotes(src []byte) []byte {
	var b []byte
	for {
		open := bytes.Index(src, []byte(note))
		if open < 0 {
			return append(b, src...)
		}
		b = append(b, src[:open]...)
		src = src[open+noteEnd(src[open:]):]
	}
}

// appendStripped appends what text.Stripped makes of withoutNotes(src), in
// which there is no entity. It is the way of nearly all sentences, and takes one
// pass.
func appendStripped(b, src []byte) []byte {
	b = slices.Grow(b, len(src))
	first := len(b)
	n, to := first, b[:first+len(src)]
	for i, try := 0, 0; i < len(src); {
		c := src[i]
		if i >= try && c > ' ' {
			if length := smooth(src[i:]); length > 0 {
				n += copy(to[n:], src[i:i+length])
				i += length
				continue
			}
			try = i + 8
		}
		switch {
		case c == '<':
			if bytes.HasPrefix(src[i:], []byte(note)) {
				i += noteEnd(src[i:])
				continue
			}
			shut := bytes.IndexByte(src[i:], '>')
			if shut < 0 {
				return to[:n]
			}
			i += shut + 1
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(src[i:])
			if !unicode.IsSpace(r) {
				n += copy(to[n:], src[i:i+size])
			} else if n == first || to[n-1] != ' ' {
				to[n] = ' '
				n++
			}
			i += size
		case c == ' ' || '\t' <= c && c <= '\r':
			if n == first || to[n-1] != ' ' {
				to[n] = ' '
				n++
			}
			i++
		default:
			to[n] = c
			n++
			i++
		}
	}
	return to[:n]
}

// smooth is the length of a stretch at the start of src that stays as it is:
// ASCII without tags, control characters or two spaces together. It looks at
// eight bytes at a time, of which the last is the first of the next, and may stop
// early.
func smooth(src []byte) (length int) {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; length+8 <= len(src); length += 7 {
		x := binary.LittleEndian.Uint64(src[length:])
		space, tag := x^(ones*' '), x^(ones*'<')
		spaces := (space - ones) & ^space & tops
		if (x|(x-ones*' ')|(tag-ones)&^tag)&tops|spaces&(spaces>>8) != 0 {
			break
		}
	}
	return length
}

// lastEnd is the last end of a sentence in s that is not behind at, and firstEnd
// the first one that is not before it. The offset is behind the closing mark and
// its quotes; it is -1 if there is none.
func lastEnd(s []byte, at int) int {
	for i := at - 1; i >= 0; i-- {
		if isStop(s[i]) {
			if end := sentenceEnd(s, i); 0 <= end && end <= at {
				return end
			}
		}
	}
	return -1
}

func firstEnd(s []byte, at int) int {
	i := at // a mark before it has its end behind it if all between them closes
	for size := 1; size > 0; i -= size {
		size = closerBefore(s[:i])
	}
	for i = max(0, i-1); i < len(s); i++ {
		if isStop(s[i]) {
			if end := sentenceEnd(s, i); end >= at {
				return end
			}
		}
	}
	return -1
}

func isStop(c byte) bool { return c == '.' || c == '?' || c == '!' }

// sentenceEnd is the end of the sentence that the mark s[i] closes, or -1 if it
// closes none.
func sentenceEnd(s []byte, i int) int {
	end := i + 1
	for size := 1; size > 0; end += size {
		size = closer(s[end:])
	}
	if end < len(s) {
		if s[end] != ' ' {
			return -1
		}
		if next, _ := utf8.DecodeRune(bytes.TrimLeft(s[end:], " ")); unicode.IsLower(next) {
			return -1
		}
	}
	if abbreviated(s[:i]) {
		return -1
	}
	return end
}

// closer is the length of the quote or bracket at the start of s that belongs to
// the sentence before it, and closerBefore of that at its end; 0 if there is
// none.
func closer(s []byte) int {
	switch {
	case len(s) == 0:
		return 0
	case s[0] < utf8.RuneSelf:
		return isCloser(s[0])
	case bytes.HasPrefix(s, []byte("”")) || bytes.HasPrefix(s, []byte("’")):
		return len("”")
	}
	return 0
}

func closerBefore(s []byte) int {
	switch {
	case len(s) == 0:
		return 0
	case s[len(s)-1] < utf8.RuneSelf:
		return isCloser(s[len(s)-1])
	case bytes.HasSuffix(s, []byte("”")) || bytes.HasSuffix(s, []byte("’")):
		return len("”")
	}
	return 0
}

func isCloser(c byte) int {
	switch c {
	case '\'', '"', ')', ']':
		return 1
	}
	return 0
}

// abbreviated reports whether a full stop behind s would close an initial or a
// common title and not a sentence. They are short: what is longer than four
// bytes is neither.
func abbreviated(s []byte) bool {
	n := 0
	for n < len(s) && n < 4 && !isBreak(s[len(s)-1-n]) {
		n++
	}
	switch word := s[len(s)-n:]; string(word) {
	case "Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "No", "St", "vs":
		return true
	default:
		return n == 1 && unicode.IsUpper(rune(word[0]))
	}
}

// isBreak reports whether a word may begin behind c.
func isBreak(c byte) bool { return c == ' ' || c == '.' || c == '(' }

// clipped is how many bytes are shown at most on either side of a link.
const clipped = 200

func appendClipped(b, s []byte, clip func(s string, limit int) string) []byte {
	if len(s) <= clipped {
		return append(b, s...)
	}
	return append(b, clip(string(s), clipped)...)
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
