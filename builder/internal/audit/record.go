package audit

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// Ending ends the name of a file with a Record, which lies beside the page of its source.
const Ending = ".audit.json"

// Record is what an audit found, as it is kept for readers.
type Record struct {
	Copy      string `json:"copy"`   // SHA-256 of the copy
	Record    string `json:"record"` // see sumOf
	Passages  Tally  `json:"passages"`
	Sentences Tally  `json:"sentences"`
	Claims    Tally  `json:"claims"`
	Hedges    Tally  `json:"hedges"`
	Figures   Tally  `json:"figures"`

	Source  *site.Ref `json:"-"`
	Changed bool      `json:"-"` // the passages or the claims are no longer those of the audit
}

// Record returns the result of an audit of a Site as a file.
func (r Result) Record(s *site.Site) []byte {
	copied := sha256.Sum256(r.Copy.Text)
	data, err := json.MarshalIndent(Record{
		Copy: hex.EncodeToString(copied[:]), Record: sumOf(s, r.Copy.Page),
		Passages: r.Passages, Sentences: r.Sentences, Claims: r.Claims, Hedges: r.Hedges, Figures: r.Figures,
	}, "", " ")
	if err != nil {
		panic(err) // strings and numbers can be encoded
	}
	return append(data, '\n')
}

// Read reads the files with Records, by name, for a Site. A Record whose source is not on the
// site, such as a draft, is left out.
func Read(s *site.Site, files map[string][]byte) (list []Record, found []diag.Diagnostic) {
	for _, p := range s.Pages {
		name := NameOf(p)
		data, ok := files[name]
		if !ok || p.Doc.Path == "" {
			continue
		}
		r := Record{Source: p.Ref}
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&r); err != nil {
			found = append(found, diag.Errorf(diag.Position{File: name}, "this is not the record of an audit: %v", err).
				WithHint("write it anew: builder check -source %s=FILE -record", p.ID))
			continue
		}
		if r.Changed = r.Record != sumOf(s, p); r.Changed {
			found = append(found, diag.Notef(diag.Position{File: name}, "%q or its claims changed since the last audit", p.ID).
				WithHint("where there is a copy: builder check -source %s=FILE -record", p.ID))
		}
		list = append(list, r)
	}
	return list, found
}

// sumOf returns the SHA-256 of what an audit of a source checks: its passages, and of each
// claim that cites them the kind, title, text, links, holders, places, wording and actors.
func sumOf(s *site.Site, source *site.Page) string {
	type claim struct {
		ID, Kind, Title, Text, Wording, Unhedged string
		Places                                   []content.Place
		Links, HeldBy, About                     []string
	}
	var claims []claim
	for _, c := range s.Claims {
		if i := slices.IndexFunc(c.Cites, func(cite site.Cite) bool { return cite.Source == source.Ref }); i >= 0 {
			about := site.IDs(c.About)
			for _, n := range c.Noted {
				about = append(about, n.ID+" — "+n.Note)
			}
			var links []string
			for _, l := range c.Written.Body.Links {
				links = append(links, nameIn(l))
			}
			claims = append(claims, claim{c.ID, c.Type, c.Title, text.PlainText(c.Written.Body.HTML), c.Wording, c.Unhedged, c.Cites[i].Places, links, site.IDs(c.HeldBy), about})
		}
	}
	slices.SortFunc(claims, func(a, b claim) int { return cmp.Compare(a.ID, b.ID) })
	passages := map[int][]string{}
	for _, p := range source.Doc.Front.Passages {
		passages[p.N] = []string{p.SHA256}
		for _, s := range p.Sentences {
			passages[p.N] = append(passages[p.N], s.Print)
		}
	}
	data, err := json.Marshal([]any{passages, claims})
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// NameOf returns the name of the file with the Record of a source.
func NameOf(p *site.Page) string { return strings.TrimSuffix(p.Doc.Path, ".md") + Ending }
