package audit

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/passage"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
)

type files map[string]string

func page(front, body string) string { return "---\n" + front + "\n---\n" + body }

// placed places a site in English, which must have no errors.
func placed(t *testing.T, f files) *site.Site {
	t.Helper()
	in := site.Input{Config: frontmatter.Config{Language: "en-GB"}}
	parser := content.NewParser()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		in.Docs = append(in.Docs, parser.Parse(name, []byte(f[name])))
	}
	s := site.NewPlacer().Place(in)
	for _, d := range append(slices.Clone(s.Diagnostics), in.Docs[0].Diagnostics...) {
		if d.Severity == diag.Error {
			t.Fatal(d)
		}
	}
	return s
}

// copied is the copy of the source "essay".
const copied = `Tea is mostly drunk in China, and rules for it could fill twenty-one books. The “tea board” met on Feb 29, 2020, and 1,137 people came!

Milk may be poured first, or so the board’s chairman suggests. Nobody has to.
`

// passages writes the front matter of a source.
func passages(text string) string {
	b := "title: Essay\ntype: essay\npassages:\n"
	for i, p := range passage.Paragraphs([]byte(text)) {
		b += fmt.Sprintf("  - {n: %d, gist: Gist, sha256: %s, sentences: [%s]}\n", i+1, passage.Fingerprint(p.Text), strings.Join(passage.Prints(p.Text), ", "))
	}
	return b
}

// record is a site whose one claim has the title, text and lines that are given.
func record(title, text string, lines ...string) files {
	claim := "> [!reported] " + title + " {#one}\n> " + text + "\n>\n> - held by: [[writer]]\n> - " + strings.Join(lines, "\n> - ") + "\n"
	return files{
		"actors/board.md":   page("title: Board of Tea\ntype: office\naliases: [tea board]", ""),
		"actors/kenya.md":   page("title: Kenya\ntype: country", ""),
		"actors/writer.md":  page("title: Writer\ntype: person", ""),
		"analysis/tea.md":   page("title: Tea", "The “tea board” met.\n\n"+claim+"\nAs it says, the “tea board” met.\n\nThe [report](../sources/report.md) says “hot stuff”.\n"),
		"index.md":          page("title: Home", ""),
		"sources/essay.md":  page(passages(copied), ""),
		"sources/report.md": page("title: Report\ntype: report", ""),
	}
}

// found returns the findings of a check, without their hints.
func foundIn(t *testing.T, f files, text string) (list []string, r Result) {
	s := placed(t, f)
	results, found := Check(s, []Copy{{Sources(s)["essay"], "essay.txt", []byte(text)}})
	for _, d := range found {
		if d.Hint == "" {
			t.Errorf("%s has no hint", d)
		}
		d.Hint = ""
		list = append(list, d.String())
	}
	return list, results[0]
}

func TestCheck(t *testing.T) {
	const at = "analysis/tea.md:"
	report := "by the [report](../sources/report.md)"
	for _, c := range []struct {
		name, title, text string
		lines             []string
		want              []string
	}{
		{"all holds", "The “tea board” met on 29 February 2020", "It drew 1137 people, in the [¶1](../sources/essay.md#p1.2).", []string{"source: [[essay]] ¶1.2", "about: [[board]]", "wording: none"}, nil},
		{"spelt out or in digits", "Rules fill 21 books", "Or twenty-one.", []string{"source: [[essay]] ¶1.1", "wording: could"}, nil},
		{"several hedges", "Milk goes first", "Milk.", []string{"source: [[essay]] ¶2.1", "wording: may, suggests"}, nil},
		{"a hedge excused", "Milk goes first", "Milk.", []string{"source: [[essay]] ¶2.1", "wording: none — “may” is about the cup"}, nil},
		{"a figure from elsewhere", "Tea is old", "It is 5,000 years old, says the [report](../sources/report.md).", []string{"source: [[essay]] ¶2.2"}, nil},
		{"a source by its title", "Tea is old", "It is 5,000 years old, says the [[Report]].", []string{"source: [[essay]] ¶2.2"}, nil},
		{"a title's figure from elsewhere", "Tea is 5,000 years old", "It is 5,000 years old, " + report + ".", []string{"source: [[essay]] ¶2.2"}, nil},
		{"a letter in brackets", "The “[t]ea board[s]” met", "It “[m]et on Feb 29”.", []string{"source: [[essay]] ¶1.2"}, nil},
		{"an actor by implication", "Tea is free", "Nobody has to.", []string{"source: [[essay]] ¶2.2", "about: [[kenya]] — by implication"}, nil},
		{"a wrong hedge", "Rules fill books", "Rules.", []string{"source: [[essay]] ¶1.1", "wording: might"}, []string{at + `11:5: error: the wording of claim "one" is "might", which does not stand in ¶1.1`}},
		{"a part of a word", "Rules fill books", "Rules.", []string{"source: [[essay]] ¶1.1", "wording: most"}, []string{at + `11:5: error: the wording of claim "one" is "most", which does not stand in ¶1.1`}},
		{"one hedge of two", "Milk goes first", "Milk.", []string{"source: [[essay]] ¶2.1", "wording: may, likely"}, []string{at + `11:5: error: the wording of claim "one" is "likely", which does not stand in ¶2.1`}},
		{"a hedge denied", "Rules fill books", "Rules.", []string{"source: [[essay]] ¶1.1", "wording: none"}, []string{at + `11:5: error: the record of claim "one" says that there is no hedge, but ¶1.1 has “could”`}},
		{"a hedge left out", "Rules fill books", "Rules.", []string{"source: [[essay]] ¶1.1"}, []string{at + `6:5: error: the record of claim "one" has no wording, but ¶1.1 has “could”`}},
		{"a wrong number", "Some 1,138 people came", "They came.", []string{"source: [[essay]] ¶1.2"}, []string{at + `6:20: error: the claim "one" says "1,138", which does not stand in ¶1.2`}},
		{"a wrong number in a title alone", "Some 1,138 people came", "They came, " + report + ".", []string{"source: [[essay]] ¶1.2"}, []string{at + `6:20: error: the claim "one" says "1,138", which does not stand in ¶1.2`}},
		{"no hedge at all", "Milk goes first", "Milk.", []string{"source: [[essay]] ¶2.1", "wording: may,"}, []string{at + `11:5: error: the wording of claim "one" is "", which does not stand in ¶2.1`}},
		{"a wrong number in words", "The board met", "In all, twelve came.", []string{"source: [[essay]] ¶1.2"}, []string{at + `7:11: error: the claim "one" says "twelve", which does not stand in ¶1.2`}},
		{"a wrong month", "The board met on 29 March 2020", "It met.", []string{"source: [[essay]] ¶1.2"}, []string{at + `6:35: error: the claim "one" says "March", which does not stand in ¶1.2`}},
		{"a wrong sentence", "The board met in 2020", "It met.", []string{"source: [[essay]] ¶2.2"}, []string{at + `6:32: error: the claim "one" says "2020", which does not stand in ¶2.2`}},
		{"a misquoted word", "The “tea boards” met", "It met.", []string{"source: [[essay]] ¶1.2"}, []string{at + `6:20: error: the claim "one" quotes “tea boards”, which does not stand in ¶1.2`}},
		{"an actor who is not named", "Tea is free", "Nobody has to.", []string{"source: [[essay]] ¶2.2", "about: [[kenya]]"}, []string{at + `11:14: warning: the claim "one" is about "kenya", whom the paragraph of ¶2.2 does not name`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, r := foundIn(t, record(c.title, c.text, c.lines...), copied)
			if !slices.Equal(got, c.want) {
				t.Errorf("found\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
			if good := r.Claims.Good == 1; good != (c.want == nil) || r.Claims.All != 1 || r.Passages != (Tally{2, 2}) || r.Sentences != (Tally{4, 4}) {
				t.Error(r)
			}
		})
	}
}

// What rests on several sources may have the words of others: it is not said to hold unless
// all of it stands in the copy.
func TestSeveralSources(t *testing.T) {
	for text, want := range map[string]string{
		"They were “many”.":        "0 of 1 claim, 0 hedges, 0 figures verified against essay.txt; 1 claim not checked, since the copy lacks what is cited or another source may have it",
		"They were “1,137 people”": "1 claim, 0 hedges, 1 figure verified against essay.txt",
	} {
		got, r := foundIn(t, record("Many came", text, "source: [[essay]] ¶1.2", "source: [[report]]"), copied)
		if got != nil || r.String() != "essay: 2 passages, 4 sentences, "+want {
			t.Errorf("found %q, %s", got, r)
		}
	}
}

// A hedge with a hyphen and words beside a dash are found, and words of a script without
// spaces.
func TestWords(t *testing.T) {
	h := lint.NewHedges(&frontmatter.Config{Hedges: "so-called\n可能"})
	for text, want := range map[string]string{"a so-called tea": "so-called", "so called": "", "他可能来了": "可 能"} {
		c := cited{sentences: text, words: words(text)}
		if got := strings.Join(h.In(c.sentences+c.words, ""), ", "); got != want {
			t.Errorf("%q has the hedges %q", text, got)
		}
	}
	for text, is := range map[string]string{"the tea—a hot one—is": "a hot one", "茶委员会开会了": "委员会", "so-called": "so called"} {
		if !strings.Contains(words(text), words(is)) {
			t.Errorf("%q lacks %q", text, is)
		}
	}
}

func TestCopies(t *testing.T) {
	f := record("The “tea board” met", "It met.", "source: [[essay]] ¶1.2")
	second := "sources/essay.md:6:"
	for _, c := range []struct {
		name, from, to string
		claims         int
		want           []string
	}{
		{"the same", "", "", 1, nil},
		{"straight quotation marks", "“tea board”", `"tea board"`, 1, []string{`sources/essay.md:5:5: warning: ¶1 of "essay" differs from paragraph 1 of the copy in quotation marks or dashes alone`}},
		{"a comma", "China, and", "China and", 1, []string{`sources/essay.md:5:110: error: ¶1.1 of "essay" differs from the copy: essay.txt:1 has "Tea is mostly drunk in China …"`}},
		{"a sentence left out", " Nobody has to.", "", 1, []string{second + `120: error: ¶2.2 of "essay" is not in the copy, whose paragraph in line 3 has 1 sentence`}},
		{"a sentence more", " Nobody", " Really. Nobody", 1, []string{second + `5: error: the copy has a sentence in ¶2 that "essay" does not list: essay.txt:3 has "Really."`}},
		{"two sentences in one", "first, or so", "first. Or so", 1, []string{second + `110: error: ¶2.1 of "essay" differs from the copy: essay.txt:3 has "Milk may be poured first."`, second + `5: error: the copy has a sentence in ¶2 that "essay" does not list: essay.txt:3 has "Or so the board's chairman …"`}},
		{"the sentence that is cited", " The “tea board” met on Feb 29, 2020, and 1,137 people came!", "", 0, []string{`sources/essay.md:5:120: error: ¶1.2 of "essay" is not in the copy, whose paragraph in line 1 has 1 sentence`, `analysis/tea.md:4:6: error: “tea board” stands in no copy of a source`, `analysis/tea.md:12:18: error: “tea board” stands in no copy of a source`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, r := foundIn(t, f, strings.Replace(copied, c.from, c.to, 1))
			if !slices.Equal(got, c.want) || r.Claims.Good != c.claims {
				t.Errorf("%s; found\n  %s\nwant\n  %s", r, strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
		})
	}
}

func TestQuotations(t *testing.T) {
	f := record("The board met", "It met.", "source: [[essay]] ¶1.2")
	for text, want := range map[string][]string{
		"“Milk may … first”, they say.":                                 nil,
		"- It is “warm”, says [[report]].":                              nil,
		"A 5\" cup, “tea[^1] board”.\n\n[^1]: Bag.":                     nil,
		"A 5″ cup: “Feb 29”, «poured ”first«, `\"\"x\"`":                nil,
		"„Geh“ « oui » »nein«, says [[essay]].":                         {"Geh", "oui", "nein"},
		"It is “warm”, says the [[essay]].":                             {"warm"},
		"## A “misquote”\n\n[r](../sources/report.md)":                  {"misquote"},
		"Text.\n\n> [!note] A “title”\n> Text.\n\n## A “head”\n\nText.": {"title", "head"},
		"| A | “b” |\n|---|---|\n| “c” | [[report]] |":                  {"b", "c"},
	} {
		f["analysis/tea.md"] = page("title: Tea", text)
		got, _ := foundIn(t, f, copied)
		if len(got) != len(want) {
			t.Fatalf("%s: found %q", text, got)
		}
		if text == "Text.\n\n> [!note] A “title”\n> Text.\n\n## A “head”\n\nText." && (!strings.HasPrefix(got[0], "analysis/tea.md:6:14:") || !strings.HasPrefix(got[1], "analysis/tea.md:9:7:")) {
			t.Errorf("found %q", got)
		}
		for i, q := range want {
			if !strings.Contains(got[i], "error: “"+q+"” stands in no copy") {
				t.Errorf("%s: found %q", text, got[i])
			}
		}
	}
}

func TestFigures(t *testing.T) {
	for in, want := range map[string]string{
		"Nineteen soldiers, 46 dead.":                       "19 46",
		"twenty-one and two hundred thousand":               "21 200000",
		"Feb 29, 2020 or 29 February 2020":                  "Feb 29 2020 29 Feb 2020",
		"In March they may march on the 3rd.":               "3",
		"The 1990s, 3.5 %, 1,137 and ۱۲":                    "1990 3.5 1137 12",
		"the G20, one of them, A10 and ¶3.2–4":              "",
		"Two Dozen of a hundred, and some hundred thousand": "24 100 100000",
		"19 Marines and 3 Mayors":                           "19 3",
		"10 Sept 2001, Jan. 3":                              "10 Sep 2001 Jan 3",
	} {
		var got []string
		for _, f := range figuresIn(in, true) {
			got = append(got, f.value)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q has the figures %q, want %s", in, got, want)
		}
	}
	if got := figuresIn("zwei von 3", false); len(got) != 1 {
		t.Errorf("another language: %v", got)
	}
}

func TestCopied(t *testing.T) {
	c := []Copy{{nil, "copy.txt", []byte("One.\nThe board’s *old* chairman, I think, pours the milk in first every day.\n")}}
	for in, want := range map[string]string{
		"the board's old chairman I think":                                                         "",
		"# A\n\nOf *The* **board’s** old chairman: I\nthink it.":                                   "f.md:3:5: error: 7 words or more in a row are those of copy.txt:2:1: “the board's old chairman i think pours”",
		"The [board’s](../actors/board.md) old [[x|chairman]], I think, pours.":                    "f.md:1:1: error: 7 words or more in a row are those of copy.txt:2:1: “the board's old chairman i think pours”",
		"The board’s old chairman, I think, pours the milk in first every day, says he. every day": "f.md:1:1: error: 7 words or more in a row are those of copy.txt:2:1: “the board's old chairman i think pours”",
		"title: 'the board''s old chairman I think pours'":                                         "f.md:1:8: error: 7 words or more in a row are those of copy.txt:2:1: “the board's old chairman i think pours”",
		"The board’s old[^1] [chair\u00adman](x.md \"so\"), [I][a] think pours":                    "f.md:1:1: error: 7 words or more in a row are those of copy.txt:2:1: “the board's old chairman i think pours”",
		"1 < 2\n\n[think](x.md) pours the milk in first every\n> b":                                "f.md:3:2: error: 7 words or more in a row are those of copy.txt:2:31: “think pours the milk in first every”",
		`<p title="think pours the milk in first every">x</p>`:                                     "f.md:1:11: error: 7 words or more in a row are those of copy.txt:2:31: “think pours the milk in first every”",
		"{{if .A}}think <b>pours</b> the milk{{end}} in first every":                               "f.md:1:10: error: 7 words or more in a row are those of copy.txt:2:31: “think pours the milk in first every”",
		"\xff think pours the milk in first every":                                                 "",
	} {
		in = strings.Replace(in, "chairman: I\nthink it", "chairman: I\nthink pours", 1)
		var got []string
		for _, d := range Copied(c, []*scan.File{{Name: "f.md", Data: []byte(in)}}, 7) {
			d.Hint = ""
			got = append(got, d.String())
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%q: found\n  %s\nwant\n  %s", in, strings.Join(got, "\n  "), want)
		}
	}
}
