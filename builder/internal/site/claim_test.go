package site

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// cast are the pages that the claims of these tests name.
var cast = files{
	"index.md":          page("title: Home", ""),
	"claims/index.md":   page("title: Claims\nshows: claims", ""),
	"actors/king.md":    about("King", "person", "weight: 2"),
	"actors/queen.md":   about("Queen", "person", "weight: 1"),
	"places/kabul.md":   about("Kabul", "city", ""),
	"concepts/depth.md": about("Strategic depth", "term", ""),
	"events/early.md":   page("title: Early\ndate: 2021\nprecision: year", ""),
	"events/late.md":    page("title: Late\ndate: 2024-12-24\nprecision: day\nfigures: [{what: dead, value: \"46\", claimant: x, source: radio, date: 2024}]", ""),
	"sources/paper.md":  about("Paper", "column", "passages: [{n: 1, gist: One.}, {n: 2, gist: Two.}, {n: 5, gist: Five.}]"),
	"sources/radio.md":  about("Radio", "broadcast", ""),
}

// told adds pages to the cast.
func told(more files) files {
	all := maps.Clone(cast)
	maps.Copy(all, more)
	return all
}

// claim writes a claim, held by the King in the Paper's first paragraph unless
// the lines of its record say otherwise.
func claim(kind, id string, lines ...string) string {
	all := strings.Join(lines, "\n")
	for _, line := range []string{"source: [[paper]] ¶1", "held by: [[king]]"} {
		if key, _, _ := strings.Cut(line, ":"); !strings.Contains(all, key+":") {
			lines = append(lines, line)
		}
	}
	return "> [!" + kind + "] Claim " + id + " {#" + id + "}\n> Text of " + id + ".\n>\n> - " + strings.Join(lines, "\n> - ") + "\n\n"
}

// of finds the claim of an id on its own page.
func of(t *testing.T, s *Site, id string) *Claim {
	t.Helper()
	c := at(t, s, "claims/"+id+"/").Claim
	if c == nil {
		t.Fatalf("the page of claim %q has no claim", id)
	}
	return c
}

// ids of a list of claims, for comparing.
func ids(list Statements) string {
	var names []string
	for _, st := range list {
		names = append(names, st.ID)
	}
	return strings.Join(names, ", ")
}

// related is how a claim stands to others: "supports b, <supports c (note)",
// the way in with an arrow.
func related(c *Claim) string {
	var list []string
	for _, r := range c.Relations {
		s := r.Key + " " + r.Claim.ID
		if r.Inverse {
			s = "<" + s
		}
		if r.Note != "" {
			s += " (" + r.Note + ")"
		}
		list = append(list, s)
	}
	return strings.Join(list, ", ")
}

// verdict is "word sources: note".
func verdict(v Verdict) string {
	return strings.TrimSpace(v.Word+" "+titles(v.Sources)) + ": " + v.Note
}

func TestClaimPage(t *testing.T) {
	s := place(t, told(files{"analysis/one.md": page("title: One\nupdated: 2025-01-02", claim("forecast", "a",
		"source: [[paper]] ¶5, ¶2", "source: [[radio]]", "held by: [[queen]], [[king]] — both", "about: [[late]], [[kabul]]", "wording: could", "horizon: 2025",
		"outcome: came in part [[radio]] — some", "cause: not shown — nowhere", "probability: 20 %", "checked: agrees with [[radio]], [[paper]]", "checked: no evidence found — none"))}))
	p := at(t, s, "claims/a/")
	if got := *p.Ref; got != (Ref{ID: "a", URL: "claims/a/", Title: "Claim a", Kind: kind.Claim, Type: "forecast", order: got.order}) {
		t.Errorf("the page is %+v", got)
	}
	if got := titles(p.Crumbs); got != "Home, Claims" {
		t.Errorf("it stands below %s", got)
	}
	if p.Section.Index == nil || p.Section.Index.ID != "claims" || p.Doc.Front.Updated != "2025-01-02" || p.Doc.Path != "analysis/one.md" {
		t.Errorf("section %+v, front matter %+v of %s", p.Section, p.Doc.Front, p.Doc.Path)
	}
	c := p.Claim
	if c.Ref != p.Ref || c.ToldOn != at(t, s, "analysis/one/").Ref || titles(c.HeldBy) != "Queen, King" || c.HeldNote != "both" || c.Wording != "could" || c.Horizon != "2025" {
		t.Errorf("%+v %+v", c, c.Statement)
	}
	if got := fmt.Sprint(len(c.Cites), c.Cites[0].Source.ID, c.Cites[0].Places, c.Cites[1].Source.ID, c.Cites[1].Places); got != "2paper[5 2]radio[]" {
		t.Errorf("cites %s", got)
	}
	var gists []string
	for _, p := range c.Passages {
		gists = append(gists, fmt.Sprintf("%s %d %s", p.Source.ID, p.N, p.Gist))
	}
	if got := strings.Join(gists, " "); got != "paper 5 Five. paper 2 Two." {
		t.Errorf("passages %s", got)
	}
	if titles(c.About) != "Late, Kabul" || verdict(c.Outcome) != "came in part Radio: some" || verdict(c.Cause) != "not shown: nowhere" || c.Likely != "20 %" || c.Outcomed != "came in part" || c.Caused != "not shown" || c.By() != "2025" {
		t.Errorf("about %s, outcome %s", titles(c.About), verdict(c.Outcome))
	}
	if len(c.Checks) != 2 || verdict(c.Checks[0]) != "agrees with Radio, Paper: " || verdict(c.Checks[1]) != "no evidence found: none" {
		t.Errorf("checks %+v", c.Checks)
	}
	// A page that shows its label has the same statement, and no claim of its own.
	on := at(t, s, "analysis/one/")
	if on.Claim != nil || len(on.Labels) != 1 || on.Labels[0] != c.Statement {
		t.Errorf("labels %+v", on.Labels)
	}
	if got, want := bodyOf(on), "<div class=\"claim claim-forecast\" id=\"a\">\n{of a}<p>Text of a.</p>\n</div>\n"; got != want {
		t.Errorf("the page that tells it is %s, want %s", got, want)
	}
	// Its own page has no label inside.
	if got, want := string(p.AppendBody(nil, nil)), "<p>Text of a.</p>\n"; got != want {
		t.Errorf("its own page is %s, want %s", got, want)
	}
}

func TestOutcomeIsOpen(t *testing.T) {
	s := place(t, told(files{"one.md": claim("forecast", "a") + claim("forecast", "b", "outcome: open — not yet") + claim("reported", "c")}))
	for id, want := range map[string]string{"a": "open: ", "b": "open: not yet", "c": ": "} {
		if got := verdict(of(t, s, id).Outcome); got != want {
			t.Errorf("the outcome of %s is %q, want %q", id, got, want)
		}
	}
}

// The order of all lists: the analysis first, its parts in their order, then
// other pages; the claims of a page as they stand there.
func TestOrderOfClaims(t *testing.T) {
	s := place(t, told(files{
		"about.md":          claim("reported", "other"),
		"analysis/index.md": page("title: Analysis", claim("reported", "index")),
		"analysis/one.md":   page("title: One\nweight: 2", claim("reported", "z")+claim("reported", "y")),
		"analysis/two.md":   page("title: Two\nweight: 1", claim("forecast", "x")),
		"analysis/nine.md":  page("title: Nine", claim("reported", "w")),
	}))
	const want = "x, z, y, w, other, index"
	var placed []string
	for _, c := range s.Claims {
		placed = append(placed, c.Written.ID)
		if c.Written.ID != c.ID || c.Doc.Path != c.ToldOn.ID+".md" && c.Doc.Path != "analysis/"+c.ToldOn.ID+".md" && c.ToldOn.ID != "analysis" {
			t.Errorf("%s is %s in %s on %s", c.Written.ID, c.ID, c.Doc.Path, c.ToldOn.ID)
		}
	}
	if got := strings.Join(placed, ", "); got != want {
		t.Errorf("the site has %s, want %s", got, want)
	}
	// Their pages are neighbours in that order.
	var chain []string
	for p := at(t, s, "claims/x/"); ; p = at(t, s, p.Next.URL) {
		chain = append(chain, p.ID)
		if p.Next == nil {
			break
		}
		if at(t, s, p.Next.URL).Prev != p.Ref {
			t.Errorf("%s does not lead back to %s", p.Next.ID, p.ID)
		}
	}
	if got := strings.Join(chain, ", "); got != want {
		t.Errorf("one leads to the next as %s, want %s", got, want)
	}
	if p := at(t, s, "claims/x/"); p.Prev != nil {
		t.Errorf("before the first stands %s", p.Prev.ID)
	}
	// They are no pages of a folder.
	if got := titles(at(t, s, "claims/").Section.Pages); got != "" {
		t.Errorf("the folder lists %s", got)
	}
}

func TestClaimRelations(t *testing.T) {
	s := place(t, told(files{
		"analysis/one.md": page("title: One\nweight: 1", claim("reported", "a",
			"repeats: [[d]]", "depends on: [[b]]", "leads to: [[d]]", "qualifies: [[c]] — but later", "contradicts: [[b]] — the same day", "supports: [[d]], [[b]]")+
			claim("reported", "b", "supports: [the third](two.md#c)")),
		"analysis/two.md": page("title: Two\nweight: 2", claim("reported", "c", "supports: [[A]]", "supports: [[d]] — too")+
			claim("reported", "d", "supports: [[b]]", "leads to: [[a]]")),
	}))
	for id, want := range map[string]string{
		// By key, then the way out before the way in, then in the order of claims.
		"a": "supports b, supports d, <supports c, contradicts b (the same day), qualifies c (but later), leads to d, <leads to d, depends on b, repeats d",
		"b": "supports c, <supports a, <supports d, contradicts a (the same day), <depends on a",
		"c": "supports a, supports d (too), <supports b, <qualifies a (but later)",
		"d": "supports b, <supports a, <supports c (too), leads to a, <leads to a, <repeats a",
	} {
		if got := related(of(t, s, id)); got != want {
			t.Errorf("%s: %s\nwant %s", id, got, want)
		}
	}
}

func TestContradictions(t *testing.T) {
	for _, c := range []struct{ name, a, b, note string }{
		{"written once", "[[b]]", "", ""},
		{"written at the other end", "", "[[a]] — n", "n"},
		{"written twice", "[[b]]", "[[a]]", ""},
		{"a note at the first", "[[b]] — n", "[[a]]", "n"},
		{"a note at the second", "[[b]]", "[[a]] — n", "n"},
		{"two notes", "[[b]] — n", "[[a]] — m", "n; m"},
		{"the same note twice", "[[b]] — n", "[[a]] — n", "n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := map[string][]string{}
			for id, value := range map[string]string{"a": c.a, "b": c.b} {
				if value != "" {
					lines[id] = []string{"contradicts: " + value}
				}
			}
			s := place(t, told(files{
				"analysis/one.md": claim("reported", "a", lines["a"]...) + claim("reported", "b", lines["b"]...),
			}))
			note := ""
			if c.note != "" {
				note = " (" + c.note + ")"
			}
			if a, b := related(of(t, s, "a")), related(of(t, s, "b")); a != "contradicts b"+note || b != "contradicts a"+note {
				t.Errorf("a %s, b %s; want the note %q", a, b, c.note)
			}
		})
	}
}

func TestFalls(t *testing.T) {
	s := place(t, told(files{"analysis/one.md": claim("reported", "a") +
		claim("reported", "b", "depends on: [[a]]") +
		claim("reported", "c", "depends on: [[b]]", "depends on: [[f]]") +
		claim("reported", "d", "depends on: [[c]], [[a]]") +
		claim("reported", "e", "depends on: [[d]]", "supports: [[a]]") +
		claim("reported", "f", "depends on: [[b]]") +
		claim("reported", "g", "leads to: [[a]]")}))
	for id, want := range map[string]string{
		// Each once, by its shortest way.
		"a": "b 1, d 1, c 2 through b, f 2 through b, e 2 through d",
		"b": "c 1, f 1, d 2 through c, e 3 through d",
		"c": "d 1, e 2 through d",
		"d": "e 1",
		"e": "",
		"f": "c 1, d 2 through c, e 3 through d",
		"g": "",
	} {
		var list []string
		for _, f := range of(t, s, id).Dependents {
			line := fmt.Sprintf("%s %d", f.ID, f.Steps)
			if f.Through != nil {
				line += " through " + f.Through.ID
			}
			list = append(list, line)
		}
		if got := strings.Join(list, ", "); got != want {
			t.Errorf("with %s fall %q, want %q", id, got, want)
		}
	}
}

// What depends on a claim depends on those that repeat it, and on those that they repeat.
func TestRepetitionsShareDependents(t *testing.T) {
	s := place(t, told(files{"analysis/one.md": claim("reported", "a") + claim("reported", "b", "repeats: [[a]]") + claim("reported", "c", "repeats: [[b]]", "depends on: [[a]]") +
		claim("reported", "d", "depends on: [[b]], [[c]]") + claim("reported", "e", "depends on: [[d]]") + claim("reported", "f", "repeats: [[e]]")}))
	for id, want := range map[string]string{"a": "d e", "b": "d e", "c": "d e", "d": "e", "e": "", "f": ""} {
		var list []string
		for _, d := range of(t, s, id).Dependents {
			list = append(list, d.ID)
		}
		if got := strings.Join(list, " "); got != want {
			t.Errorf("on %s depend %q, want %q", id, got, want)
		}
	}
}

func TestResults(t *testing.T) {
	const paper, radio, queen = "[[paper]]", "[[radio]]", "held by: [[queen]]"
	for _, c := range []struct {
		want   string
		lines  []string
		others string
	}{
		{"unchecked {0 0 0 0 0} 0", nil, ""},
		{"nothing {0 0 0 0 0} 0", []string{"checked: no evidence found"}, ""},
		{"agreed {1 1 1 0 0} 0", []string{"checked: agrees with " + paper, "checked: no evidence found"}, ""},
		{"part {2 2 1 1 0} 0", []string{"checked: agrees with " + paper, "checked: agrees in part with " + radio}, ""},
		{"disputed {2 2 1 1 1} 0", []string{"checked: agrees with " + paper + " — one", "checked: disputed by " + paper + " — two", "checked: agrees in part with " + radio}, ""},
		// A contradiction disputes a claim, wherever it is recorded, unless somebody holds both.
		{"unchecked {0 0 0 0 0} 0", []string{"contradicts: [[b]]"}, claim("reported", "b", "contradicts: [[a]]")},
		{"disputed {0 0 0 0 0} 1", []string{"contradicts: [[b]]"}, claim("reported", "b", queen, "contradicts: [[a]]")},
		{"disputed {0 0 0 0 0} 2", nil, claim("reported", "b", queen, "contradicts: [[a]]") + claim("reported", "c", queen, "contradicts: [[a]]")},
	} {
		got := of(t, place(t, told(files{"x.md": claim("reported", "a", c.lines...) + c.others})), "a")
		if got := fmt.Sprintf("%s %v %d", got.Result, got.Reports, got.Opposed); got != c.want {
			t.Errorf("%q: %s, want %s", c.lines, got, c.want)
		}
	}
}

// The length of all lists together does not grow with the square of the claims.
func TestDependentsAreBounded(t *testing.T) {
	text := claim("reported", "c0")
	for i := 1; i < 300; i++ {
		text += claim("reported", fmt.Sprintf("c%d", i), fmt.Sprintf("depends on: [[c%d]]", i-1))
	}
	s := place(t, told(files{"analysis/one.md": text}))
	if c := of(t, s, "c0"); len(c.Dependents) != maxDependents || !c.MoreDependents || c.Dependents[99].Steps != 100 {
		t.Errorf("c0 has %d dependents, more %t", len(c.Dependents), c.MoreDependents)
	}
	if c := of(t, s, "c199"); len(c.Dependents) != maxDependents || c.MoreDependents {
		t.Errorf("c199 has %d dependents, more %t", len(c.Dependents), c.MoreDependents)
	}
}

func TestCircles(t *testing.T) {
	const hint = "\n  hint: take one of these lines away"
	wantErrors(t, told(files{"one.md": claim("reported", "a", "depends on: [[b]]") + claim("reported", "b", "depends on: [[c]]") + claim("reported", "c", "depends on: [[b]]")}),
		"one.md:21:17: error: these claims depend on one another in a circle: b → c → b"+hint)
	wantErrors(t, told(files{"one.md": claim("reported", "a", "depends on: [[b]]"), "two.md": claim("reported", "b", "depends on: [[a]]")}),
		"two.md:7:17: error: these claims depend on one another in a circle: a → b → a"+hint)
	// Of a long circle some are named, and of several in one group the shortest.
	long := ""
	for i := range 300 {
		long += claim("reported", fmt.Sprintf("c%d", i), fmt.Sprintf("depends on: [[c%d]]", (i+1)%300))
	}
	wantErrors(t, told(files{"one.md": long}),
		"one.md:2100:17: error: these claims depend on one another in a circle: c0 → c1 → c2 → c3 → c4 → c5 → … (293 more) → c299 → c0"+hint)
	wantErrors(t, told(files{"one.md": claim("reported", "a", "depends on: [[b]]", "depends on: [[c]]") + claim("reported", "b", "depends on: [[c]]") + claim("reported", "c", "depends on: [[a]]")}),
		"one.md:22:17: error: these claims depend on one another in a circle: a → c → a"+hint)
	// Pages are no parts of one another.
	wantErrors(t, files{"index.md": "", "places/a.md": about("A", "city", "part_of: b"), "places/b.md": about("B", "city", "part_of: c"), "places/c.md": about("C", "city", "part_of: B")},
		"places/c.md:4:10: error: these pages are part of one another in a circle: b → c → b"+hint)
	// Two ways to one claim are no circle, and other relations may go in one.
	place(t, told(files{"one.md": claim("reported", "a", "depends on: [[b]], [[c]]") + claim("reported", "b", "depends on: [[c]]", "leads to: [[a]]") + claim("reported", "c", "leads to: [[b]]")}))
}

// A claim stands on every page that its record names, under the key.
func TestClaimsOnThePagesNamed(t *testing.T) {
	s := place(t, told(files{"analysis/one.md": claim("recommendation", "a", "source: [[paper]] ¶1, ¶5", "about: [[king]], [[kabul]]", "addressee: [[queen]], [[king]]", "checked: disputed by [[radio]] — n") +
		claim("forecast", "b", "source: [[radio]], [[paper]] ¶1", "about: [[depth]], [[radio]]", "held by: [[queen]], [[king]]", "outcome: came in part [[radio]] — m", "cause: shown [[paper]], [[radio]]") +
		claim("reported", "c", "about: [[late]]", "checked: agrees with [[paper]], [[radio]]", "checked: no evidence found")}))
	for url, want := range map[string]string{
		"actors/king/":    "about: a; addressee: a; held by: a, b, c",
		"actors/queen/":   "addressee: a; held by: b",
		"places/kabul/":   "about: a",
		"concepts/depth/": "about: b",
		"events/late/":    "about: c",
		"events/early/":   "",
		"sources/paper/":  "outcome: b; ¶1: a, b, c; ¶5: a; checks c agrees with Paper, Radio: ",
		"sources/radio/":  "about: b; outcome: b; source: b; checks a disputed by Radio: n; checks c agrees with Paper, Radio: ",
		"analysis/one/":   "",
		"claims/a/":       "",
	} {
		p := at(t, s, url)
		var list []string
		for _, r := range p.Roles {
			list = append(list, r.Key+": "+ids(r.Claims))
			if ids(p.Role(r.Key)) != ids(r.Claims) {
				t.Errorf("%s: %s is %s", url, r.Key, ids(p.Role(r.Key)))
			}
		}
		for _, c := range p.ByPassage {
			list = append(list, fmt.Sprintf("¶%d: %s", c.N, ids(c.Claims)))
			if ids(p.Carries(c.N)) != ids(c.Claims) {
				t.Errorf("%s: ¶%d carries %s", url, c.N, ids(p.Carries(c.N)))
			}
		}
		for _, c := range p.Checks {
			list = append(list, "checks "+c.Claim.ID+" "+verdict(c.Verdict))
		}
		if got := strings.Join(list, "; "); got != want {
			t.Errorf("%s: %s\nwant %s", url, got, want)
		}
		if p.Role("nosuch") != nil || p.Carries(99) != nil {
			t.Errorf("%s has what nobody wrote", url)
		}
	}
}

func TestClaimInADraft(t *testing.T) {
	f := told(files{
		"a.md": page("title: A\ndraft: true", claim("forecast", "x", "supports: [[y]]", "about: [[kabul]]")),
		"b.md": claim("forecast", "y"),
	})
	s := place(t, f)
	for _, p := range s.Pages {
		if p.ID == "x" {
			t.Errorf("the claim of a draft is at %s", p.URL)
		}
	}
	if len(s.Claims) != 1 || s.Claims[0].ID != "y" {
		t.Errorf("the site has the claims %v", s.Claims)
	}
	if got := related(of(t, s, "y")); got != "" || at(t, s, "places/kabul/").Roles != nil || ids(at(t, s, "actors/king/").Role("held by")) != "y" {
		t.Errorf("the claim of a draft is named: %s", got)
	}
	in := input(f)
	in.Drafts = true
	s = NewPlacer().Place(in)
	if len(s.Claims) != 2 || s.Claims[0].ID != "x" || related(of(t, s, "y")) != "<supports x" {
		t.Errorf("with drafts the site has the claims %v", s.Claims)
	}
	// Its id is nobody's, so it may be given again; a link to it leads nowhere.
	place(t, told(files{"a.md": f["a.md"], "b.md": f["b.md"], "c.md": claim("reported", "x")}))
	for _, broken := range []string{"[[x]]\n", claim("reported", "z", "supports: [[x]]")} {
		if got := errorsOf(NewPlacer().Place(input(told(files{"a.md": f["a.md"], "b.md": f["b.md"], "c.md": broken})))); len(got) != 1 || !strings.Contains(got[0], `"x"`) {
			t.Errorf("%q: reported %q", broken, got)
		}
	}
}

func TestClaimIDsAreUnique(t *testing.T) {
	const hint = "\n  hint: give one of the two another id; pages and claims share one name space"
	for _, c := range []struct {
		name string
		more files
		want string
	}{
		{"a page", files{"a.md": claim("reported", "kabul")}, "a.md:4:5: error: the id \"kabul\" is taken by places/kabul.md" + hint},
		{"a page, in capitals", files{"a.md": claim("reported", "Kabul")}, "a.md:4:5: error: the id \"Kabul\" is taken by places/kabul.md" + hint},
		{"a folder", files{"a.md": claim("reported", "claims")}, "a.md:4:5: error: the id \"claims\" is taken by claims/index.md" + hint},
		{"the home page", files{"a.md": claim("reported", "home")}, "a.md:4:5: error: the id \"home\" is taken by index.md" + hint},
		{"the page itself", files{"a.md": claim("reported", "a")}, "a.md:4:5: error: the id \"a\" is taken by a.md" + hint},
		{"a claim of another page", files{"a.md": claim("reported", "x"), "b.md": claim("forecast", "X")}, "b.md:4:5: error: the id \"X\" is taken by a claim in a.md" + hint},
		{"a claim of the page in capitals", files{"a.md": claim("reported", "x") + claim("forecast", "X")}, "a.md:10:5: error: the id \"X\" is taken by a claim in a.md" + hint},
		{"an alias", files{"a.md": claim("reported", "x"), "b.md": page("title: B\naliases: [X]", "")}, "b.md:3:11: error: the alias \"X\" already names a.md\n  hint: take it from one of the two pages"},
	} {
		t.Run(c.name, func(t *testing.T) { wantErrors(t, told(c.more), c.want) })
	}
	// A heading of another page and a title are no ids.
	place(t, told(files{"a.md": claim("reported", "x"), "b.md": page("title: X", "## X\n")}))
}

// An old address may not be that of a claim.
func TestRedirectFromAClaim(t *testing.T) {
	wantErrors(t, told(files{"a.md": claim("reported", "x"), "b.md": page("title: B\nredirect_from: [claims/x/]", "")}),
		"b.md:3:17: error: the address \"claims/x/\" belongs to a.md\n  hint: redirect only from addresses that no page has any more")
}

func TestRecordsThatDoNotHold(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"about: [[kabull]]", "7:12: error: claim \"a\", about: no page or claim \"kabull\"\n  hint: did you mean \"kabul\"?"},
		{"about: [k](../places/kabull.md)", "7:12: error: claim \"a\", about: no file \"../places/kabull.md\"\n  hint: did you mean \"../places/kabul.md\"?"},
		{"about: [[b]]", "7:12: error: claim \"a\", about: \"b\" is a claim and no page\n  hint: put it under a relation: supports, contradicts, qualifies, leads to, depends on, repeats"},
		{"about: [x](x.txt)", "7:12: error: claim \"a\", about: \"x.txt\" is a file and no page\n  hint: name a page"},
		{"about: [[late#nosuch]]", "7:12: error: claim \"a\", about: no heading or anchor \"nosuch\" on events/late.md"},
		{"held by: [[kabul]]", "7:14: error: claim \"a\", held by: \"kabul\" is no actor but a page of kind place\n  hint: name a page of the folder actors/"},
		{"held by: [[b]]", "7:14: error: claim \"a\", held by: \"b\" is no actor but a page of kind claim\n  hint: name a page of the folder actors/"},
		{"addressee: [[paper]]", "7:16: error: claim \"a\", addressee: \"paper\" is no actor but a page of kind source\n  hint: name a page of the folder actors/"},
		{"checked: agrees with [[king]]", "7:26: error: claim \"a\", checked: \"king\" is no source but a page of kind actor\n  hint: name a page of the folder sources/"},
		{"source: [[paper]]", "7:13: error: claim \"a\" names no paragraph of \"paper\"\n  hint: add it: [[paper]] ¶1"},
		{"source: [[paper]] ¶3", "7:13: error: claim \"a\" cites ¶3 of \"paper\", which does not list it\n  hint: it lists ¶1, ¶2, ¶5"},
		{"source: [[radio]] ¶1", "7:13: error: claim \"a\" cites ¶1 of \"radio\", which does not list it\n  hint: list it under `passages` in sources/radio.md"},
		{"supports: [[kabul]]", "7:15: error: claim \"a\", supports: \"kabul\" is no claim but a page of kind place\n  hint: name a claim; a page may stand under `about`"},
		{"supports: [[a]]", "7:15: error: claim \"a\", supports: this is the claim itself\n  hint: name another claim"},
		{"supports: [[b]], [[B]]", "7:22: error: claim \"a\", supports: \"B\" is named twice\n  hint: name it once"},
		{"source: [[paper]] ¶1, ¶1", "7:13: error: claim \"a\" cites ¶1 of \"paper\" twice\n  hint: cite it once"},
		{"source: [[paper]] ¶1, [[paper]] ¶2", "7:27: error: claim \"a\", source: \"paper\" is named twice\n  hint: name it once"},
		{"source: [[radio]]\n> - source: [[Radio]]", "8:13: error: claim \"a\", source: \"Radio\" is named twice\n  hint: name it once"},
		{"about: [[kabul]], [[king]], [[Kabul]]", "7:33: error: claim \"a\", about: \"Kabul\" is named twice\n  hint: name it once"},
		{"checked: disputed by [[radio]] — one\n> - checked: disputed by [[Radio]] — two", "8:26: error: claim \"a\", checked: \"Radio\" is named twice\n  hint: name it once"},
		{"checked: disputed by [[radio]] — one\n> - checked: agrees with [[radio]] — two\n> - checked: agrees in part with [[radio]]", ""},
		{"supports: [here](#b)", ""},
		{"supports: [here](#h)", "7:15: error: claim \"a\", supports: \"one\" is no claim but a page of kind section\n  hint: name a claim; a page may stand under `about`"},
	} {
		t.Run(c.line, func(t *testing.T) {
			kind := "reported"
			if strings.HasPrefix(c.line, "addressee") {
				kind = "recommendation"
			}
			f := told(files{"analysis/one.md": claim(kind, "a", c.line) + claim("reported", "b") + "## H\n", "analysis/x.txt": ""})
			if c.want == "" {
				wantErrors(t, f)
				return
			}
			wantErrors(t, f, "analysis/one.md:"+c.want)
		})
	}
}

// Who links to a claim is shown on its page, with the way to the place.
func TestBacklinksOfClaims(t *testing.T) {
	s := place(t, told(files{
		"analysis/one.md": "## Head\n\n" + claim("reported", "a") + "On its own page, [[a]] is named.\n",
		"analysis/two.md": "## Other\n\nBefore.\n\n> [!reported] B {#b}\n> First. Says [the first](one.md#a), and [[a|it]]. Last.\n>\n> - source: [[paper]] ¶1\n> - held by: [[king]]\n\nBehind it: [[b]].\n",
		"events/e.md":     page("title: E\nprecision: unknown", "Because [[A|of it]] came.\n\n> [!note]\n> x\n"),
	}))
	for url, want := range map[string]string{
		"claims/a/":     "one#head: On its own page, {Claim a} is named. | two#b: Says the first, and {it}. | e#: Because {of it} came.",
		"claims/b/":     "two#other: Behind it: {B}.",
		"analysis/one/": "two#b: Says {the first}, and it.",
		"actors/king/":  "", // a record is no mention
	} {
		var list []string
		for _, b := range at(t, s, url).Backlinks {
			list = append(list, b.From.ID+"#"+b.Fragment+": "+quoted(b))
		}
		if got := strings.Join(list, " | "); got != want {
			t.Errorf("%s: %s\nwant %s", url, got, want)
		}
	}
	if got := linked(at(t, s, "events/e/")); !strings.Contains(got, "<a href=\"../../claims/a/\" class=\"claim-link reported\">of it</a>") {
		t.Errorf("the link is %s", got)
	}
	// What a record cites is carried; what a text links to is cited.
	if got := at(t, s, "sources/paper/").Citations; got != nil {
		t.Errorf("citations %+v", got)
	}
}

// A claim's text stands in two places; its links lead to the same one from
// both.
func TestLinksInClaims(t *testing.T) {
	s := place(t, told(files{
		"analysis/one.md": "[first](two.md)\n\n## Head\n\n> [!reported] A {#a}\n> [page](two.md) [there](two.md#x) [here](#head) [[#head|too]] [itself](#a) [[a]] [[b]] [[kabul]] [file](x.txt) ![p](p.png) [web](https://example.org/).\n>\n> - source: [[paper]] ¶1\n> - held by: [[king]]\n\n" + claim("reported", "b"),
		"analysis/two.md": "## X\n", "analysis/x.txt": "", "analysis/p.png": "",
	}))
	const rest = " {file|../../analysis/x.txt} <img src=\"../../analysis/p.png\" alt=\"p\" loading=\"lazy\"> {web|https://example.org/}.</p>\n"
	if got, want := linked(at(t, s, "claims/a/")), "<p>{page|../../analysis/two/} {there|../../analysis/two/#x} {here|../../analysis/one/#head} {too|../../analysis/one/#head} {itself|../../analysis/one/#a} "+
		"<a href=\"../../claims/a/\" class=\"claim-link reported\">A</a> <a href=\"../../claims/b/\" class=\"claim-link reported\">Claim b</a> {Kabul|../../places/kabul/}"+rest; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := linked(at(t, s, "analysis/one/")), "<p>{page|../../analysis/two/} {there|../../analysis/two/#x} {here|#head} {too|#head} {itself|#a} "+
		"<a href=\"../../claims/a/\" class=\"claim-link reported\">A</a> <a href=\"../../claims/b/\" class=\"claim-link reported\">Claim b</a> {Kabul|../../places/kabul/}"+rest; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Such a broken link is reported once, where it is written.
	wantErrors(t, told(files{"a.md": "> [!reported] A {#x}\n> [n](nosuch.md)\n>\n> - source: [[radio]]\n> - held by: [[king]]\n"}), "a.md:5:3: error: no file \"nosuch.md\"")
}

// Names are linked on a claim's page at their first mention there, although on
// the page that tells it they are linked further up.
func TestNamesInClaims(t *testing.T) {
	s := place(t, told(files{"analysis/one.md": "Kabul and the King.\n\n> [!reported] A {#a}\n> Kabul, *Kabul* and the [Queen](../actors/queen.md) & the Queen; Strategic depth.\n>\n> - source: [[paper]] ¶1\n> - held by: [[king]]\n\nThe Queen, strategic depth.\n"}))
	if got, want := linked(at(t, s, "claims/a/")), "<p>{Kabul|../../places/kabul/}, <em>Kabul</em> and the {Queen|../../actors/queen/} &amp; the Queen; {Strategic depth|../../concepts/depth/}.</p>\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := linked(at(t, s, "analysis/one/")), "<p>{Kabul|../../places/kabul/} and the {King|../../actors/king/}.</p>\n<div class=\"claim claim-reported\" id=\"a\">\n{of a}"+
		"<p>Kabul, <em>Kabul</em> and the {Queen|../../actors/queen/} &amp; the Queen; {Strategic depth|../../concepts/depth/}.</p>\n</div>\n<p>The Queen, strategic depth.</p>\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// A name in a claim is a mention by the page, at the claim.
	if b := at(t, s, "concepts/depth/").Backlinks; len(b) != 1 || b[0].From.ID != "one" || b[0].Fragment != "a" {
		t.Errorf("backlinks %+v", b)
	}
	// The title of a claim is a sentence and no name.
	s = place(t, told(files{"a.md": claim("reported", "x") + "Claim x is here.\n"}))
	if got := linked(at(t, s, "a/")); strings.Contains(got, "claims/x") {
		t.Errorf("got %s", got)
	}
}

// Without a page for the folder of claims there is no crumb; it is missed.
func TestClaimsWithoutAFolderPage(t *testing.T) {
	f := told(files{"a.md": claim("reported", "x")})
	delete(f, "claims/index.md")
	s := place(t, f)
	if got := titles(at(t, s, "claims/x/").Crumbs); got != "Home" {
		t.Errorf("crumbs %s", got)
	}
	missed := false
	for _, d := range s.Diagnostics {
		missed = missed || d.File == "claims/index.md" && d.Message == "this folder has no page of its own"
	}
	if !missed {
		t.Errorf("reported %v", s.Diagnostics)
	}
}

// What is not changed stays the same pointer, so that pages which show it are
// not rendered again.
func TestStatementsStayTheSame(t *testing.T) {
	f := told(files{"a.md": claim("reported", "x", "supports: [[y]]"), "b.md": claim("reported", "y")})
	p := NewPlacer()
	before := p.Place(input(f))
	f["a.md"] = "A new line.\n\n" + claim("reported", "x", "supports: [[y]]")
	f["b.md"] = claim("reported", "y", "wording: could")
	after := p.Place(input(f))
	if of(t, before, "x").Statement != of(t, after, "x").Statement {
		t.Error("the statement of a claim that only moved is another")
	}
	if of(t, before, "y").Statement == of(t, after, "y").Statement || of(t, after, "y").Wording != "could" {
		t.Error("the statement of a claim with another hedge is the same")
	}
}

// Claims that cannot be looked up by their id, which is missing or taken, are
// mistakes; an overview that would show them is made all the same.
func TestBugTensionOfAClaimWithoutAnID(t *testing.T) {
	nameless := strings.Replace(claim("reported", "x", "contradicts: [[c]]"), " {#x}", "", 1)
	for name, b := range map[string]string{
		"the id of a page":              claim("reported", "kabul", "contradicts: [[c]]"),
		"the id of its own page":        claim("reported", "z", "contradicts: [[c]]"),
		"the id of a claim":             claim("reported", "a", "contradicts: [[c]]"),
		"the id of a claim on its page": claim("reported", "y") + claim("forecast", "y", "contradicts: [[c]]"),
		"no id":                         nameless,
		"no id, twice":                  nameless + nameless,
	} {
		t.Run(name, func(t *testing.T) {
			in := input(told(files{
				"tensions.md": page("title: Tensions\nshows: tensions", ""),
				"one.md":      claim("reported", "a") + claim("reported", "c"),
				"z.md":        b, // behind c, which then names it first
			}))
			s := NewPlacer().Place(in)
			found := errorsOf(s)
			for _, d := range in.Docs {
				for _, f := range d.Diagnostics {
					found = append(found, f.String())
				}
			}
			if len(found) == 0 {
				t.Error("nothing is reported")
			}
		})
	}
}

// The map joins each two of the pages that a claim is about.
func TestClaimAboutManyPages(t *testing.T) {
	f, names := files{}, []string{}
	for i := range maxNamed + 1 {
		f[fmt.Sprintf("actors/x%d.md", i)] = about(fmt.Sprintf("X %d", i), "person", "")
		names = append(names, fmt.Sprintf("[[x%d]]", i))
	}
	f["x.md"] = claim("reported", "a", "about: "+strings.Join(names[1:], ", "))
	place(t, told(f))
	f["x.md"] = claim("reported", "a", "about: "+strings.Join(names, ", "))
	wantErrors(t, told(f), "x.md:7:12: error: claim \"a\", about: more than 200 pages\n  hint: divide it, or name a page that stands for them all")
}

func TestSourceThatAgreesAndDisputes(t *testing.T) {
	for _, notes := range [][2]string{{"", ""}, {" — one", ""}, {"", " — two"}, {" — one", " — two"}} {
		s := place(t, told(files{"x.md": claim("reported", "a", "checked: disputed by [[radio]]"+notes[0], "checked: agrees with [[radio]]"+notes[1])}))
		want := "x.md:8:26: warning: claim \"a\", checked: \"radio\" agrees in line 8 and disputes in line 7\n  hint: keep one of the two, or say in both in what: checked: agrees with [[radio]] — on the date"
		found := slices.ContainsFunc(s.Diagnostics, func(d diag.Diagnostic) bool { return d.String() == want })
		if found == (notes[0] != "" && notes[1] != "") {
			t.Errorf("%q: reported %v", notes, s.Diagnostics)
		}
	}
}

// Reports that carry one account are one origin: named in the same words, by the same page,
// or through another source.
func TestOrigins(t *testing.T) {
	for _, c := range []struct {
		a, b, c string // origins of three sources
		want    int
	}{
		{"", "", "", 3},
		{"origin: the Ministry", "origin: The  ministry", "", 2},
		{"origin: king", "origin: king", "origin: King", 2}, // the third in words
		{"origin: b", "", "", 2},
		{"origin: b", "origin: c", "origin: king", 1},
		{"", "origin: a", "origin: a", 1},
		{"origin: king", "origin: queen", "origin: the ministry", 3},
	} {
		got := of(t, place(t, told(files{
			"sources/a.md": about("A", "report", c.a), "sources/b.md": about("B", "report", c.b), "sources/c.md": about("C", "report", c.c),
			"page.md": claim("reported", "x", "checked: agrees with [[a]], [[b]]", "checked: disputed by [[c]]"),
		})), "x").Reports
		if got.All != 3 || got.Origins != c.want {
			t.Errorf("%q, %q, %q: %d reports, %d origins, want %d", c.a, c.b, c.c, got.All, got.Origins, c.want)
		}
	}
}
