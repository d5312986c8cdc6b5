package text

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

var dashes = strings.NewReplacer("---", "—", "--", "–", "...", "…")

// Typographic gives plain text the quotes, apostrophes and dashes that
// Markdown bodies get.
func Typographic(s string) string {
	if strings.Contains(s, "--") || strings.Contains(s, "...") {
		s = dashes.Replace(s)
	}
	if !strings.ContainsAny(s, `'"`) {
		return s
	}
	var b strings.Builder
	before := ' '
	for _, r := range s {
		opens := unicode.IsSpace(before) || strings.ContainsRune("([{–—“‘", before)
		switch {
		case r == '"' && opens:
			r = '“'
		case r == '"':
			r = '”'
		case r == '\'' && opens:
			r = '‘'
		case r == '\'':
			r = '’'
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// PlainText is Stripped without the white space at its ends.
func PlainText(src []byte) string { return string(AppendPlain(nil, src)) }

// AppendPlain appends the PlainText of a piece of HTML.
func AppendPlain(b, src []byte) []byte {
	from := len(b)
	b = appendStripped(b, src)
	end := len(b)
	if end > from && b[end-1] == ' ' {
		end--
	}
	if end > from && b[from] == ' ' {
		end = from + copy(b[from:], b[from+1:end])
	}
	return b[:end]
}

// Stripped takes the tags from a piece of a Document's HTML, resolves its
// entities, and makes every run of white space one space.
func Stripped(src []byte) string { return string(appendStripped(nil, src)) }

func appendStripped(b, src []byte) []byte {
	from := len(b)
	b = slices.Grow(b, len(src))
	for len(src) > 0 {
		text, rest := src, []byte(nil)
		if open := bytes.IndexByte(src, '<'); open >= 0 {
			text, rest = src[:open], src[open:]
		}
		if last := bytes.LastIndexByte(text, '&'); last >= 0 {
			text = []byte(html.UnescapeString(string(text)))
		}
		b = appendFolded(b, text, from)
		shut := bytes.IndexByte(rest, '>')
		if shut < 0 {
			break
		}
		src = rest[shut+1:]
	}
	return b
}

// appendFolded appends a text, every run of white space made one space, also with
// what stands before it from an offset on.
func appendFolded(b, text []byte, from int) []byte {
	space := uint8(0) // 1 behind a space
	if len(b) > from && b[len(b)-1] == ' ' {
		space = 1
	}
	b = slices.Grow(b, len(text))
	to, n := b[len(b):len(b)+len(text)], 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(text[i:])
			if !unicode.IsSpace(r) {
				n += copy(to[n:], text[i:i+size])
				space = 0
				i += size
				continue
			}
			i += size - 1
			c = ' '
		}
		gap := white[c]
		to[n] = c*(1-gap) + ' '*gap // without a branch, which would be guessed wrong at every word
		n += int(1 - space&gap)
		space = gap
		i++
	}
	return b[:len(b)+n]
}

// white has a 1 for each byte that is white space.
var white = [256]uint8{' ': 1, '\t': 1, '\n': 1, '\v': 1, '\f': 1, '\r': 1}

// gaps has a 1 for each byte that parts words.
var gaps = [256]uint8{' ': 1, '\n': 1, '\t': 1}

// CountWords counts the words of HTML outside its tags.
func CountWords(src []byte) int {
	n := 0
	for len(src) > 0 {
		text, rest := src, []byte(nil)
		if open := bytes.IndexByte(src, '<'); open >= 0 {
			text, rest = src[:open], src[open:]
		}
		before := uint8(1)
		for _, c := range text {
			n += int(before &^ gaps[c]) // a branch here would be guessed wrong at every word
			before = gaps[c]
		}
		shut := bytes.IndexByte(rest, '>')
		if shut < 0 {
			break
		}
		src = rest[shut+1:]
	}
	return n
}

// Slug makes an id of a heading: letters and digits of every script in lower
// case, everything between them one hyphen.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case r == '’' || r == '\'':
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}
