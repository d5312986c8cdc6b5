package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/text"
)

// Statement is a claim as lists of claims show it. Its Ref is the claim's own
// page, with the kind of statement as Type.
type Statement struct {
	*Ref
	On       *Ref // the page in whose text it stands, at the anchor Ref.ID
	HeldBy   []*Ref
	HeldNote string // who precisely: "an unnamed official"
	Cites    []Cite
	Wording  string // the hedge of the source, "" if the record does not say
	Disputed int    // how many sources dispute it, by its checks
}

// Cite is a source and the paragraphs cited of it.
type Cite struct {
	Source   *Ref
	Passages []int // empty for the whole
}

// Claim is a claim with all that its own page shows.
type Claim struct {
	*Statement
	Passages   []Passage
	About      []*Ref
	Addressees []*Ref
	Horizon    string
	Outcome    Verdict // of a forecast; its Word is "open" unless the record says more
	Checks     []Verdict
	Relations  []ClaimRelation // in the order of content.Relations, each way out before the way in
	Falls      []Fall          // what depends on it, nearest first
}

// Passage is a paragraph of a source with our précis of it.
type Passage struct {
	Source *Ref
	N      int
	Gist   string
}

// Verdict is what a look at other sources came to.
type Verdict struct {
	Word    string
	Sources []*Ref
	Note    string
}

// ClaimRelation leads to another claim, or (Inverse) from it. "contradicts" is
// symmetric and never inverse.
type ClaimRelation struct {
	Key     string
	Inverse bool
	Claim   *Ref
	Note    string
}

// Fall is a claim that would fall with another: at 1 step it depends on that
// claim itself, at more through Through.
type Fall struct {
	*Ref
	Steps   int
	Through *Ref
}

// PlacedClaim is a claim together with what its author wrote, for checks.
type PlacedClaim struct {
	*Claim
	Made *content.Claim
	Doc  *content.Document // that it stands in
}

// claimEntry is a claim on its way to becoming a page.
type claimEntry struct {
	entry // of its text alone
	key   string
	made  *content.Claim
	on    *entry
	claim *Claim
	names []name
	edges []edge
}

// name is how messages name the claim.
func (c *claimEntry) name() string { return cmp.Or(c.made.ID, c.made.Title) }

// edge is a relation as it was written.
type edge struct {
	key  string
	to   *claimEntry
	note string
	at   diag.Position
}

// claimTables remember what claims became, by the claims' keys.
type claimTables struct {
	refs       memo.Table[string, *Ref, *Ref]
	bodies     memo.Table[string, *content.Document, *content.Document]
	names      memo.Table[string, claimInput, []name]
	statements memo.Table[string, *Statement, *Statement]
	claims     memo.Table[string, *Claim, *Claim]
}

func (t *claimTables) set() {
	t.refs.SameIn, t.bodies.SameIn = sameValue, deeplySame
	t.names.SameIn, t.names.SameOut = memo.Equal, same
	t.statements.SameIn, t.claims.SameIn = (*Statement).same, (*Claim).same
}

// claimInput is what the names in the text of a claim depend on.
type claimInput struct {
	doc   *content.Document
	ref   *Ref
	links *links // of the page that it stands on
	first int    // of them
	names *text.Names[*Ref]
}

// enterClaims gives each claim its Ref and files it under its id, behind all
// pages: they share one name space.
func (w *placing) enterClaims() {
	for _, on := range w.entries {
		for i := range on.doc.Claims {
			made := &on.doc.Claims[i]
			c := &claimEntry{made: made, on: on, key: strings.ToLower(made.ID)}
			c.doc, c.ref = made.Body, &Ref{
				ID: made.ID, URL: address(claimFolder+"/"+made.ID+"/", w.in.Portable), Title: made.Title,
				Kind: kind.Claim, Type: string(made.Kind), Lang: on.ref.Lang, Dir: on.ref.Dir,
			}
			w.fileClaim(c, i)
			w.claims = append(w.claims, c)
			on.claims = append(on.claims, c)
		}
	}
	slices.SortStableFunc(w.claims, func(a, b *claimEntry) int {
		if a.on == b.on {
			return 0
		}
		return cmp.Or(cmp.Compare(rank(a.on.ref), rank(b.on.ref)), InOrder(a.on.ref, b.on.ref))
	})
	refs := keep(&w.Placer.claims.refs, w.claims, func(c *claimEntry) *Ref { return c.ref })
	bodies := keep(&w.Placer.claims.bodies, w.claims, func(c *claimEntry) *content.Document { return c.doc })
	for i, c := range w.claims {
		c.ref, c.doc = refs[i], bodies[i]
	}
}

// keep returns what each claim came to, or what it came to in the previous build
// if that is the same.
func keep[T any](t *memo.Table[string, T, T], claims []*claimEntry, of func(*claimEntry) T) []T {
	kept, _ := t.Map(len(claims), func(i int) (string, T) { return claims[i].key, of(claims[i]) }, func(_ int, v T) T { return v })
	return kept
}

// fileClaim files the i-th claim of a text under its id. A claim without an id of
// its own is remembered by its place.
func (w *placing) fileClaim(c *claimEntry, i int) {
	other := w.byID[c.key]
	if c.made.ID != "" && other == nil {
		w.byID[c.key] = &c.entry
		w.claimOf[&c.entry] = c
		return
	}
	c.key = fmt.Sprintf("%s#%d", c.on.doc.Path, i)
	if c.made.ID == "" || w.claimOf[other] != nil && other.doc.Path == c.on.doc.Path && other.ref.ID == c.made.ID {
		return // reported when it was parsed
	}
	by := other.doc.Path
	if w.claimOf[other] != nil {
		by = "a claim in " + by
	}
	w.report(diag.Errorf(c.made.At, "the id %q is taken by %s", c.made.ID, by).
		WithHint("give one of the two another id; pages and claims share one name space"))
}

// claimFolder is that of the claims' own pages.
const claimFolder = "claims"

// rank puts the claims of the analysis before those of other pages.
func rank(r *Ref) int {
	if r.Kind == kind.Section {
		return 0
	}
	return 1
}

// settleClaims resolves the records of all claims and joins their two ends.
func (w *placing) settleClaims() {
	for _, c := range w.claims {
		c.claim = &Claim{Statement: &Statement{Ref: c.ref, On: c.on.ref, Wording: c.made.Wording.Text}, Horizon: c.made.Horizon.Text}
		if c.made.Kind == content.Forecast {
			c.claim.Outcome.Word = "open"
		}
		for i := range c.made.Lines {
			w.line(c, &c.made.Lines[i])
		}
	}
	statements := keep(&w.Placer.claims.statements, w.claims, func(c *claimEntry) *Statement { return c.claim.Statement })
	for i, c := range w.claims {
		c.claim.Statement = statements[i]
	}
	w.relateClaims()
	w.circles()
	w.falls()
	claims := keep(&w.Placer.claims.claims, w.claims, func(c *claimEntry) *Claim { return c.claim })
	for i, c := range w.claims {
		c.claim = claims[i]
	}
}

// readClaims finds the names in the texts of claims.
func (w *placing) readClaims(names *text.Names[*Ref]) {
	found, _ := w.Placer.claims.names.Map(len(w.claims), func(i int) (string, claimInput) {
		c := w.claims[i]
		return c.key, claimInput{c.doc, c.ref, c.on.links, c.made.Link, names}
	}, func(_ int, in claimInput) []name {
		return findNames(in.names, body{doc: in.doc, links: in.links.targets[in.first:][:len(in.doc.Links)]}, in.ref)
	})
	for i, c := range w.claims {
		c.names = found[i]
	}
}

// targets are where the links in the claim's text lead.
func (c *claimEntry) targets() []target { return c.on.links.targets[c.made.Link:][:len(c.doc.Links)] }

// line resolves one line of a record.
func (w *placing) line(c *claimEntry, l *content.Line) {
	var refs []*Ref
	for i := range l.Names {
		n := &l.Names[i]
		to := w.claimName(c, l.Key, n)
		if to == nil {
			continue
		}
		if slices.Contains(content.Relations(), l.Key) {
			w.edge(c, l, n, w.claimOf[to])
			continue
		}
		if slices.Contains(refs, to.ref) {
			w.twice(c, l.Key, n)
			continue
		}
		refs = append(refs, to.ref)
		if l.Key == "source" {
			w.cite(c, n, to)
		}
	}
	verdict := Verdict{l.Word, refs, l.Note}
	switch l.Key {
	case "held by":
		c.claim.HeldBy, c.claim.HeldNote = refs, l.Note
	case "about":
		c.claim.About = refs
	case "addressee":
		c.claim.Addressees = refs
	case "outcome":
		c.claim.Outcome = verdict
	case "checked":
		c.claim.Checks = append(c.claim.Checks, verdict)
		if l.Word == "disputed by" {
			c.claim.Disputed += len(refs)
		}
	}
}

// twice reports a page or claim that stands under a key already.
func (w *placing) twice(c *claimEntry, key string, n *content.Name) {
	w.report(diag.Errorf(diag.Position{File: c.on.doc.Path, Line: n.Line, Column: n.Column}, "claim %q, %s: %q is named twice", c.name(), key, n.Target).
		WithHint("name it once"))
}

// recordKinds says which kind of page each key of a record names.
var recordKinds = map[string]kind.Kind{
	"source": kind.Source, "checked": kind.Source, "outcome": kind.Source,
	"held by": kind.Actor, "addressee": kind.Actor,
}

// claimName finds the page or claim that a record names, or reports that it
// cannot stand there.
func (w *placing) claimName(c *claimEntry, key string, n *content.Name) *entry {
	t, found := w.target(c.on, &n.Link)
	to := w.byURL(t)
	want, relation := recordKinds[key], slices.Contains(content.Relations(), key)
	if relation {
		want = kind.Claim
		if to != nil && t.Fragment != "" { // a claim linked where it stands
			if claim := w.byID[strings.ToLower(t.Fragment)]; claim != nil && w.claimOf[claim] != nil {
				to = claim
			}
		}
	}
	switch {
	case found.Message != "":
		if hint := diag.DidYouMean(n.Target, w.ids(want)); hint != "" && t.Ref == nil && n.Form == content.Wiki && !w.drafts[n.Target] && w.draftClaims[n.Target] == "" {
			found.Hint = hint
		}
		if found.Hint == "" && t.Ref == nil {
			found.Hint = "bring its page back, or name another"
		}
	case to == nil:
		found.Message, found.Hint = quote(n.Target)+" is a file and no page", "name a page"
	case want != "" && to.ref.Kind != want:
		found.Message = quote(to.ref.ID) + " is no " + string(want) + " but a page of kind " + string(to.ref.Kind)
		found.Hint = "name a page of the folder " + kind.Folder(want) + "/"
		if relation {
			found.Hint = cmp.Or(diag.DidYouMean(n.Target, w.ids(want)), "name a claim; a page may stand under `about`")
		}
	case to.ref.Kind == kind.Claim && !relation:
		found.Message = quote(to.ref.ID) + " is a claim and no page"
		found.Hint = "put it under a relation: " + strings.Join(content.Relations(), ", ")
	default:
		return to
	}
	found.Severity, found.Message = diag.Error, fmt.Sprintf("claim %q, %s: %s", c.name(), key, found.Message)
	found.Position = diag.Position{File: c.on.doc.Path, Line: n.Line, Column: n.Column}
	w.report(found)
	return nil
}

// byURL finds the entry that a link leads to.
func (w *placing) byURL(t target) *entry {
	if t.Ref == nil {
		return nil
	}
	return w.byID[strings.ToLower(t.Ref.ID)]
}

// cite enters a source with its paragraphs, which its page must list.
func (w *placing) cite(c *claimEntry, n *content.Name, source *entry) {
	if slices.ContainsFunc(c.claim.Cites, func(other Cite) bool { return other.Source == source.ref }) {
		w.twice(c, "source", n)
		return
	}
	c.claim.Cites = append(c.claim.Cites, Cite{source.ref, n.Passages})
	listed := source.doc.Front.Passages
	at := diag.Position{File: c.on.doc.Path, Line: n.Line, Column: n.Column}
	if len(n.Passages) == 0 && len(listed) > 0 {
		w.report(diag.Errorf(at, "claim %q names no paragraph of %q", c.name(), source.ref.ID).
			WithHint("add it: [[%s]] ¶%d", source.ref.ID, listed[0].N))
	}
	for j, number := range n.Passages {
		if slices.Contains(n.Passages[:j], number) {
			w.report(diag.Errorf(at, "claim %q cites ¶%d of %q twice", c.name(), number, source.ref.ID).WithHint("cite it once"))
			continue
		}
		i := slices.IndexFunc(listed, func(p frontmatter.Passage) bool { return p.N == number })
		if i >= 0 {
			c.claim.Passages = append(c.claim.Passages, Passage{source.ref, number, listed[i].Gist})
			continue
		}
		d := diag.Errorf(at, "claim %q cites ¶%d of %q, which does not list it", c.name(), number, source.ref.ID)
		if d.Hint = fmt.Sprintf("list it under `passages` in %s", source.doc.Path); len(listed) > 0 {
			var numbers []string
			for _, p := range listed {
				numbers = append(numbers, fmt.Sprintf("¶%d", p.N))
			}
			d.Hint = "it lists " + strings.Join(numbers, ", ")
		}
		w.report(d)
	}
}

func (w *placing) edge(c *claimEntry, l *content.Line, n *content.Name, to *claimEntry) {
	at := diag.Position{File: c.on.doc.Path, Line: n.Line, Column: n.Column}
	switch {
	case to == c:
		w.report(diag.Errorf(at, "claim %q, %s: this is the claim itself", c.name(), l.Key).WithHint("name another claim"))
	case slices.ContainsFunc(c.edges, func(e edge) bool { return e.key == l.Key && e.to == to }):
		w.twice(c, l.Key, n)
	default:
		c.edges = append(c.edges, edge{l.Key, to, l.Note, at})
	}
}

// relateClaims enters every relation at both of its ends.
func (w *placing) relateClaims() {
	for _, c := range w.claims {
		for _, e := range c.edges {
			symmetric := e.key == "contradicts"
			c.claim.relate(ClaimRelation{e.key, false, e.to.ref, e.note})
			e.to.claim.relate(ClaimRelation{e.key, !symmetric, c.ref, e.note})
		}
	}
	order := map[*Ref]int{}
	for i, c := range w.claims {
		order[c.ref] = i
	}
	direction := func(r ClaimRelation) int {
		if r.Inverse {
			return 1
		}
		return 0
	}
	for _, c := range w.claims {
		slices.SortStableFunc(c.claim.Relations, func(a, b ClaimRelation) int {
			return cmp.Or(
				cmp.Compare(slices.Index(content.Relations(), a.Key), slices.Index(content.Relations(), b.Key)),
				cmp.Compare(direction(a), direction(b)), cmp.Compare(order[a.Claim], order[b.Claim]),
			)
		})
	}
}

// relate adds a relation, or the note of the other side to one that stands.
func (c *Claim) relate(r ClaimRelation) {
	for i, old := range c.Relations {
		if old.Key == r.Key && old.Inverse == r.Inverse && old.Claim == r.Claim {
			if old.Note == "" {
				c.Relations[i].Note = r.Note
			} else if r.Note != "" && r.Note != old.Note {
				c.Relations[i].Note += "; " + r.Note
			}
			return
		}
	}
	c.Relations = append(c.Relations, r)
}

// circles reports claims that depend on themselves through others.
func (w *placing) circles() {
	const open, done = 1, 2
	state := map[*claimEntry]int{}
	var path []*claimEntry
	var visit func(c *claimEntry)
	visit = func(c *claimEntry) {
		state[c] = open
		path = append(path, c)
		for _, e := range c.edges {
			switch {
			case e.key != "depends on":
			case state[e.to] == open:
				var ids []string
				for _, on := range append(slices.Clone(path[slices.Index(path, e.to):]), e.to) {
					ids = append(ids, on.made.ID)
				}
				w.report(diag.Errorf(e.at, "these claims depend on one another in a circle: %s", strings.Join(ids, " → ")).
					WithHint("take one of these lines away"))
			case state[e.to] != done:
				visit(e.to)
			}
		}
		path = path[:len(path)-1]
		state[c] = done
	}
	for _, c := range w.claims {
		if state[c] != done {
			visit(c)
		}
	}
}

// falls lists for every claim what depends on it, through any number of steps.
func (w *placing) falls() {
	resting := map[*claimEntry][]*claimEntry{}
	for _, c := range w.claims {
		for _, e := range c.edges {
			if e.key == "depends on" {
				resting[e.to] = append(resting[e.to], c)
			}
		}
	}
	for base := range maps.Keys(resting) {
		seen := map[*claimEntry]bool{base: true}
		for level, steps := []*claimEntry{base}, 1; len(level) > 0; steps++ {
			var next []*claimEntry
			for _, through := range level {
				for _, c := range resting[through] {
					if seen[c] {
						continue
					}
					seen[c] = true
					f := Fall{Ref: c.ref, Steps: steps}
					if through != base {
						f.Through = through.ref
					}
					base.claim.Falls = append(base.claim.Falls, f)
					next = append(next, c)
				}
			}
			level = next
		}
	}
}
