package site

import (
	"fmt"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/text"
)

// maxNamed is the number of pages that a claim may be about, and of its holders. The map
// joins each two of the former; the latter are compared with those of contradicting claims.
const maxNamed = 200

// resolveLine resolves the names in one line of a record and stores the result in the claim.
func (w *placing) resolveLine(c *claimEntry, l *content.Line) {
	var refs []*Ref
	seen := make(map[*Ref]bool, len(l.Names))
	for i := range l.Names {
		n := &l.Names[i]
		to := w.resolveName(c, l.Key, n)
		if to == nil {
			continue
		}
		switch {
		case slices.Contains(content.Relations[:], l.Key):
			w.addEdge(c, l, n, w.claimOf[to])
			continue
		case l.Key == content.Replaced:
			w.addSuccessor(c, n, w.claimOf[to])
			continue
		case seen[to.ref] || l.Key == "about" && w.related[relation{c, to, l.Key}] != nil:
			w.reportDuplicate(c, l.Key, n)
			continue
		}
		seen[to.ref] = true
		if l.Key == "checked" && !w.checkedOnce(c, l, n, to) {
			continue
		}
		refs = append(refs, to.ref)
		switch l.Key {
		case "source":
			w.addCite(c, l, n, to)
		case "about":
			w.related[relation{c, to, l.Key}] = l
		}
	}
	if l.Key == "about" {
		refs = append(slices.Clone(c.claim.About), refs...)
	}
	if (l.Key == "about" || l.Key == "held by") && len(refs) > maxNamed {
		w.report(diag.Errorf(c.at(&l.Names[0]), "claim %q, %s: more than %d pages", c.name(), l.Key, maxNamed).
			WithHint("divide it, or name a page that stands for them all"))
		refs = refs[:maxNamed]
	}
	verdict := Verdict{l.Word, refs, l.Note}
	switch l.Key {
	case "held by":
		c.claim.HeldBy, c.claim.HeldNote = refs, l.Note
	case "about":
		if l.Note != "" {
			for _, r := range refs[len(c.claim.About):] {
				c.claim.Noted = append(c.claim.Noted, Noted{r, l.Note})
			}
		}
		c.claim.About = refs
	case "addressee":
		c.claim.Addressees = refs
	case "outcome":
		c.claim.Outcome = verdict
	case "cause":
		c.claim.Cause = verdict
	case "checked":
		c.claim.Checks = append(c.claim.Checks, verdict)
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

// checkedOnce reports a source that two lines name as the same result of a check, or as
// agreeing and disputing where no note says in what. It returns false for the former.
func (w *placing) checkedOnce(c *claimEntry, l *content.Line, n *content.Name, to *entry) bool {
	const agrees, disputed = "agrees with", "disputed by"
	if w.related[relation{c, to, l.Word}] != nil {
		w.reportDuplicate(c, l.Key, n)
		return false
	}
	w.related[relation{c, to, l.Word}] = l
	if a, d := w.related[relation{c, to, agrees}], w.related[relation{c, to, disputed}]; a != nil && d != nil && (l == a || l == d) && (a.Note == "" || d.Note == "") {
		w.report(diag.Warningf(c.at(n), "claim %q, checked: %q agrees in line %d and disputes in line %d", c.name(), n.Target, a.Names[0].Line, d.Names[0].Line).
			WithHint("keep one of the two, or say in both in what: checked: agrees with [[%s]] — on the date", to.ref.ID))
	}
	return true
}

// recordKinds maps a key of a record to the kind of page it names.
var recordKinds = map[string]kind.Kind{
	"source": kind.Source, "checked": kind.Source, "outcome": kind.Source, "cause": kind.Source,
	"held by": kind.Actor, "addressee": kind.Actor,
}

// resolveName finds the page or claim that a record names. It reports an error and
// returns nil if there is none or if the key does not allow it.
func (w *placing) resolveName(c *claimEntry, key string, n *content.Name) *entry {
	want, relation := recordKinds[key], key == content.Replaced || slices.Contains(content.Relations[:], key)
	if relation {
		want = kind.Claim
	}
	to, t, found := w.resolveLink(c.page, &n.Link, want)
	if relation && to != nil && t.Fragment != "" { // a link to the claim in the text
		if claim := first(w.byID[text.Fold(t.Fragment)]); w.claimOf[claim] != nil {
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

// addCite adds a source and its cited paragraphs to a claim. It reports paragraphs that
// the source's page does not list.
func (w *placing) addCite(c *claimEntry, l *content.Line, n *content.Name, source *entry) {
	if w.related[relation{c, source, "source"}] != nil {
		w.reportDuplicate(c, "source", n)
		return
	}
	w.related[relation{c, source, "source"}] = l
	c.claim.Cites = append(c.claim.Cites, Cite{source.ref, n.Places})
	listed := source.doc.Front.Passages
	at := c.at(n)
	if len(n.Places) == 0 && len(listed) > 0 {
		w.report(diag.Errorf(at, "claim %q names no paragraph of %q", c.name(), source.ref.ID).
			WithHint("add it: [[%s]] ¶%d", source.ref.ID, listed[0].N))
	}
	seen := map[content.Place]bool{} // sentences, and paragraphs as a whole, or with -1 in part
	for _, place := range n.Places {
		passage := w.passagesOf(source)[place.N]
		if passage == nil {
			w.report(diag.Errorf(at, "claim %q cites ¶%d of %q, which does not list it", c.name(), place.N, source.ref.ID).
				WithHint("%s", listHint(source, listed)))
			continue
		}
		if n := len(passage.Sentences); place.From > place.To || place.To > n || place.From == 0 && place.To > 0 {
			w.report(diag.Errorf(at, "claim %q cites ¶%s of %q, which lists %s there", c.name(), place, source.ref.ID, diag.Number(n, "sentence")).
				WithHint("sentences are counted from 1, as listed under `sentences` in %s", source.doc.Path))
			continue
		}
		part := content.Place{N: place.N, To: -1}
		twice := seen[content.Place{N: place.N}] || place.From == 0 && seen[part]
		for k := place.From; k <= place.To; k++ {
			one := content.Place{N: place.N, From: k, To: k}
			twice, seen[one] = twice || seen[one], true
		}
		if seen[part] = true; twice {
			w.report(diag.Errorf(at, "claim %q cites ¶%s of %q twice", c.name(), place, source.ref.ID).WithHint("cite it once"))
			continue
		}
		c.claim.Passages = append(c.claim.Passages, Passage{source.ref, place, passage.Gist, len(passage.Sentences)})
	}
}

// listHint names the first paragraphs that a source lists.
func listHint(source *entry, listed []frontmatter.Passage) string {
	if len(listed) == 0 {
		return fmt.Sprintf("list it under `passages` in %s", source.doc.Path)
	}
	var numbers []string
	for _, p := range listed[:min(len(listed), 30)] {
		numbers = append(numbers, fmt.Sprintf("¶%d", p.N))
	}
	hint := "it lists " + strings.Join(numbers, ", ")
	if len(listed) > len(numbers) {
		hint += fmt.Sprintf(" and %d more", len(listed)-len(numbers))
	}
	return hint
}

// passagesOf returns the passages that a source lists, by number.
func (w *placing) passagesOf(source *entry) map[int]*frontmatter.Passage {
	if w.passages[source] == nil {
		w.passages[source] = map[int]*frontmatter.Passage{}
		for i, p := range slices.Backward(source.doc.Front.Passages) { // of equal numbers the first counts
			w.passages[source][p.N] = &source.doc.Front.Passages[i]
		}
	}
	return w.passages[source]
}

// addEdge adds a relation from the claim to another claim.
func (w *placing) addEdge(c *claimEntry, l *content.Line, n *content.Name, to *claimEntry) {
	at := c.at(n)
	switch {
	case to == c:
		w.report(diag.Errorf(at, "claim %q, %s: this is the claim itself", c.name(), l.Key).WithHint("name another claim"))
	case w.related[relation{c, &to.entry, l.Key}] != nil:
		w.reportDuplicate(c, l.Key, n)
	default:
		w.related[relation{c, &to.entry, l.Key}] = l
		e := edge{l.Key, to, l.Note, at}
		if c.stated = append(c.stated, e); !c.written.Gone() && !to.written.Gone() {
			c.edges = append(c.edges, e)
		} else if !c.written.Gone() {
			w.report(diag.Warningf(at, "claim %q, %s: %q is withdrawn or replaced", c.name(), l.Key, to.name()).WithHint("name its successor, or take the line away"))
		}
	}
}

// addSuccessor adds a claim that replaces another one.
func (w *placing) addSuccessor(c *claimEntry, n *content.Name, to *claimEntry) {
	if slices.Contains(c.claim.Ended.By, to.ref) {
		w.reportDuplicate(c, content.Replaced, n)
		return
	}
	if to == c || to.written.Gone() {
		w.report(diag.Errorf(c.at(n), "claim %q, %s: %q is no claim that still stands", c.name(), content.Replaced, to.name()).WithHint("name the claim that stands in its place now"))
		return
	}
	c.claim.Ended.By = append(c.claim.Ended.By, to.ref)
	to.claim.Replaces = append(to.claim.Replaces, c.ref)
}
