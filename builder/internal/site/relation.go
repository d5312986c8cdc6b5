package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
)

// addClaimRelations adds every relation to both of its claims.
func (w *placing) addClaimRelations() {
	for _, c := range w.claims {
		for _, e := range c.edges {
			symmetric := e.key == "contradicts"
			c.claim.addRelation(ClaimRelation{e.key, false, e.to.ref, e.note})
			e.to.claim.addRelation(ClaimRelation{e.key, !symmetric, c.ref, e.note})
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
				cmp.Compare(slices.Index(content.Relations[:], a.Key), slices.Index(content.Relations[:], b.Key)),
				cmp.Compare(direction(a), direction(b)), cmp.Compare(order[a.Claim], order[b.Claim]),
			)
		})
	}
}

// addRelation adds a relation. If both records state it, it joins their notes.
func (c *Claim) addRelation(r ClaimRelation) {
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

// reportCircles reports claims that depend on themselves through other claims.
func (w *placing) reportCircles() {
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
					ids = append(ids, on.written.ID)
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

// addDependents sets the Dependents of every claim, by breadth-first search.
func (w *placing) addDependents() {
	dependents := map[*claimEntry][]*claimEntry{}
	for _, c := range w.claims {
		for _, e := range c.edges {
			if e.key == "depends on" {
				dependents[e.to] = append(dependents[e.to], c)
			}
		}
	}
	for base := range maps.Keys(dependents) {
		seen := map[*claimEntry]bool{base: true}
		for level, steps := []*claimEntry{base}, 1; len(level) > 0; steps++ {
			var next []*claimEntry
			for _, through := range level {
				for _, c := range dependents[through] {
					if seen[c] {
						continue
					}
					seen[c] = true
					d := Dependent{Ref: c.ref, Steps: steps}
					if through != base {
						d.Through = through.ref
					}
					base.claim.Dependents = append(base.claim.Dependents, d)
					next = append(next, c)
				}
			}
			level = next
		}
	}
}
