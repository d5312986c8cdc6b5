package lint

import (
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/frontmatter"
)

// essay is the page of a source; its first passage stands in line 5.
func essay(passages ...string) string {
	return page("title: Essay\ntype: essay\npassages:\n  - "+strings.Join(passages, "\n  - "), "")
}

const (
	digest    = "sha256: 4e4aa176a54c54b2776911259fb5948375a0b7bfe13142dda9000aea2f298b76"
	sentences = digest + ", sentences: [4e4aa176, 195b1f05, 197b1f05]"
)

func TestUncovered(t *testing.T) {
	f := with(files{
		"sources/essay.md": essay("{n: 1, gist: a}", "{n: 2, gist: b, no_claim: Only an address.}", "{n: 3, gist: c, no_claim: Nothing.}", "{n: 4, gist: d}"),
		"a.md":             page("title: A", claim("assessment", "x", "It is so.", "source: [[essay]] ¶3, ¶4")+claim("assessment", "y", "It is so.", "source: [[essay]] ¶3")+"Also [[essay#p1]].\n"),
	})
	wantWarnings(t, frontmatter.Config{}, f,
		// A link from a text covers nothing.
		"sources/essay.md:5:5: warning: ¶1 of \"essay\" is covered by no claim\n  hint: cite it in a claim: `- source: [[essay]] ¶1`, or say at ¶1 why none does: `no_claim: reason`",
		"sources/essay.md:7:5: warning: ¶3 of \"essay\" is marked no_claim, but \"x\" cites it\n  hint: take it out of no_claim")
}

func TestUncoveredSentences(t *testing.T) {
	f := with(files{
		"sources/essay.md": essay("{n: 1, gist: a, "+sentences+", no_claim: {1: A greeting., 3: A farewell.}}", "{n: 2, gist: a, "+sentences+"}", "{n: 3, gist: a, "+sentences+", no_claim: A joke.}"),
		"a.md":             page("title: A", claim("assessment", "x", "It is so.", "source: [[essay]] ¶1.3, ¶2.1–2")),
	})
	hint := func(place, of, key string) string {
		return "\n  hint: cite it in a claim: `- source: [[essay]] ¶" + place + "`, or say at ¶" + of + " why none does: `no_claim: {" + key + ": reason}`"
	}
	wantWarnings(t, frontmatter.Config{}, f,
		"sources/essay.md:5:117: warning: ¶1.2 of \"essay\" is covered by no claim"+hint("1.2", "1", "2"),
		"sources/essay.md:5:127: warning: ¶1.3 of \"essay\" is marked no_claim, but \"x\" cites it\n  hint: take it out of no_claim",
		"sources/essay.md:6:127: warning: ¶2.3 of \"essay\" is covered by no claim"+hint("2.3", "2", "3"))
}

// A claim names the sentences of a paragraph that has several.
func TestWholeParagraph(t *testing.T) {
	f := with(files{
		"sources/essay.md": essay("{n: 1, gist: a, "+sentences+"}", "{n: 2, gist: a, "+digest+", sentences: [4e4aa176]}"),
		"a.md":             page("title: A", claim("assessment", "x", "It is so.", "source: [[essay]] ¶1, ¶2")),
	})
	wantWarnings(t, frontmatter.Config{}, f, "a.md:4:5: warning: the claim \"x\" cites ¶1 of \"essay\", which has 3 sentences\n  hint: say which of them carry it: ¶1.1, or ¶1.1–3 for all")
}

// A claim is still to be written until both its title and its text are.
func TestUnwritten(t *testing.T) {
	for _, c := range []struct {
		title, text string
		want        bool
	}{
		{"To be written: ¶2.1", "…", true},
		{"To be written: ¶2.1", "Tea is good.", true},
		{"Tea is good", "…", true},
		{"Tea is good", "...", true},
		{"Tea is good", "Tea is good …", false},
		{"To be written: a book", "Tea is good.", false},
	} {
		f := with(files{"sources/essay.md": essay("{n: 2, gist: a, " + sentences + ", no_claim: {2: A., 3: A.}}"),
			"a.md": page("title: A", "> [!assessment] "+c.title+" {#x}\n> "+c.text+"\n>\n> - source: [[essay]] ¶2.1\n> - held by: [[king]]\n")})
		var want []string
		if c.want {
			want = []string{"a.md:4:5: warning: the claim \"x\" is still to be written\n  hint: say in its title and its text what is claimed, and choose its kind"}
		}
		wantWarnings(t, frontmatter.Config{}, f, want...)
	}
}

// The work list of a source is in the order of its text, and longer than the warnings.
func TestTodo(t *testing.T) {
	empty := func(id, source string) string {
		return "> [!assessment] T {#" + id + "}\n> …\n>\n> - source: " + source + "\n> - held by: [[king]]\n\n"
	}
	s := placed(t, frontmatter.Config{}, with(files{
		"sources/essay.md": essay("{n: 2, gist: \"\", "+sentences+"}", "{n: 1, gist: \"\", "+digest+", no_claim: A title.}"),
		"a.md":             page("title: A", empty("v", "[[essay]] ¶2.3")+empty("w", "[[report]]")+empty("x", "[[essay]] ¶2.1, ¶1")),
	}))
	list := Todo(s)
	var got []string
	for _, task := range list {
		got = append(got, string(task.Severity)+" "+task.Source.ID+" "+task.Place.String()+" "+task.Noun)
	}
	want := []string{
		"warning essay 1 gist", "note essay 1 fingerprint", "warning essay 1 excuse",
		"warning essay 2 gist", "warning essay 2.1 claim", "warning essay 2.2 sentence", "warning essay 2.3 claim",
		"warning report 0 claim",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	if got, want := Summary(list), "2 gists, 1 fingerprint, 1 sentence, 3 claims, 1 excuse to do in 2 sources"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := Summary(Todo(placed(t, frontmatter.Config{}, sound))); got != "nothing to do" {
		t.Errorf("of a site without passages: %q", got)
	}
}
