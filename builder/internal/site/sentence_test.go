package site

import (
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"analysis/builder/internal/text"
)

// The quick way to the text of a sentence leads to the same as the slow one.
func TestAppendStripped(t *testing.T) {
	parts := []string{"a", "bc", " ", "\n", "  ", "\t", "é", "漢", "\u00a0", "\u2003", "<em>", "</em>", `<a href="">`, "</a>", "<br>", note + `:1"><a href="#fn:1">1</a></sup>`, "</sup>", "x. Y"}
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		var b strings.Builder
		for range r.Intn(12) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		src := []byte(b.String())
		if got, want := string(appendStripped([]byte("before "), src)), "before "+text.Stripped(withoutNotes(src)); got != want {
			t.Fatalf("%q became %q, want %q", src, got, want)
		}
	}
}

// An end of a sentence is found from the nearest side, and is the one that
// reading from the start would find.
func TestEndsOfSentences(t *testing.T) {
	parts := []string{"a", "B", ". ", ".", "!", "? ", "”", "’ ", "\"", ") ", "Mr. ", "(No. ", "“Dr. ", "J. ", "é", "漢字", " "}
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		var b strings.Builder
		for range r.Intn(12) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		s := []byte(b.String())
		at := r.Intn(len(s) + 1)
		for at < len(s) && !utf8.RuneStart(s[at]) {
			at++
		}
		last, first := -1, -1
		for i, c := range s {
			if end := sentenceEnd(s, i); isStop(c) && end >= 0 {
				if end >= at && first < 0 {
					first = end
				}
				if end <= at {
					last = end
				}
			}
		}
		if got := lastEnd(s, at); got != last {
			t.Fatalf("the last end before %d of %q is %d, want %d", at, s, got, last)
		}
		if got := firstEnd(s, at); got != first {
			t.Fatalf("the first end from %d of %q is %d, want %d", at, s, got, first)
		}
	}
}
