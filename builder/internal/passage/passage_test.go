package passage

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strings"
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
	for in, want := range map[string][]Paragraph{
		"":                                   nil,
		"\n \n\t\n":                          nil,
		"one":                                {{1, "one"}},
		"one\n\ntwo\n":                       {{1, "one"}, {3, "two"}},
		"one\ntwo":                           {{1, "one"}, {2, "two"}},
		"\ufeff one \r\n\r\n\u00a0\n two \n": {{1, "one"}, {4, "two"}},
		"a\u00a0b\n":                         {{1, "a\u00a0b"}},
	} {
		if got := Paragraphs([]byte(in)); !slices.Equal(got, want) {
			t.Errorf("%q has the paragraphs %v, want %v", in, got, want)
		}
	}
}

// The table is that of the script, too: see TestSentencesInTheBrowser in package browser.
func TestSentences(t *testing.T) {
	data, err := os.ReadFile("testdata/sentences.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text      string
		Sentences []string
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if got := Sentences(c.Text); !slices.Equal(got, c.Sentences) {
			t.Errorf("%q has the sentences %q, want %q", c.Text, got, c.Sentences)
		}
	}
}

func TestPrint(t *testing.T) {
	for _, s := range []string{`He said "no" - it's late.`, "He said “no” – it’s late.", "He\u00a0said  «no» — it's l\u00adate. "} {
		if got := Print(s); got != "2d77fdad" {
			t.Errorf("the fingerprint of %q is %s", s, got)
		}
	}
}

// All of the text comes back, in order, and each sentence is one when it stands alone.
func FuzzSentences(f *testing.F) {
	for _, s := range []string{"A. B.", "gain.4. Enhanced", "1. A. 2. B", "“Go.” He", "它。”然", "...!?", "J. K. No. 7."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		list := Sentences(s)
		if got := strings.Join(strings.Fields(strings.Join(list, " ")), ""); got != strings.Join(strings.Fields(Fold(s)), "") {
			t.Errorf("%q became %q", s, list)
		}
		for _, one := range list {
			if one == "" || one != Fold(one) {
				t.Errorf("%q has the sentence %q", s, one)
			}
		}
	})
}
