package content

import (
	"strings"
	"testing"
)

// A footnote without a text is looked for in the source, and found
// anywhere.
func TestPositionOfMissingFootnote(t *testing.T) {
	wantReported(t, parse("`[^x]` is code\n\nbut [^x] is not"), "6:5: error: no footnote \"x\"\n  hint: write it at the end of the file: [^x]: text")
	wantReported(t, parse("one\n\ntwo [^a&b]"), "6:5: error: no footnote \"a&b\"\n  hint: write it at the end of the file: [^a&b]: text")
}

// A mark that is spelt with an entity or an escape is meant as text.
func TestFootnoteMarkMeantAsText(t *testing.T) {
	for _, in := range []string{strings.Repeat("[^&nGt;]", 12), `Write \[^1] to make a footnote.`} {
		if d := parse(in); len(d.Diagnostics) != 0 {
			t.Errorf("%q: %v", in, d.Diagnostics)
		}
	}
}
