package frontmatter

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"
)

// The digests are those that any tool makes of the text in its plainest form,
// so that readers can check them without this one.
func TestFingerprint(t *testing.T) {
	digest := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return hex.EncodeToString(sum[:])
	}
	for _, c := range []struct{ name, in, plain string }{
		{"plain", "a b", "a b"},
		{"spaces", "  a \t b\n", "a b"},
		{"line ends", "a\r\nb\rc\nd", "a b c d"},
		{"composed", "Caf\u00e9", "Caf\u00e9"},
		{"decomposed", "Cafe\u0301", "Caf\u00e9"},
		{"decomposed, of another script", "\u06cc\u0654", "\u06cc\u0654"},
		{"several marks", "o\u0323\u0302", "\u1ed9"},
		{"singleton", "\u212b", "\u00c5"},
		{"compatible is not the same", "\ufb01", "\ufb01"},
		{"non-breaking space", "24\u00a0December", "24 December"},
		{"narrow and wide spaces", "a\u202fb\u2009c\u3000d", "a b c d"},
		{"line separator", "a\u2028b", "a b"},
		{"no space at all", "a\u200bb\ufeff", "a\u200bb\ufeff"},
		{"quotes stay as they are", "“a” \"b\" – -", "“a” \"b\" – -"},
		{"nothing", " \n ", ""},
	} {
		if got := Fingerprint(c.in); got != digest(c.plain) {
			t.Errorf("%s: %q is not taken for %q", c.name, c.in, c.plain)
		}
	}
	if got := Fingerprint("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("the SHA-256 of abc is not %s", got)
	}
}

func TestParagraphs(t *testing.T) {
	for in, want := range map[string][]string{
		"":                                   nil,
		"\n \n\t\n":                          nil,
		"one":                                {"one"},
		"one\n\ntwo\n":                       {"one", "two"},
		"one\ntwo":                           {"one", "two"},
		"\ufeff one \r\n\r\n\u00a0\n two \n": {"one", "two"},
		"a\u00a0b\n":                         {"a\u00a0b"},
	} {
		if got := Paragraphs([]byte(in)); !slices.Equal(got, want) {
			t.Errorf("%q has the paragraphs %q, want %q", in, got, want)
		}
	}
}
