package site

import (
	"cmp"
	"slices"

	"analysis/builder/internal/drawing"
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
	End     *Statement // the last claim to which most others lead
	Boxes   []ChainBox // in the order of the analysis
	Steps   []Step     // the claims to which none leads, each with what follows
	Columns drawing.Columns
}

// ChainBox is a claim in the drawing and the arrows that leave it.
type ChainBox struct {
	*Statement
	drawing.Box
	Arrows []ChainArrow
}

// ChainArrow is a relation in the drawing, from the claim that goes before to
// the one that follows from it.
type ChainArrow struct {
	ClaimRelation      // seen from the claim that goes before
	By            *Ref // the claim whose record says so
	drawing.Path
}

// Step is a claim in the nested lists. A claim that follows from several is
// listed with all that follows from it where it comes first; elsewhere Again is
// set.
type Step struct {
	*Statement
	Relation ClaimRelation // how the claim above leads to it; none at the top
	Again    bool
	Next     []Step
}

// chain gathers the arguments.
func (w *placing) chain() *Chain {
	ch := &Chain{All: len(w.claims)}
	p := &chaining{claims: w.claims, number: map[*Ref]int{}}
	for i, c := range w.claims {
		p.number[c.ref] = i
	}
	seen := map[int]bool{}
	for i := range w.claims {
		if together := p.together(i); !seen[i] && len(together) > 1 {
			for _, n := range together {
				seen[n] = true
			}
			ch.Joined += len(together)
			ch.Arguments = append(ch.Arguments, p.argument(together))
		}
	}
	slices.SortStableFunc(ch.Arguments, func(a, b Argument) int { return cmp.Compare(len(b.Boxes), len(a.Boxes)) })
	return ch
}

// chaining finds the arguments among the claims, which it names by number.
type chaining struct {
	claims []*claimEntry
	number map[*Ref]int
}

// leading are the relations by which a claim leads to others, or (back) by which
// others lead to it.
func (p *chaining) leading(n int, back bool) []ClaimRelation {
	return slices.DeleteFunc(slices.Clone(p.claims[n].claim.Relations), func(r ClaimRelation) bool {
		switch r.Key {
		case "leads to", "supports":
			return r.Inverse != back
		case "depends on":
			return r.Inverse == back
		}
		return true
	})
}

// reach is a claim with all that can be reached from it, ascending.
func (p *chaining) reach(n int, back ...bool) []int {
	found := []int{n}
	for i := 0; i < len(found); i++ {
		for _, way := range back {
			for _, r := range p.leading(found[i], way) {
				if to := p.number[r.Claim]; !slices.Contains(found, to) {
					found = append(found, to)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

// together are the claims that hang together with one.
func (p *chaining) together(n int) []int { return p.reach(n, false, true) }

func (p *chaining) argument(together []int) Argument {
	var a Argument
	var texts []drawing.Text
	var arrows []drawing.Arrow
	most := 0
	for i, n := range together {
		st := p.claims[n].claim.Statement
		box, foot := ChainBox{Statement: st}, ""
		for j, h := range st.HeldBy {
			if j > 0 {
				foot += ", "
			}
			foot += h.Title
		}
		for _, r := range p.leading(n, false) {
			by := st.Ref
			if r.Inverse {
				by = r.Claim
			}
			to, _ := slices.BinarySearch(together, p.number[r.Claim])
			box.Arrows = append(box.Arrows, ChainArrow{ClaimRelation: r, By: by})
			arrows = append(arrows, drawing.Arrow{From: i, To: to})
		}
		if before := len(p.reach(n, true)); len(box.Arrows) == 0 && before > most {
			a.End, most = st, before
		}
		a.Boxes = append(a.Boxes, box)
		texts = append(texts, drawing.Text{Title: st.Title, Foot: foot})
	}
	if a.End == nil { // they lead to one another in a circle
		a.End = a.Boxes[len(a.Boxes)-1].Statement
	}
	a.Columns = drawing.NewColumns(texts, arrows)
	paths := a.Columns.Paths
	for i, b := range a.Columns.Boxes {
		a.Boxes[i].Box = b
		for j := range a.Boxes[i].Arrows {
			a.Boxes[i].Arrows[j].Path, paths = paths[0], paths[1:]
		}
	}
	a.Steps = p.steps(together)
	return a
}

// steps lists the claims of an argument under those that lead to them.
func (p *chaining) steps(together []int) []Step {
	var list []Step
	seen := map[int]bool{}
	for _, first := range []bool{true, false} { // those that stand in a circle have no first
		for _, n := range together {
			if !seen[n] && (len(p.leading(n, true)) == 0 || !first) {
				list = append(list, p.step(n, ClaimRelation{}, seen))
			}
		}
	}
	return list
}

func (p *chaining) step(n int, by ClaimRelation, seen map[int]bool) Step {
	s := Step{Statement: p.claims[n].claim.Statement, Relation: by, Again: seen[n]}
	if !s.Again {
		seen[n] = true
		for _, r := range p.leading(n, false) {
			s.Next = append(s.Next, p.step(p.number[r.Claim], r, seen))
		}
	}
	return s
}
