package gather

import (
	"cmp"
	"slices"
	"strings"

	"analysis/builder/internal/drawing"
	"analysis/builder/internal/site"
)

// Chain shows how claims lead to each other.
type Chain struct {
	Arguments []Argument // those with most claims first
	Joined    int        // number of claims in Arguments
	All       int        // number of claims on the site
}

// Argument is a group of claims that are connected by the relations leads to,
// supports and depends on.
type Argument struct {
	End    *site.Statement // of the claims that lead nowhere, the one that most claims lead to
	Claims []ChainClaim    // in the order of the analysis
	Steps  []Step          // End and the other claims that lead nowhere, with those before them
}

// ChainClaim is a claim and its links to the claims that follow from it.
type ChainClaim struct {
	*site.Statement
	Links []ChainLink
}

// ChainLink is a relation from a claim to a claim that follows from it.
type ChainLink struct {
	site.ClaimRelation           // as a relation of the first claim
	By                 *site.Ref // the claim whose record states the relation
	to                 int       // index of the other claim, in graph.claims or in Argument.Claims
}

// Step is a claim in the nested lists, with the claims from which it follows. Each claim
// has one Step; where it stands below another claim as well, it is in the Also of that.
type Step struct {
	*site.Statement
	Relation site.ClaimRelation // of the claim above; zero at the top
	Next     []Step             // the claims before it
	Also     []Step             // those of them that are listed elsewhere
}

// chain makes the Chain.
func chain(s *site.Site) *Chain {
	g := newGraph(s.Claims)
	ch := &Chain{All: len(g.claims)}
	seen := make([]bool, len(g.claims))
	for i := range g.claims {
		if seen[i] || len(g.after[i])+len(g.before[i]) == 0 {
			continue
		}
		together := reachable(i, g.after, g.before)
		for _, n := range together {
			seen[n] = true
		}
		ch.Joined += len(together)
		ch.Arguments = append(ch.Arguments, g.argument(together))
	}
	slices.SortStableFunc(ch.Arguments, func(a, b Argument) int { return cmp.Compare(len(b.Claims), len(a.Claims)) })
	return ch
}

// graph has the claims as nodes. It identifies them by index.
type graph struct {
	claims        []site.PlacedClaim
	after, before [][]ChainLink // links to the claims after and before each claim
}

// newGraph makes links of the relations of claims: a claim is before the claims that
// it leads to or supports, and before those that depend on it.
func newGraph(claims []site.PlacedClaim) *graph {
	g := &graph{claims, make([][]ChainLink, len(claims)), make([][]ChainLink, len(claims))}
	at := indexes(claims)
	for i, c := range claims {
		for _, r := range c.Relations {
			from, link := g.before, ChainLink{r, c.Ref, at[r.Claim.Ref]}
			if r.Inverse == (r.Key == "depends on") { // a claim that depends on this one comes after it
				from = g.after
			}
			if r.Inverse {
				link.By = r.Claim.Ref
			}
			if r.Key == "leads to" || r.Key == "supports" || r.Key == "depends on" {
				from[i] = append(from[i], link)
			}
		}
	}
	return g
}

// reachable returns the claim n and all claims that can be reached from it by some
// links, sorted.
func reachable(n int, links ...[][]ChainLink) []int {
	found, seen := []int{n}, map[int]bool{n: true}
	for i := 0; i < len(found); i++ {
		for _, from := range links {
			for _, l := range from[found[i]] {
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

// maxDrawn is the number of nodes and of links up to which an argument or a map is drawn.
// The time for a drawing grows faster than their number, and nobody could read a larger one.
const maxDrawn = 300

// Drawn reports whether the argument is small enough to be drawn.
func (a Argument) Drawn() bool {
	links := 0
	for _, c := range a.Claims {
		links += len(c.Links)
	}
	return max(len(a.Claims), links) <= maxDrawn
}

// argument makes an Argument of connected claims. In one that can be drawn it counts the
// claims before each claim that leads nowhere; of others, End is the last such claim. Where
// claims lead to each other in a circle, it is the last of them.
func (g *graph) argument(together []int) Argument {
	a, most, end := Argument{}, 0, together[len(together)-1]
	for _, n := range together {
		c := ChainClaim{g.claims[n].Statement, slices.Clone(g.after[n])}
		for i := range c.Links {
			c.Links[i].to, _ = slices.BinarySearch(together, c.Links[i].to)
		}
		a.Claims = append(a.Claims, c)
		if len(c.Links) == 0 {
			if len(together) > maxDrawn {
				end = n
			} else if before := len(reachable(n, g.before)); before > most {
				end, most = n, before
			}
		}
	}
	a.End, a.Steps = g.claims[end].Statement, g.steps(end, together)
	return a
}

// steps makes the nested lists of an argument, beginning with its end.
func (g *graph) steps(end int, together []int) []Step {
	l := lister{graph: g, seen: map[int]bool{}}
	l.top(end)
	for _, last := range []bool{true, false} { // a circle has no last claim
		for _, n := range together {
			if len(g.after[n]) == 0 || !last {
				l.top(n)
			}
		}
	}
	return l.list
}

// maxNested is the number of lists in one another. The claims below them are listed at
// the top.
const maxNested = 50

// lister makes nested lists.
type lister struct {
	*graph
	list []Step
	seen map[int]bool
	deep []int // claims that are too deep to be nested
}

// top adds a claim to the list unless it has it, and then those too deep below it.
func (l *lister) top(n int) {
	l.deep = append(l.deep, n)
	for len(l.deep) > 0 {
		n, l.deep = l.deep[0], l.deep[1:]
		if !l.seen[n] {
			l.seen[n] = true
			l.list = append(l.list, l.step(ChainLink{to: n}, 0))
		}
	}
}

// step makes the Step of the claim that the link by leads to, in so many lists, with the
// claims before it that are not listed yet.
func (l *lister) step(by ChainLink, lists int) Step {
	s := Step{Statement: l.claims[by.to].Statement, Relation: by.ClaimRelation}
	var next []ChainLink
	for _, link := range l.before[by.to] {
		switch {
		case !l.seen[link.to] && lists < maxNested:
			l.seen[link.to] = true
			next = append(next, link)
			continue
		case !l.seen[link.to]:
			l.deep = append(l.deep, link.to)
		}
		s.Also = append(s.Also, Step{Statement: l.claims[link.to].Statement, Relation: link.ClaimRelation})
	}
	for _, link := range next {
		s.Next = append(s.Next, l.step(link, lists+1))
	}
	return s
}

// Drawing returns a graph with a box for each claim and a path for each link. End is at
// the left, and arrows lead there. The holders of a claim are at the foot of its box,
// unless one of them holds End.
func (a Argument) Drawing() drawing.LayeredGraph {
	var texts []drawing.Text
	var arrows []drawing.Arrow
	for i, c := range a.Claims {
		var holders []string
		for _, h := range c.HeldBy {
			if !c.SharesHolder(a.End) {
				holders = append(holders, h.Title)
			}
		}
		texts = append(texts, drawing.Text{Title: c.Title, Foot: strings.Join(holders, ", ")})
		for _, l := range c.Links {
			arrows = append(arrows, drawing.Arrow{From: i, To: l.to})
		}
	}
	g := drawing.NewLayeredGraph(texts, arrows)
	for i := range g.Boxes { // the layout mirrors the paths
		g.Boxes[i].X = g.Width - g.Boxes[i].X - g.Boxes[i].Width
	}
	return g
}
