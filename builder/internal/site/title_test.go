package site

import "testing"

// S8: a title is text, not HTML.
func TestTitleWithABracketInASentence(t *testing.T) {
	s := place(t, files{"index.md": "", "a.md": "Since [[c]] came [[b]] there.", "b.md": page("title: B", ""), "c.md": page("title: \"A < Z &amp; on\"", "")})
	if got, want := quoted(at(t, s, "b/").Backlinks[0]), "Since A < Z &amp; on came {B} there."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
