package site

import (
	"cmp"
	"fmt"
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/memo"
	"analysis/builder/internal/text"
)

// Statement is a claim as lists of claims show it. Its Ref is the claim's own
// page; Ref.Type is the kind of the claim.
type Statement struct {
	*Ref
	ToldOn   *Ref // the page whose text contains it, at the anchor Ref.ID
	HeldBy   []*Ref
	HeldNote string // who exactly: "an unnamed official"
	Cites    []Cite
	Wording  string // the hedge that the source uses, "" if the record gives none
	Outcomed string // of a forecast: the word of its outcome, "open" if the record has none
	Caused   string // of a forecast: whether the cause that it names is shown, a word of content.Causes
	Answer   string // what other accounts say instead: "one dead, or none"
	Result   string // what other accounts make of it: a word of Results
	Reports  Reports
	Opposed  int  // number of claims of other holders that contradict it
	Gone     bool // it was withdrawn or replaced: only its own page and the text show it
}

// Results are the words for what other accounts make of a claim. The first one that
// fits counts: a source disputes it or a claim of another holder contradicts it; a
// source agrees in part; one agrees; no source that was read says anything of it; it was
// set beside nothing.
var Results = [...]string{"disputed", "part", "agreed", "nothing", "unchecked"}

// Reports counts the sources that a claim was set beside. A source that agrees in one
// thing and disputes another counts in both numbers, and once in All. Origins counts those
// whose accounts the sources carry; a source without an origin is its own.
type Reports struct{ All, Origins, Agree, Part, Dispute int }

// Cite is a source and where it is cited.
type Cite struct {
	Source *Ref
	Places []content.Place // empty if the whole source is cited
}

// Has reports whether a sentence of the source's n-th paragraph is cited, by its number or
// with the whole paragraph.
func (c Cite) Has(n, sentence int) bool {
	return slices.ContainsFunc(c.Places, func(p content.Place) bool { return p.N == n && p.Has(sentence) })
}

// Claim is a claim with everything that its own page shows.
type Claim struct {
	*Statement
	Passages   []Passage
	About      []*Ref
	Noted      []Noted // pages of About with a note
	Addressees []*Ref
	Horizon    string
	Unhedged   string  // why Wording is "none" although the source has a hedge there, or another note on it
	Outcome    Verdict // of a forecast; its Word is "open" if the record has no outcome
	Cause      Verdict // of a forecast with an outcome: its Word is one of content.Causes or empty
	Likely     string  // of a forecast: the probability that the source prints
	Checks     []Verdict
	Relations  []ClaimRelation // in the order of content.Relations; inverse ones after the others
	Dependents []Dependent     // the claims that depend on it, nearest first, at most maxDependents
	Said       Said            // what it says, with its version
	Was        []string        // its former ids
	Ended      Ended           // if it is gone
	Replaces   []*Ref          // the claims in whose place it stands

	MoreDependents bool // there are more than Dependents lists
}

// By returns the horizon of a forecast as a date, which may have words: "2025-06-30", "none given".
func (c *Claim) By() frontmatter.Date { return frontmatter.Date(c.Horizon) }

// Version returns the first 8 hex digits of the SHA-256 of what the claim says, see Said.
func (c *Claim) Version() string { return c.Said.Version }

// Passage is a cited place of a source, with our one-line summary of its paragraph.
type Passage struct {
	Source *Ref
	content.Place
	Gist string
	Of   int // number of sentences that the source's page lists for the paragraph
}

// Noted is a page that a claim is about, with the record's note on it.
type Noted struct {
	*Ref
	Note string
}

// Verdict is the result of comparing a claim with other sources.
type Verdict struct {
	Word    string
	Sources []*Ref
	Note    string
}

// ClaimRelation is a relation from a claim to the claim in its field Claim, or from
// that one if Inverse is set. "contradicts" is symmetric and never inverse.
type ClaimRelation struct {
	Key     string
	Inverse bool
	Claim   *Statement
	Note    string
}

// Ended says how a claim ended.
type Ended struct {
	On     frontmatter.Date // "" if it was replaced without being withdrawn
	Reason string
	By     []*Ref // the claims that replace it
}

// maxDependents bounds the lists of dependents, whose total length would otherwise grow
// with the square of the number of claims.
const maxDependents = 100

// Dependent is a claim that depends on another claim, directly or through others.
type Dependent struct {
	*Statement
	Steps   int  // 1 if it depends on the other claim directly
	Through *Ref // the claim it depends on directly, nil at 1 step
}

// PlacedClaim is a claim together with its source text, for checks.
type PlacedClaim struct {
	*Claim
	Written *content.Claim
	Doc     *content.Document // the Document that contains it
}

// claimEntry is a claim on its way to becoming a page.
type claimEntry struct {
	entry   // for the claim's own text only
	key     string
	written *content.Claim
	page    *entry
	claim   *Claim
	names   []name
	edges   []edge // to other claims, unless one of the two is gone
	stated  []edge // all that the record states
}

// name returns the claim's id for messages, or its title if it has no id.
func (c *claimEntry) name() string { return cmp.Or(c.written.ID, c.written.Title) }

// edge is a relation as the author wrote it.
type edge struct {
	key  string
	to   *claimEntry
	note string
	at   diag.Position
}

// relation is what a record states once: that a claim names a page or claim under a key.
type relation struct {
	from *claimEntry
	to   *entry
	key  string
}

// claimTables remember results for claims by claimEntry.key.
type claimTables struct {
	refs       memo.Table[string, *Ref, *Ref]
	bodies     memo.Table[string, *content.Document, *content.Document]
	names      memo.Table[string, claimNamesInput, []name]
	statements memo.Table[string, *Statement, *Statement]
	claims     memo.Table[string, *Claim, *Claim]
}

func (t *claimTables) setComparisons() {
	t.refs.SameIn, t.bodies.SameIn = sameValue, deeplySame
	t.names.SameIn, t.names.SameOut = memo.Equal, same
	t.statements.SameIn, t.claims.SameIn = (*Statement).same, (*Claim).same
}

// claimNamesInput is everything that the names in the text of a claim depend on.
type claimNamesInput struct {
	doc   *content.Document
	ref   *Ref
	links *links // the links of the claim's page
	first int    // index of the claim's first link
	names *text.Names[*Ref]
}

// registerClaims gives each claim a Ref and adds it to the index by id. It runs
// after registerPages, because a page keeps its id if a claim has the same one.
func (w *placing) registerClaims() {
	for _, page := range w.entries {
		for i := range page.doc.Claims {
			written := &page.doc.Claims[i]
			c := &claimEntry{written: written, page: page, key: text.Fold(written.ID)}
			c.doc, c.ref = written.Body, &Ref{
				ID: written.ID, URL: address(claimFolder+"/"+written.ID+"/", w.in.Portable), Title: written.Title,
				Kind: kind.Claim, Type: string(written.Kind), Lang: page.ref.Lang, Dir: page.ref.Dir, order: w.collation.Key(written.Title),
			}
			w.registerClaim(c, i)
			for _, id := range written.Formerly() {
				w.former[text.Fold(id)] = written.ID
			}
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
	refs := reuse(&w.Placer.claims.refs, w.claims, func(c *claimEntry) *Ref { return c.ref })
	bodies := reuse(&w.Placer.claims.bodies, w.claims, func(c *claimEntry) *content.Document { return c.doc })
	for i, c := range w.claims {
		c.ref, c.doc = refs[i], bodies[i]
	}
}

// reuse returns the value of each claim, or the pointer of the previous build if
// its value is the same.
func reuse[T any](t *memo.Table[string, T, T], claims []*claimEntry, of func(*claimEntry) T) []T {
	reused, _ := t.Map(len(claims), func(i int) (string, T) { return claims[i].key, of(claims[i]) }, func(_ int, v T) T { return v })
	return reused
}

// registerClaim adds the i-th claim of a text to the index. If its id is missing or
// taken, its key is made of the file's path and i instead.
func (w *placing) registerClaim(c *claimEntry, i int) {
	other := first(w.byID[c.key])
	if c.written.ID != "" && other == nil {
		w.byID[c.key] = []*entry{&c.entry}
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

// claimFolder is the folder of the claims' own pages.
const claimFolder = "claims"

// rank sorts claims in sections of the analysis before those on other pages.
func rank(r *Ref) int {
	if r.Kind == kind.Section {
		return 0
	}
	return 1
}

// resolveClaims resolves the records of all claims and the relations between them.
func (w *placing) resolveClaims() {
	for _, c := range w.claims {
		c.claim = newClaim(c)
	}
	for _, c := range w.claims {
		for i := range c.written.Lines {
			w.resolveLine(c, &c.written.Lines[i])
		}
	}
	w.addResults()
	for _, c := range w.claims {
		c.claim.Said = c.said()
	}
	statements := reuse(&w.Placer.claims.statements, w.claims, func(c *claimEntry) *Statement { return c.claim.Statement })
	for i, c := range w.claims {
		c.claim.Statement = statements[i]
	}
	w.addClaimRelations()
	w.reportCircles()
	w.addDependents()
	claims := reuse(&w.Placer.claims.claims, w.claims, func(c *claimEntry) *Claim { return c.claim })
	for i, c := range w.claims {
		c.claim = claims[i]
	}
}

// newClaim returns a Claim with what its record says without naming a page.
func newClaim(c *claimEntry) *Claim {
	r := c.written
	day, reason, _ := r.WithdrawnOn()
	claim := &Claim{
		Statement: &Statement{Ref: c.ref, ToldOn: c.page.ref, Wording: r.Wording.Text, Answer: r.Answer.Text, Gone: r.Gone()},
		Horizon:   r.Horizon.Text, Unhedged: r.WordingNote, Likely: r.Probability.Text,
		Was: r.Formerly(), Ended: Ended{On: day, Reason: reason},
	}
	if r.Kind == content.Forecast {
		claim.Outcome.Word = "open"
	}
	return claim
}

// findClaimNames finds the names to link in the texts of claims.
func (w *placing) findClaimNames(names *text.Names[*Ref]) {
	found, _ := w.Placer.claims.names.Map(len(w.claims), func(i int) (string, claimNamesInput) {
		c := w.claims[i]
		return c.key, claimNamesInput{c.doc, c.ref, c.page.links, c.written.Link, names}
	}, func(_ int, in claimNamesInput) []name {
		return findNames(in.names, body{doc: in.doc, links: in.links.targets[in.first:][:len(in.doc.Links)]}, in.ref)
	})
	for i, c := range w.claims {
		c.names = found[i]
	}
}

// targets returns the targets of the links in the claim's text.
func (c *claimEntry) targets() []target {
	return c.page.links.targets[c.written.Link:][:len(c.doc.Links)]
}
