package lint

import (
	"testing"

	"analysis/builder/internal/frontmatter"
)

func TestHedges(t *testing.T) {
	for _, c := range []struct{ text, wording, want string }{
		{"It is so.", "", ""},
		{"It could be so.", "could", ""},
		{"It could be so.", "", `says "could", but its record has no wording`},
		{"It could be so.", "none", `says "could", but its wording is "none"`},
		{"It could be so.", "may", `says "could", but its wording is "may"`},
		{"It could, and may, be so, and could.", "may", `says "could", but its wording is "may"`},
		{"It might be likely so.", "could", `says "might" or "likely", but its wording is "could"`},
		{"Perhaps: it COULD, *likely*.", "could, perhaps; likely", ""},
		// The months of May, and the verb.
		{"It was in May 2024.", "none", ""},
		{"It may be so.", "none", `says "may", but its wording is "none"`},
		{"It was in May, and may be again.", "may", ""},
		{"It may be so.", "May", ""},
		// Forms of one word count as that word.
		{"It suggested that it seems so.", "suggests; seem", ""},
		{"It risks nothing; risking it.", "risk", ""},
		{"It is probable.", "probably", ""},
		{"It is improbable and unlikely.", "probable, likely", `says "unlikely" or "improbable", but its wording is "probable, likely"`},
		// Whole words only.
		{"The mayor is dislikely couldn’t maybe a risky mighty.", "none", ""},
		{"It is could-be so.", "none", ""},
		// Phrases, over line ends and through markup.
		{"It appears to be so.", "appear to", ""},
		{"It appears\n> *to* be so.", "none", `says "appears to", but its wording is "none"`},
		{"It appears so.", "none", ""},
		{"There is a remote chance.", "remote chance", ""},
		{"It is highly likely.", "likely", `says "highly likely", but its wording is "likely"`},
		{"It is highly likely.", "highly likely", ""},
		// Not in what is linked to, nor in the record's own words.
		{"As [[might|the page]] and [x](could.md) say.", "none", ""},
		{"As [it could](could.md) say.", "none", `says "could", but its wording is "none"`},
	} {
		t.Run(c.text, func(t *testing.T) {
			var lines []string
			at := "a.md:4:5"
			if c.wording != "" {
				lines, at = []string{"wording: " + c.wording}, "a.md:"+"7:5"
				if len(c.text) > 11 && c.text[:11] == "It appears\n" {
					at = "a.md:8:5" // the text is longer by a line
				}
			}
			f := with(files{"a.md": page("title: A", claim("reported", "x", c.text, lines...)), "might.md": page("title: M", ""), "could.md": page("title: C", "")})
			if c.want == "" {
				wantWarnings(t, frontmatter.Config{}, f)
				return
			}
			wantWarnings(t, frontmatter.Config{}, f, at+": warning: the text of claim \"x\" "+c.want+
				"\n  hint: state the hedge in the record if it is the source's, or take it out of the text")
		})
	}
}

// Running text, titles and the words of other languages are the editor's.
func TestHedgesElsewhere(t *testing.T) {
	f := with(files{"a.md": page("title: A", "It could be so.\n\n> [!note] It might\n> It may.\n\n"+claim("reported", "x", "It is so.", "checked: no evidence found — it could be"))})
	wantWarnings(t, frontmatter.Config{}, f)
}

func TestHedgesOfTheSite(t *testing.T) {
	f := with(files{"a.md": page("title: A", claim("reported", "x", "Tea could vielleicht be so, wohl or  übel."))})
	warning := func(words string) string {
		return "a.md:4:5: warning: the text of claim \"x\" says " + words + ", but its record has no wording\n  hint: state the hedge in the record if it is the source's, or take it out of the text"
	}
	for _, c := range []struct {
		language, hedges string
		want             []string
	}{
		{"en", "", []string{warning(`"could"`)}},
		{"EN-gb", "", []string{warning(`"could"`)}},
		{"de", "", nil},
		{"enm", "", nil},
		// The site's own list is instead of the language's.
		{"en", "Vielleicht", []string{warning(`"vielleicht"`)}},
		{"de", "vielleicht\nwohl oder übel\nwohl or übel", []string{warning(`"vielleicht" or "wohl or übel"`)}},
		{"en", "nothing", nil},
	} {
		wantWarnings(t, frontmatter.Config{Language: c.language, Hedges: c.hedges}, f, c.want...)
	}
}

func TestOpenings(t *testing.T) {
	for _, c := range []struct{ text, language, list, want string }{
		{"It is so.", "en-GB", "", "it"},
		{"“They”, he says, are so.", "en", "", "they"},
		{"*And* [[king|so]] on.", "en", "", "and"},
		{"It’s so.", "en", "", "it"},
		{"Which is so.", "en", "", "which"},
		{"Italy is so; it is.", "en", "", ""},
		{"An it-girl is so.", "en", "", ""},
		{"So-called kings are so.", "en", "", ""},
		{"It is so.", "de", "", ""},
		{"Er ist so.", "de", "es\nEr", "er"},
		{"It is so.", "en", "dann aber", ""},
		{"Dann aber so.", "en", "dann aber", "dann aber"},
	} {
		var want []string
		if c.want != "" {
			want = []string{"a.md:4:5: warning: the text of claim \"x\" begins with \"" + c.want + "\", as if its title stood before it\n  hint: name what is meant: in the text of the page the title is not shown"}
		}
		f := with(files{"a.md": page("title: A", claim("reported", "x", c.text))})
		wantWarnings(t, frontmatter.Config{Language: c.language, Openers: c.list}, f, want...)
	}
}
