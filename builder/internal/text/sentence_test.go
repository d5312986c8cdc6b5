package text

import (
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"analysis/builder/internal/passage"
)

// An end of a sentence is found from the nearest side, and is the one that
// reading from the start would find.
func TestEndsOfSentences(t *testing.T) {
	parts := []string{"a", "B", ". ", ".", "!", "? ", "”", "’ ", "\"", ") ", "Mr. ", "(No. ", "“Dr. ", "J. ", "é", "漢字", "。", "۔", "4. ", ".4. ", "“", " "}
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		var b strings.Builder
		for range r.Intn(12) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		s := b.String()
		at := r.Intn(len(s) + 1)
		for at < len(s) && !utf8.RuneStart(s[at]) {
			at++
		}
		last, first := 0, len(s)
		for i := range s {
			if end := passage.End(s, i); end >= 0 {
				if end >= at {
					first = min(first, end)
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
