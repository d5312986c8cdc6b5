package site

import (
	"cmp"
	"iter"
	"slices"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
)

// addClaimRelations adds every relation to both of its claims.
func (w *placing) addClaimRelations() {
	for _, c := range w.claims {
		for _, e := range c.edges {
			symmetric := e.key == "contradicts"
			c.claim.Relations = append(c.claim.Relations, ClaimRelation{e.key, false, e.to.claim.Statement, e.note})
			e.to.claim.Relations = append(e.to.claim.Relations, ClaimRelation{e.key, !symmetric, c.claim.Statement, e.note})
		}
	}
	order := map[*Statement]int{}
	for i, c := range w.claims {
		order[c.claim.Statement] = i
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
				cmp.Compare(slices.Index(content.Relations[:], a.Key), slices.Index(content.Relations[:], b.Key)),
				cmp.Compare(direction(a), direction(b)), cmp.Compare(order[a.Claim], order[b.Claim]),
			)
		})
		c.claim.Relations = joinRelations(c.claim.Relations)
	}
}

// joinRelations makes one relation of two that both records state, with the notes of both.
// Equal relations are neighbours in the list.
func joinRelations(list []ClaimRelation) []ClaimRelation {
	joined := list[:0]
	for _, r := range list {
		last := len(joined) - 1
		if last < 0 || joined[last].Key != r.Key || joined[last].Inverse != r.Inverse || joined[last].Claim != r.Claim {
			joined = append(joined, r)
		} else if old := &joined[last]; old.Note == "" {
			old.Note = r.Note
		} else if r.Note != "" && r.Note != old.Note {
			old.Note += "; " + r.Note
		}
	}
	return joined
}

// dependencies returns the claims that each claim depends on.
func (w *placing) dependencies(c *claimEntry) iter.Seq[*claimEntry] {
	return func(yield func(*claimEntry) bool) {
		for _, e := range c.edges {
			if e.key == "depends on" && !yield(e.to) {
				return
			}
		}
	}
}

// reportCircles reports claims that depend on themselves through other claims. Of
// claims that all depend on one another it reports one circle.
func (w *placing) reportCircles() {
	for _, circle := range circles(w.claims, w.dependencies) {
		last := circle[len(circle)-1]
		at := last.edges[slices.IndexFunc(last.edges, func(e edge) bool { return e.key == "depends on" && e.to == circle[0] })].at
		w.report(diag.Errorf(at, "these claims depend on one another in a circle: %s", circleText(circle, (*claimEntry).name)).
			WithHint("take one of these lines away"))
	}
}

// repeated returns a function that returns the same claim for all claims that repeat one
// another, directly or through others.
func (w *placing) repeated() func(*claimEntry) *claimEntry {
	up := map[*claimEntry]*claimEntry{} // a forest, in which find halves the paths that it follows
	find := func(c *claimEntry) *claimEntry {
		for up[c] != nil {
			if next := up[up[c]]; next != nil {
				up[c] = next
			}
			c = up[c]
		}
		return c
	}
	for _, c := range w.claims {
		for _, e := range c.edges {
			if a, b := find(c), find(e.to); e.key == "repeats" && a != b {
				up[b] = a
			}
		}
	}
	return find
}

// addDependents sets the Dependents of every claim, by breadth-first search. What depends
// on a claim depends on those that repeat it as well.
func (w *placing) addDependents() {
	same, dependents := w.repeated(), map[*claimEntry][]*claimEntry{}
	for _, c := range w.claims {
		for on := range w.dependencies(c) {
			dependents[same(on)] = append(dependents[same(on)], c)
		}
	}
	for _, c := range w.claims {
		if dependents[same(c)] != nil {
			c.claim.setDependents(c, same, dependents)
		}
	}
}

// setDependents sets the Dependents of base, which is the entry of c.
func (c *Claim) setDependents(base *claimEntry, same func(*claimEntry) *claimEntry, dependents map[*claimEntry][]*claimEntry) {
	seen := map[*claimEntry]bool{base: true}
	for level, steps := []*claimEntry{base}, 1; len(level) > 0; steps++ {
		var next []*claimEntry
		for _, through := range level {
			for _, e := range dependents[same(through)] {
				if seen[e] || same(e) == same(base) {
					continue
				}
				if len(c.Dependents) == maxDependents {
					c.MoreDependents = true
					return
				}
				seen[e] = true
				d := Dependent{Statement: e.claim.Statement, Steps: steps}
				if through != base {
					d.Through = through.ref
				}
				c.Dependents = append(c.Dependents, d)
				next = append(next, e)
			}
		}
		level = next
	}
}
