package diag

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"reflect"
	"testing"
)

func TestPosition(t *testing.T) {
	for want, p := range map[string]Position{
		"actors/ttp.md:12:5": {File: "actors/ttp.md", Line: 12, Column: 5},
		"actors/ttp.md:12":   {File: "actors/ttp.md", Line: 12},
		"actors/ttp.md":      {File: "actors/ttp.md"},
		// A column means nothing where no line is known.
		"site.yaml": {File: "site.yaml", Column: 3},
	} {
		if got := p.String(); got != want {
			t.Errorf("%#v is written %q, want %q", p, got, want)
		}
	}
}

func TestFormat(t *testing.T) {
	at := Position{File: "a.md", Line: 2, Column: 7}
	for _, c := range []struct {
		d    Diagnostic
		want string
	}{
		{Errorf(at, "no page %q", "x"), `a.md:2:7: error: no page "x"`},
		{Warningf(at, "%d headings", 2), "a.md:2:7: warning: 2 headings"},
		{Notef(at, "%s differs", "it"), "a.md:2:7: note: it differs"},
		{Errorf(at, "no page").WithHint("did you mean %q?", "y"), "a.md:2:7: error: no page\n  hint: did you mean \"y\"?"},
		{Errorf(Position{File: "a.md"}, "100%% wrong"), "a.md: error: 100% wrong"},
		// Nothing moves the cursor, begins a line or turns its direction.
		{Errorf(Position{File: "a\n\x1b[2Jb\xe9\u202e.md"}, "no \r\tx\u2028").WithHint("one\ntwo\x07"), `a\n\x1b[2Jb\xe9\u202e.md: error: no \r\tx\u2028` + "\n  hint: one\ntwo\\a"},
		{Errorf(Position{File: "کتاب\u200cها\ufffd.md"}, "é"), "کتاب\u200cها\ufffd.md: error: é"},
	} {
		if got := c.d.String(); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

func TestAnnotation(t *testing.T) {
	for _, c := range []struct {
		d    Diagnostic
		file string
		want string
	}{
		{Errorf(Position{"content/x.md", 3, 5}, "no page %q", "y").WithHint("did you mean %q?", "z"), "docs/content/x.md",
			`::error file=docs/content/x.md,line=3,col=5::content/x.md:3:5: error: no page "y"%0A  hint: did you mean "z"?`},
		{Warningf(Position{"a.md", 3, 0}, "100%% of it"), "a.md", "::warning file=a.md,line=3::a.md:3: warning: 100%25 of it"},
		{Notef(Position{File: "a,b:c%.md"}, "one\r\n::error::two"), "a,b:c%\r\n.md",
			`::notice file=a%2Cb%3Ac%25%0D%0A.md::a,b:c%25.md: note: one\r\n::error::two`},
	} {
		if got := c.d.Annotation(c.file); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestWithHintLeavesTheOriginal(t *testing.T) {
	d := Errorf(Position{File: "a.md"}, "wrong")
	if _ = d.WithHint("mend it"); d.Hint != "" {
		t.Errorf("the hint of the original became %q", d.Hint)
	}
}

// The JSON form is read by other programs: its names and what is left out are
// part of the command's promise.
func TestJSON(t *testing.T) {
	for want, d := range map[string]Diagnostic{
		`{"file":"a.md","line":2,"column":7,"severity":"error","message":"wrong","hint":"mend it"}`: Errorf(Position{"a.md", 2, 7}, "wrong").WithHint("mend it"),
		`{"file":"a.md","severity":"warning","message":"odd"}`:                                      Warningf(Position{File: "a.md"}, "odd"),
		`{"file":"a.md","severity":"note","message":"slow"}`:                                        Notef(Position{File: "a.md"}, "slow"),
	} {
		got, err := json.Marshal(d)
		if err != nil || string(got) != want {
			t.Errorf("got  %s, %v\nwant %s", got, err, want)
		}
	}
}

func TestSort(t *testing.T) {
	sorted := []Diagnostic{
		Errorf(Position{"a.md", 0, 0}, "whole file"),
		Errorf(Position{"a.md", 1, 2}, "b"),
		Errorf(Position{"a.md", 1, 10}, "a"),
		Errorf(Position{"a.md", 1, 10}, "b"),
		Errorf(Position{"a.md", 2, 1}, "a"),
		Errorf(Position{"a.md", 10, 1}, "a"),
		Errorf(Position{"b.md", 1, 1}, "a"),
	}
	random := rand.New(rand.NewSource(1))
	for range 50 {
		list := append([]Diagnostic{}, sorted...)
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if Sort(list); !reflect.DeepEqual(list, sorted) {
			t.Fatalf("sorted into %v", list)
		}
	}
}

func TestCount(t *testing.T) {
	at := Position{File: "a.md"}
	errors, warnings := Count([]Diagnostic{Errorf(at, "x"), Warningf(at, "y"), Errorf(at, "z"), Notef(at, "n")})
	if errors != 2 || warnings != 1 {
		t.Errorf("counted %d errors and %d warnings, want 2 and 1", errors, warnings)
	}
	if errors, warnings = Count(nil); errors != 0 || warnings != 0 {
		t.Errorf("counted %d errors and %d warnings in nothing", errors, warnings)
	}
}

func TestIn(t *testing.T) {
	list := []Diagnostic{Errorf(Position{"a.md", 3, 1}, "x"), Errorf(Position{}, "y")}
	got := In("content", list)
	if got[0].File != "content/a.md" || got[0].Line != 3 || got[1].File != "content" {
		t.Errorf("got %v", got)
	}
	// A Document's diagnostics are replayed at every build, so they must stay
	// as they are.
	if list[0].File != "a.md" || list[1].File != "" {
		t.Errorf("the list that was given changed to %v", list)
	}
}

func TestHints(t *testing.T) {
	plain := errors.New("no port")
	hinted := WithHint(fmt.Errorf("listen: %w", fs.ErrExist), "choose another")
	wrapped := fmt.Errorf("serve: %w", hinted)
	for _, c := range []struct {
		err  error
		text string
	}{
		{plain, "no port"},
		{hinted, "listen: file already exists\n  hint: choose another"},
		{wrapped, "serve: listen: file already exists\n  hint: choose another"},
		{WithHint(plain, ""), "no port"},
	} {
		if got := Describe(c.err); got != c.text {
			t.Errorf("got  %q\nwant %q", got, c.text)
		}
	}
	if !errors.Is(wrapped, fs.ErrExist) {
		t.Error("the cause is lost")
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 pages", 1: "1 page", 2: "2 pages", 21: "21 pages"} {
		if got := Plural(n, "page", "pages"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
