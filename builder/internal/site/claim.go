package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/text"
)

// Statement is a claim as lists of claims show it. Its Ref is the claim's own
// page, with the kind of statement as Type.
type Statement struct {
	*Ref
	ToldOn   *Ref // the page in whose text it is, at the anchor Ref.ID
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
	Dependents []Dependent     // what depends on it, nearest first
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

// Dependent is a claim that would fall with another: at 1 step it depends on that
// claim itself, at more through Through.
type Dependent struct {
	*Ref
	Steps   int
	Through *Ref
}

// PlacedClaim is a claim together with what its author wrote, for checks.
type PlacedClaim struct {
	*Claim
	Written *content.Claim
	Doc     *content.Document // that it is in
}

// claimEntry is a claim on its way to becoming a page.
type claimEntry struct {
	entry   // of its text alone
	key     string
	written *content.Claim
	page    *entry
	claim   *Claim
	names   []name
	edges   []edge
}

// name is how messages name the claim.
func (c *claimEntry) name() string { return cmp.Or(c.written.ID, c.written.Title) }

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
	links *links // of the page that it is on
	first int    // of them
	names *text.Names[*Ref]
}

// enterClaims gives each claim its Ref and files it under its id, behind all
// pages: they share one name space.
func (w *placing) enterClaims() {
	for _, page := range w.entries {
		for i := range page.doc.Claims {
			written := &page.doc.Claims[i]
			c := &claimEntry{written: written, page: page, key: strings.ToLower(written.ID)}
			c.doc, c.ref = written.Body, &Ref{
				ID: written.ID, URL: address(claimFolder+"/"+written.ID+"/", w.in.Portable), Title: written.Title,
				Kind: kind.Claim, Type: string(written.Kind), Lang: page.ref.Lang, Dir: page.ref.Dir,
			}
			w.fileClaim(c, i)
			w.claims = append(w.claims, c)
			page.claims = append(page.claims, c)
		}
	}
	slices.SortStableFunc(w.claims, func(a, b *claimEntry) int {
		if a.page == b.page {
			return 0
		}
		return cmp.Or(cmp.Compare(rank(a.page.ref), rank(b.page.ref)), InOrder(a.page.ref, b.page.ref))
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
	if c.written.ID != "" && other == nil {
		w.byID[c.key] = &c.entry
		w.claimOf[&c.entry] = c
		return
	}
	c.key = fmt.Sprintf("%s#%d", c.page.doc.Path, i)
	if c.written.ID == "" || w.claimOf[other] != nil && other.doc.Path == c.page.doc.Path && other.ref.ID == c.written.ID {
		return // reported when it was parsed
	}
	by := other.doc.Path
	if w.claimOf[other] != nil {
		by = "a claim in " + by
	}
	w.report(diag.Errorf(c.written.At, "the id %q is taken by %s", c.written.ID, by).
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
		c.claim = &Claim{Statement: &Statement{Ref: c.ref, ToldOn: c.page.ref, Wording: c.written.Wording.Text}, Horizon: c.written.Horizon.Text}
		if c.written.Kind == content.Forecast {
			c.claim.Outcome.Word = "open"
		}
		for i := range c.written.Lines {
			w.line(c, &c.written.Lines[i])
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
		return c.key, claimInput{c.doc, c.ref, c.page.links, c.written.Link, names}
	}, func(_ int, in claimInput) []name {
		return findNames(in.names, body{doc: in.doc, links: in.links.targets[in.first:][:len(in.doc.Links)]}, in.ref)
	})
	for i, c := range w.claims {
		c.names = found[i]
	}
}

// targets are where the links in the claim's text lead.
func (c *claimEntry) targets() []target {
	return c.page.links.targets[c.written.Link:][:len(c.doc.Links)]
}
