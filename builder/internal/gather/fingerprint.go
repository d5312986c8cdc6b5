package gather

import (
	"cmp"
	"reflect"
	"slices"

	"analysis/builder/internal/site"
)

// Fingerprint shows the claims of a source in the order of its paragraphs, and those of
// others after them. Each claim stands in it once.
type Fingerprint struct {
	Source *site.Ref       // of the sources that list passages, the one that most claims cite
	Holder *site.Ref       // of those who hold claims from it, the one with most
	Claims site.Statements // all claims of Holder
	All    site.Statements // all claims, of whomever
	Rows   []PrintRow      // the passages of Source
	Others site.Statements // the claims that cite no passage of Source
}

// PrintRow is a paragraph of a source with the claims that cite it, and no paragraph
// before it in their records.
type PrintRow struct {
	N           int
	Own, Others site.Statements // claims of Fingerprint.Holder, and of others, in the order of its sentences
}

// ToldOn returns the page whose text has most of the row's claims, or nil.
func (r PrintRow) ToldOn() (most *site.Ref) {
	count := map[*site.Ref]int{}
	for _, st := range slices.Concat(r.Own, r.Others) {
		if count[st.ToldOn]++; count[st.ToldOn] > count[most] {
			most = st.ToldOn
		}
	}
	return most
}

// Large reports whether there are too many paragraphs or claims for a drawing.
func (f *Fingerprint) Large() bool {
	return len(f.Rows) > 250 || len(f.All) > 2000
}

// fingerprint returns nil if no claim cites a passage that a source lists.
func fingerprint(s *site.Site) *Fingerprint {
	var cited table[*site.Ref, Holder] // sources with the claims that cite their passages
	for _, c := range s.Claims {
		for _, cite := range c.Cites {
			if len(cite.Places) > 0 {
				use := cited.row(cite.Source, Holder{Ref: cite.Source})
				use.Claims = append(use.Claims, c.Statement)
			}
		}
	}
	if len(cited.rows) == 0 {
		return nil
	}
	most := slices.MaxFunc(cited.rows, func(a, b Holder) int { return cmp.Compare(len(a.Claims), len(b.Claims)) })
	all := holders(most.Claims)
	f := &Fingerprint{Source: most.Ref, Holder: all[0].Ref}
	i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Ref == f.Source })
	at := map[int]int{}
	for _, p := range s.Pages[i].Doc.Front.Passages {
		at[p.N] = len(f.Rows)
		f.Rows = append(f.Rows, PrintRow{N: p.N})
	}
	for _, c := range s.Claims {
		f.add(c.Statement, at)
	}
	for i := range f.Rows {
		slices.SortStableFunc(f.Rows[i].Own, f.bySentence)
		slices.SortStableFunc(f.Rows[i].Others, f.bySentence)
	}
	return f
}

// bySentence compares claims by the first sentence of the source that they cite.
func (f *Fingerprint) bySentence(a, b *site.Statement) int {
	first := func(st *site.Statement) int {
		return st.Cites[slices.IndexFunc(st.Cites, func(c site.Cite) bool { return c.Source == f.Source })].Places[0].From
	}
	return cmp.Compare(first(a), first(b))
}

// add adds a claim to its row; at maps the number of a paragraph to its row.
func (f *Fingerprint) add(st *site.Statement, at map[int]int) {
	f.All = append(f.All, st)
	own := slices.Contains(st.HeldBy, f.Holder)
	if own {
		f.Claims = append(f.Claims, st)
	}
	i := slices.IndexFunc(st.Cites, func(c site.Cite) bool { return c.Source == f.Source && len(c.Places) > 0 })
	if i < 0 {
		f.Others = append(f.Others, st)
		return
	}
	row := &f.Rows[at[st.Cites[i].Places[0].N]]
	if own {
		row.Own = append(row.Own, st)
	} else {
		row.Others = append(row.Others, st)
	}
}

// Strip is the outline of a Fingerprint: a bar for each paragraph, as long as it has
// claims, and the place of each claim in it.
type Strip struct {
	Source *site.Ref
	Index  *site.Ref // the page of all claims, or else Source
	Rows   []StripRow
	Most   int               // claims in a paragraph
	at     map[string][2]int // row, and place in it, by the claim's id
}

// StripRow is a paragraph: its number, and that of its claims.
type StripRow struct{ N, Claims int }

// newStrip returns nil if there is nothing to draw.
func newStrip(s *site.Site, f *Fingerprint) *Strip {
	if f == nil || f.Large() {
		return nil
	}
	strip := &Strip{Source: f.Source, Index: f.Source, at: map[string][2]int{}}
	for _, p := range s.Pages {
		if p.Doc.Front.Shows == "claims" {
			strip.Index = p.Ref
		}
	}
	for i, r := range f.Rows {
		claims := slices.Concat(r.Own, r.Others)
		strip.Rows = append(strip.Rows, StripRow{r.N, len(claims)})
		strip.Most = max(strip.Most, len(claims))
		for j, st := range claims {
			strip.at[st.ID] = [2]int{i, j}
		}
	}
	return strip
}

// Dot is the place of a claim in a Strip.
type Dot struct {
	*site.Statement
	N, X, Y int // number of its paragraph, its row, and where it begins, counted from Strip.Most down
}

// Dots returns the places of the claims in a page's text, or of the claim that it is
// about, in the order of the source.
func (s *Strip) Dots(p *site.Page) (dots []Dot) {
	claims := p.Labels
	if p.Claim != nil {
		claims = []*site.Statement{p.Claim.Statement}
	}
	for _, st := range claims {
		if at, ok := s.at[st.ID]; ok {
			dots = append(dots, Dot{st, s.Rows[at[0]].N, at[0], s.Most - at[1]})
		}
	}
	slices.SortStableFunc(dots, func(a, b Dot) int { return a.X - b.X })
	return dots
}

// Same reports whether two strips are equal.
func (s *Strip) Same(o *Strip) bool { return reflect.DeepEqual(s, o) }
