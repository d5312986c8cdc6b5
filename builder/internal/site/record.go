package site

import (
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
)

// resolveLine resolves the names in one line of a record and stores the result in the claim.
func (w *placing) resolveLine(c *claimEntry, l *content.Line) {
	var refs []*Ref
	for i := range l.Names {
		n := &l.Names[i]
		to := w.resolveName(c, l.Key, n)
		if to == nil {
			continue
		}
		if slices.Contains(content.Relations[:], l.Key) {
			w.addEdge(c, l, n, w.claimOf[to])
			continue
		}
		if slices.Contains(refs, to.ref) {
			w.reportDuplicate(c, l.Key, n)
			continue
		}
		refs = append(refs, to.ref)
		if l.Key == "source" {
			w.addCite(c, n, to)
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

// at returns the position of a name in a record.
func (c *claimEntry) at(n *content.Name) diag.Position {
	return diag.Position{File: c.page.doc.Path, Line: n.Line, Column: n.Column}
}

// reportDuplicate reports a page or claim that a record names twice under a key.
func (w *placing) reportDuplicate(c *claimEntry, key string, n *content.Name) {
	w.report(diag.Errorf(c.at(n), "claim %q, %s: %q is named twice", c.name(), key, n.Target).
		WithHint("name it once"))
}

// recordKinds maps a key of a record to the kind of page it names.
var recordKinds = map[string]kind.Kind{
	"source": kind.Source, "checked": kind.Source, "outcome": kind.Source,
	"held by": kind.Actor, "addressee": kind.Actor,
}

// resolveName finds the page or claim that a record names. It reports an error and
// returns nil if there is none or if the key does not allow it.
func (w *placing) resolveName(c *claimEntry, key string, n *content.Name) *entry {
	want, relation := recordKinds[key], slices.Contains(content.Relations[:], key)
	if relation {
		want = kind.Claim
	}
	t, found := w.resolveLink(c.page, &n.Link, want)
	to := w.entryOf(t)
	if relation && to != nil && t.Fragment != "" { // a link to the claim in the text
		if claim := w.byID[strings.ToLower(t.Fragment)]; claim != nil && w.claimOf[claim] != nil {
			to = claim
		}
	}
	switch {
	case found.Message != "":
		if found.Hint == "" && t.Ref == nil {
			found.Hint = "bring its page back, or name another"
		}
	case to == nil:
		found.Message, found.Hint = quote(n.Target)+" is a file and no page", "name a page"
	case want != "" && to.ref.Kind != want:
		found = wrongKind(to.ref.ID, to, want)
		if relation {
			found.unknown, found.Hint = unknown{name: n.Target, among: string(want)}, "name a claim; a page may stand under `about`"
		}
	case to.ref.Kind == kind.Claim && !relation:
		found.Message = quote(to.ref.ID) + " is a claim and no page"
		found.Hint = "put it under a relation: " + strings.Join(content.Relations[:], ", ")
	default:
		return to
	}
	found.Message = fmt.Sprintf("claim %q, %s: %s", c.name(), key, found.Message)
	w.reportAt(c.at(n), found)
	return nil
}

// entryOf returns the entry of the page that a link leads to.
func (w *placing) entryOf(t target) *entry {
	if t.Ref == nil {
		return nil
	}
	return w.byID[strings.ToLower(t.Ref.ID)]
}

// addCite adds a source and its cited paragraphs to a claim. It reports paragraphs that
// the source's page does not list.
func (w *placing) addCite(c *claimEntry, n *content.Name, source *entry) {
	if slices.ContainsFunc(c.claim.Cites, func(other Cite) bool { return other.Source == source.ref }) {
		w.reportDuplicate(c, "source", n)
		return
	}
	c.claim.Cites = append(c.claim.Cites, Cite{source.ref, n.Passages})
	listed := source.doc.Front.Passages
	at := c.at(n)
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

// addEdge adds a relation from the claim to another claim.
func (w *placing) addEdge(c *claimEntry, l *content.Line, n *content.Name, to *claimEntry) {
	at := c.at(n)
	switch {
	case to == c:
		w.report(diag.Errorf(at, "claim %q, %s: this is the claim itself", c.name(), l.Key).WithHint("name another claim"))
	case slices.ContainsFunc(c.edges, func(e edge) bool { return e.key == l.Key && e.to == to }):
		w.reportDuplicate(c, l.Key, n)
	default:
		c.edges = append(c.edges, edge{l.Key, to, l.Note, at})
	}
}
