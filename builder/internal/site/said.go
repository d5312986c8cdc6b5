package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"analysis/builder/internal/content"
)

// Said is what a claim says, as its record states it and as an edition keeps it. Pages are
// named by id, and in its text by their titles where a link has no label. A relation that
// the other claim's record states is not a part of it.
type Said struct {
	ID        string   `json:"id"`
	Version   string   `json:"version"`
	ToldIn    string   `json:"told_in"` // the file with its text
	Kind      string   `json:"kind"`
	Title     string   `json:"title"`
	Text      string   `json:"text"`
	HeldBy    []string `json:"held_by"` // "ministry — a spokesman"
	Sources   []string `json:"sources"` // "column ¶3.2–4, ¶5"
	Wording   string   `json:"wording,omitempty"`
	Horizon   string   `json:"horizon,omitempty"`
	Outcome   string   `json:"outcome,omitempty"`
	Cause     string   `json:"cause,omitempty"`
	Likely    string   `json:"probability,omitempty"`
	Addressee []string `json:"addressee,omitempty"`
	Checked   []string `json:"checked,omitempty"`   // "disputed by dawn — one dead"
	Relations []string `json:"relations,omitempty"` // "supports militancy-growing"

	// What the site adds to it, which is no part of its version.
	About       []string `json:"about,omitempty"` // "india — by implication"
	WordingNote string   `json:"wording_note,omitempty"`
	Answer      string   `json:"answer,omitempty"`
}

// said returns what the claim says.
func (c *claimEntry) said() Said {
	s := Said{
		ID: c.written.ID, ToldIn: c.page.doc.Path, Kind: string(c.written.Kind), Title: c.written.Title, Text: string(body{doc: c.doc, links: c.targets()}.appendText(nil)),
		HeldBy: IDs(c.claim.HeldBy), Wording: c.written.Wording.Text, Horizon: c.written.Horizon.Text, Addressee: IDs(c.claim.Addressees),
		About: IDs(c.claim.About), WordingNote: c.written.WordingNote, Answer: c.written.Answer.Text,
	}
	for _, n := range c.claim.Noted {
		i := slices.Index(c.claim.About, n.Ref)
		s.About[i] = noted(s.About[i], n.Note)
	}
	if n := len(s.HeldBy); n > 0 {
		s.HeldBy[n-1] = noted(s.HeldBy[n-1], c.claim.HeldNote)
	}
	for _, cite := range c.claim.Cites {
		var places []string
		for _, p := range cite.Places {
			places = append(places, "¶"+p.String())
		}
		s.Sources = append(s.Sources, strings.TrimSpace(cite.Source.ID+" "+strings.Join(places, ", ")))
	}
	if c.written.Kind == content.Forecast {
		s.Outcome, s.Cause, s.Likely = c.claim.Outcome.said(), c.claim.Cause.said(), c.claim.Likely
	}
	for _, v := range c.claim.Checks {
		s.Checked = append(s.Checked, v.said())
	}
	for _, e := range c.stated {
		s.Relations = append(s.Relations, noted(e.key+" "+e.to.written.ID, e.note))
	}
	s.Version = s.Sum()
	return s
}

func (v Verdict) said() string {
	return noted(strings.TrimSpace(v.Word+" "+strings.Join(IDs(v.Sources), ", ")), v.Note)
}

func noted(s, note string) string {
	if note == "" {
		return s
	}
	return s + " — " + note
}

// IDs returns the ids of pages.
func IDs(refs []*Ref) (ids []string) {
	for _, r := range refs {
		ids = append(ids, r.ID)
	}
	return ids
}

// Sum returns the version of a claim that says this, wherever it is told, whatever its
// id, and whatever the site adds.
func (s Said) Sum() string {
	s.ID, s.Version, s.ToldIn, s.About, s.WordingNote, s.Answer = "", "", "", nil, "", ""
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings can be encoded
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:4])
}
