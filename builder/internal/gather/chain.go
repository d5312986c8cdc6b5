package gather

import (
	"cmp"
	"slices"
	"strings"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/site"
)

// Chain is how claims lead to one another.
type Chain struct {
	Arguments []Argument // the longest first
	Joined    int        // claims in them
	All       int        // claims on the site
}

// Argument is claims that hang together: each leads to, supports or is needed
// for another.
type Argument struct {
	End    *site.Statement // the last claim to which most others lead
	Claims []ChainClaim    // in the order of the analysis
	Steps  []Step          // the claims to which none leads, each with what follows
}

// ChainClaim is a claim and its links to those that follow from it.
type ChainClaim struct {
	*site.Statement
	Links []ChainLink
}

// ChainLink is a relation from the claim that goes before to the one that follows
// from it.
type ChainLink struct {
	site.ClaimRelation           // seen from the claim that goes before
	By                 *site.Ref // the claim whose record says so
	to                 int       // the number of the one at the other end
}

// Step is a claim in the nested lists. A claim that follows from several is
// listed with all that follows from it where it comes first; elsewhere Again is
// set.
type Step struct {
	*site.Statement
	Relation site.ClaimRelation // how the claim above leads to it; none at the top
	Again    bool
	Next     []Step
}

// chain gathers the arguments.
func chain(s *site.Site) *Chain {
	g := newGraph(s.Claims)
	ch := &Chain{All: len(g.claims)}
	seen := make([]bool, len(g.claims))
	for i := range g.claims {
		if seen[i] || len(g.after[i])+len(g.before[i]) == 0 {
			continue
		}
		together := reach(i, g.after, g.before)
		for _, n := range together {
			seen[n] = true
		}
		ch.Joined += len(together)
		ch.Arguments = append(ch.Arguments, g.argument(together))
	}
	slices.SortStableFunc(ch.Arguments, func(a, b Argument) int { return cmp.Compare(len(b.Claims), len(a.Claims)) })
	return ch
}

// graph is the claims and how they lead to one another. It knows them by number.
type graph struct {
	claims        []site.PlacedClaim
	after, before [][]ChainLink // of each claim, in the order of its relations
}

// newGraph turns the relations of claims into links: a claim goes before those
// that it leads to, that it supports, and that depend on it.
func newGraph(claims []site.PlacedClaim) *graph {
	g := &graph{claims, make([][]ChainLink, len(claims)), make([][]ChainLink, len(claims))}
	at := numbers(claims)
	for i, c := range claims {
		for _, r := range c.Relations {
			from, link := g.before, ChainLink{r, c.Ref, at[r.Claim]}
			if r.Inverse == (r.Key == "depends on") { // what depends on a claim follows from it
				from = g.after
			}
			if r.Inverse {
				link.By = r.Claim
			}
			if r.Key == "leads to" || r.Key == "supports" || r.Key == "depends on" {
				from[i] = append(from[i], link)
			}
		}
	}
	return g
}

// reach is a claim with all that can be reached from it by links, ascending.
func reach(n int, ways ...[][]ChainLink) []int {
	found, seen := []int{n}, map[int]bool{n: true}
	for i := 0; i < len(found); i++ {
		for _, links := range ways {
			for _, l := range links[found[i]] {
				if !seen[l.to] {
					seen[l.to] = true
					found = append(found, l.to)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

// argument makes an Argument of claims that hang together. It counts what leads
// to each claim that leads nowhere, so it takes at most the square of their number.
func (g *graph) argument(together []int) Argument {
	a := Argument{Steps: g.steps(together)}
	most := 0
	for _, n := range together {
		c := ChainClaim{g.claims[n].Statement, slices.Clone(g.after[n])}
		for i := range c.Links {
			c.Links[i].to, _ = slices.BinarySearch(together, c.Links[i].to)
		}
		a.Claims = append(a.Claims, c)
		if len(c.Links) == 0 {
			if before := len(reach(n, g.before)); before > most {
				a.End, most = c.Statement, before
			}
		}
	}
	if a.End == nil { // they lead to one another in a circle
		a.End = a.Claims[len(a.Claims)-1].Statement
	}
	return a
}

// steps lists the claims of an argument under those that lead to them.
func (g *graph) steps(together []int) []Step {
	var list []Step
	seen := map[int]bool{}
	for _, first := range []bool{true, false} { // those that are in a circle have no first
		for _, n := range together {
			if !seen[n] && (len(g.before[n]) == 0 || !first) {
				list = append(list, g.step(ChainLink{to: n}, seen))
			}
		}
	}
	return list
}

// step lists a claim with what follows from it; by leads to it.
func (g *graph) step(by ChainLink, seen map[int]bool) Step {
	s := Step{Statement: g.claims[by.to].Statement, Relation: by.ClaimRelation, Again: seen[by.to]}
	if !s.Again {
		seen[by.to] = true
		for _, l := range g.after[by.to] {
			s.Next = append(s.Next, g.step(l, seen))
		}
	}
	return s
}

// Drawing has a box for each claim, with its holders at the foot and a path for
// each of its links.
func (a Argument) Drawing() drawing.LayeredGraph {
	var texts []drawing.Text
	var arrows []drawing.Arrow
	for i, c := range a.Claims {
		var holders []string
		for _, h := range c.HeldBy {
			holders = append(holders, h.Title)
		}
		texts = append(texts, drawing.Text{Title: c.Title, Foot: strings.Join(holders, ", ")})
		for _, l := range c.Links {
			arrows = append(arrows, drawing.Arrow{From: i, To: l.to})
		}
	}
	return drawing.NewLayeredGraph(texts, arrows)
}
