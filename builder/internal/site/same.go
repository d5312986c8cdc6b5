package site

import (
	"reflect"
	"slices"
)

// A part that equals its counterpart in the previous Site is replaced by it, so
// that later stops can see by comparing pointers that it has not changed. The
// methods here compare such parts (Refs, Statements, Claims, Sections, the Menu)
// by pointer. They must compare every field; TestSameComparesAll checks that.

// same reports whether two Pages are equal in everything that a layout may read.
func (p *Page) same(q *Page) bool {
	return p.Ref == q.Ref && p.Config == q.Config && p.Menu == q.Menu && p.Section == q.Section &&
		p.Prev == q.Prev && p.Next == q.Next && p.Target == q.Target && p.Fragment == q.Fragment && p.moved == q.moved && p.Claim == q.Claim &&
		same(p.Crumbs, q.Crumbs) && same(p.Mentions, q.Mentions) && same(p.Labels, q.Labels) &&
		same(p.Backlinks, q.Backlinks) && same(p.links, q.links) && same(p.names, q.names) && same(p.Figures, q.Figures) &&
		slices.EqualFunc(p.Relations, q.Relations, Relation.same) &&
		slices.EqualFunc(p.Citations, q.Citations, Citation.same) &&
		slices.EqualFunc(p.Roles, q.Roles, Role.same) &&
		slices.EqualFunc(p.ByPassage, q.ByPassage, PassageClaims.same) &&
		slices.EqualFunc(p.Checks, q.Checks, Check.same) &&
		same(p.Arrows, q.Arrows) && deeplySame(p.Doc, q.Doc)
}

// same reports whether two lists are equal. It first tries sameList, which is fast.
func same[T comparable](a, b []T) bool {
	return sameList(a, b) || slices.Equal(a, b)
}

// sameList reports whether two lists share the same memory.
func sameList[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// deeplySame compares slowly, so it is only for values whose pointers seldom differ.
func deeplySame[T any](a, b *T) bool { return a == b || reflect.DeepEqual(a, b) }

// sameValue reports whether two pointers point to equal values.
func sameValue[T comparable](a, b *T) bool { return *a == *b }

func (r Relation) same(o Relation) bool {
	return r.Key == o.Key && r.Inverse == o.Inverse && same(r.Pages, o.Pages)
}

func (c Citation) same(o Citation) bool { return c.Anchor == o.Anchor && same(c.Pages, o.Pages) }

func (r Role) same(o Role) bool { return r.Key == o.Key && same(r.Claims, o.Claims) }

func (c PassageClaims) same(o PassageClaims) bool { return c.N == o.N && same(c.Claims, o.Claims) }

func (c Check) same(o Check) bool { return c.Claim == o.Claim && c.Verdict.same(o.Verdict) }

func (v Verdict) same(o Verdict) bool {
	return v.Word == o.Word && same(v.Sources, o.Sources) && v.Note == o.Note
}

func (c Cite) same(o Cite) bool { return c.Source == o.Source && same(c.Places, o.Places) }

func (s *Statement) same(o *Statement) bool {
	return s.Ref == o.Ref && s.ToldOn == o.ToldOn && same(s.HeldBy, o.HeldBy) && s.HeldNote == o.HeldNote &&
		slices.EqualFunc(s.Cites, o.Cites, Cite.same) && s.Wording == o.Wording &&
		s.Gone == o.Gone && s.Outcomed == o.Outcomed && s.Caused == o.Caused && s.Answer == o.Answer && s.Result == o.Result && s.Reports == o.Reports && s.Opposed == o.Opposed
}

func (c *Claim) same(o *Claim) bool {
	return c.Statement == o.Statement && same(c.Passages, o.Passages) && same(c.About, o.About) && same(c.Noted, o.Noted) && same(c.Addressees, o.Addressees) &&
		c.Horizon == o.Horizon && c.Unhedged == o.Unhedged && c.Outcome.same(o.Outcome) && c.Cause.same(o.Cause) && c.Likely == o.Likely && slices.EqualFunc(c.Checks, o.Checks, Verdict.same) &&
		same(c.Relations, o.Relations) && same(c.Dependents, o.Dependents) && same(c.Was, o.Was) &&
		c.MoreDependents == o.MoreDependents && reflect.DeepEqual(c.Said, o.Said) && c.Ended.On == o.Ended.On && c.Ended.Reason == o.Ended.Reason &&
		same(c.Ended.By, o.Ended.By) && same(c.Replaces, o.Replaces)
}

// same reports whether two Sections are equal. A nil Section equals none.
func (s *Section) same(o *Section) bool {
	return s != nil && s.Index == o.Index && same(s.Pages, o.Pages)
}

// same reports whether two Menus are equal. A nil Menu equals none.
func (m *Menu) same(o *Menu) bool {
	return m != nil && m.Home == o.Home && m.Editions == o.Editions && m.Cards == o.Cards && same(m.Items, o.Items) && same(m.Foot, o.Foot)
}
