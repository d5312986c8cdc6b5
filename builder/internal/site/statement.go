package site

import (
	"cmp"
	"slices"

	"analysis/builder/internal/content"
)

// Statements is a list of claims in the order of the analysis.
type Statements []*Statement

// KindStatements are claims of one kind.
type KindStatements struct {
	Kind   string
	Claims Statements
}

// SectionStatements are consecutive claims in the text of one page.
type SectionStatements struct {
	ToldOn *Ref
	Claims Statements
}

// Of returns the claims of a kind.
func (s Statements) Of(kind string) Statements {
	var list Statements
	for _, st := range s {
		if st.Type == kind {
			list = append(list, st)
		}
	}
	return list
}

// Found returns the claims with a result, a word of Results.
func (s Statements) Found(result string) Statements {
	return slices.DeleteFunc(slices.Clone(s), func(st *Statement) bool { return st.Result != result })
}

// Came returns the forecasts with an outcome, a word of content.Outcomes.
func (s Statements) Came(outcome string) Statements {
	return slices.DeleteFunc(slices.Clone(s), func(st *Statement) bool { return st.Outcomed != outcome })
}

// ByKind groups the claims by kind, in the order of content.ClaimKinds.
func (s Statements) ByKind() []KindStatements {
	var groups []KindStatements
	for _, k := range content.ClaimKinds {
		if list := s.Of(string(k)); len(list) > 0 {
			groups = append(groups, KindStatements{string(k), list})
		}
	}
	return groups
}

// BySection groups consecutive claims in the text of the same page.
func (s Statements) BySection() []SectionStatements {
	var groups []SectionStatements
	for _, st := range s {
		if n := len(groups); n == 0 || groups[n-1].ToldOn != st.ToldOn {
			groups = append(groups, SectionStatements{ToldOn: st.ToldOn})
		}
		last := &groups[len(groups)-1]
		last.Claims = append(last.Claims, st)
	}
	return groups
}

// Check is the result of comparing one claim with other sources.
type Check struct {
	Claim *Statement
	Verdict
}

// Role lists the claims whose records name a page under a key: "about", "held by",
// "addressee", "source" (as a whole), or "outcome", which stands for "cause" too.
type Role struct {
	Key    string
	Claims Statements
}

// PassageClaims lists the claims that cite one paragraph of a source.
type PassageClaims struct {
	N      int
	Claims Statements
}

func (c PassageClaims) compare(n int) int { return cmp.Compare(c.N, n) }

// Role returns the claims whose records name the page under a key.
func (p *Page) Role(key string) Statements {
	for _, r := range p.Roles {
		if r.Key == key {
			return r.Claims
		}
	}
	return nil
}

// Holders returns who holds the claims in the page's text, each once, in their order.
func (p *Page) Holders() []*Ref {
	var list []*Ref
	seen := map[*Ref]bool{}
	for _, st := range p.Labels {
		for _, h := range st.HeldBy {
			if !seen[h] {
				seen[h], list = true, append(list, h)
			}
		}
	}
	return list
}

// Carries returns the claims that cite a paragraph of this source.
func (p *Page) Carries(n int) Statements {
	if i, found := slices.BinarySearchFunc(p.ByPassage, n, PassageClaims.compare); found {
		return p.ByPassage[i].Claims
	}
	return nil
}

// CarriesSentence returns the claims that cite a sentence of this source, by its number
// or with its whole paragraph.
func (p *Page) CarriesSentence(n, sentence int) Statements {
	return slices.DeleteFunc(slices.Clone(p.Carries(n)), func(st *Statement) bool {
		return !slices.ContainsFunc(st.Cites, func(c Cite) bool { return c.Source == p.Ref && c.Has(n, sentence) })
	})
}

// addRoles adds every claim to the pages that its record names.
func (m *assembly) addRoles() {
	for _, c := range m.claims {
		st := c.claim.Statement
		if st.Gone {
			continue
		}
		m.addRole("about", c.claim.About, st)
		m.addRole("held by", c.claim.HeldBy, st)
		m.addRole("addressee", c.claim.Addressees, st)
		m.addRole("outcome", slices.Concat(c.claim.Outcome.Sources, c.claim.Cause.Sources), st)
		for _, cite := range c.claim.Cites {
			if len(cite.Places) == 0 {
				m.addRole("source", []*Ref{cite.Source}, st)
			}
			for _, place := range cite.Places {
				m.byRef[cite.Source].addPassageClaim(place.N, st)
			}
		}
		for _, v := range c.claim.Checks {
			for _, r := range v.Sources {
				to := m.byRef[r]
				to.Checks = append(to.Checks, Check{st, v})
			}
		}
	}
}

// addRole adds a claim under a key to each page of a list. It keeps the Roles of a
// page sorted by key.
func (m *assembly) addRole(key string, on []*Ref, st *Statement) {
	for _, r := range on {
		p := m.byRef[r]
		i, found := slices.BinarySearchFunc(p.Roles, key, func(r Role, key string) int { return cmp.Compare(r.Key, key) })
		if !found {
			p.Roles = slices.Insert(p.Roles, i, Role{Key: key})
		}
		p.Roles[i].Claims = p.Roles[i].Claims.with(st)
	}
}

// addPassageClaim adds a claim that cites a paragraph of this source.
func (p *Page) addPassageClaim(n int, st *Statement) {
	i, found := slices.BinarySearchFunc(p.ByPassage, n, PassageClaims.compare)
	if !found {
		p.ByPassage = slices.Insert(p.ByPassage, i, PassageClaims{N: n})
	}
	p.ByPassage[i].Claims = p.ByPassage[i].Claims.with(st)
}

// with returns the list with a claim appended, unless it is already the last one.
// Claims are added one after another, so a duplicate can only be the last.
func (s Statements) with(st *Statement) Statements {
	if n := len(s); n > 0 && s[n-1] == st {
		return s
	}
	return append(s, st)
}
