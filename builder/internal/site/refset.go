package site

import "slices"

// refSet is the pages that were seen, mostly a few.
type refSet struct {
	few  [16]*Ref
	n    int
	many map[*Ref]bool // those for whom there was no room
}

// add enters a page. It reports whether it was not there before.
func (s *refSet) add(r *Ref) bool {
	if slices.Contains(s.few[:s.n], r) || s.many[r] {
		return false
	}
	if s.n < len(s.few) {
		s.few[s.n] = r
		s.n++
		return true
	}
	if s.many == nil {
		s.many = map[*Ref]bool{}
	}
	s.many[r] = true
	return true
}
