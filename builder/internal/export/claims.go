package export

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/site"
)

// claimsSchema is the JSON Schema of claims.json, which documents its fields.
//
//go:embed claims.schema.json
var claimsSchema []byte

// claimsFile is claims.json. Lists are never nil, since JSON encodes nil as null.
type claimsFile struct {
	Schema   string            `json:"$schema"`
	Title    string            `json:"title"`
	Language string            `json:"language"`
	URL      string            `json:"url"`
	License  string            `json:"license,omitempty"`
	Claims   []json.RawMessage `json:"claims"`
}

type claimData struct {
	ID          string         `json:"id"`
	Version     string         `json:"version"`
	Kind        string         `json:"kind"`
	Title       string         `json:"title"`
	Text        string         `json:"text"`
	URL         string         `json:"url"`
	ToldIn      pageData       `json:"told_in"`
	HeldBy      []pageData     `json:"held_by"`
	HeldNote    string         `json:"held_note,omitempty"`
	Sources     []citeData     `json:"sources"`
	About       []aboutData    `json:"about"`
	Wording     string         `json:"wording,omitempty"`
	WordingNote string         `json:"wording_note,omitempty"`
	Result      string         `json:"result"`
	Reports     int            `json:"reports"`
	Origins     int            `json:"origins"`
	Answer      string         `json:"answer,omitempty"`
	Horizon     string         `json:"horizon,omitempty"`
	Probability json.Number    `json:"probability,omitempty"`
	Outcome     verdictData    `json:"outcome,omitzero"`
	Cause       verdictData    `json:"cause,omitzero"`
	Addressees  []pageData     `json:"addressees,omitempty"`
	Checked     []verdictData  `json:"checked"`
	Relations   []relationData `json:"relations"`
	Was         []string       `json:"was,omitempty"`
	License     string         `json:"license,omitempty"`
}

type pageData struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

type aboutData struct {
	pageData
	Note string `json:"note,omitempty"`
}

// citeData names the paragraphs cited, each once, and the sentences: "3.2".
type citeData struct {
	pageData
	Passages  []int    `json:"passages"`
	Sentences []string `json:"sentences,omitempty"`
	places    []content.Place
}

type verdictData struct {
	Word    string     `json:"word"`
	Sources []pageData `json:"sources"`
	Note    string     `json:"note,omitempty"`
}

type relationData struct {
	Type      string `json:"type"`
	Direction string `json:"direction"`
	Claim     string `json:"claim"`
	Note      string `json:"note,omitempty"`
}

// addClaims adds the files that hold all claims, and a small one of each claim.
func addClaims(files map[string]Resource, pages []*site.Page) {
	if len(pages) == 0 {
		return
	}
	c := pages[0].Config
	all := claimsFile{Schema: "claims.schema.json", Title: c.Title, Language: c.Language, URL: c.BaseURL, License: c.LicenseURL()}
	argdown, rows, relations := argdownHead(c), [][]string{}, [][]string{}
	for i, p := range pages {
		d := claimOf(p)
		one := encodeJSON(d)
		files["claims/"+d.ID+".json"] = Resource{data: one, Records: 1}
		all.Claims, rows = append(all.Claims, one), append(rows, d.row())
		if told := p.Claim.ToldOn; i == 0 || told != pages[i-1].Claim.ToldOn {
			argdown = append(argdown, "\n# "+special.ReplaceAllString(told.Title, `\$0`)+"\n"...)
		}
		argdown = append(argdown, d.argdown()...)
		for _, r := range d.Relations {
			if r.Direction == "out" || r.Direction == "both" && d.ID < r.Claim {
				relations = append(relations, []string{d.ID, r.Type, r.Claim, r.Note})
			}
		}
	}
	files["claims.json"], files["claims.argdown"] = Resource{data: encodeJSON(all), Records: len(pages)}, Resource{data: argdown, Records: len(pages)}
	files["claims.schema.json"] = Resource{data: claimsSchema}
	addTable(files, "claims.csv", rows)
	addTable(files, "relations.csv", relations)
}

// encodeJSON encodes texts, numbers, and lists, maps and structs of them, which cannot fail.
func encodeJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// full returns the address of what is on the site of p, absolute if that has a base URL.
func full(p *site.Page, path, fragment string) string {
	return p.Config.BaseURL + (&url.URL{Path: path, Fragment: fragment}).String()
}

// claimOf returns the data of a claim, from its page.
func claimOf(p *site.Page) claimData {
	c := p.Claim
	page := func(r *site.Ref) pageData { return pageData{r.ID, r.Title, full(p, r.Permalink(), "")} }
	pages := func(refs []*site.Ref) []pageData {
		list := []pageData{}
		for _, r := range refs {
			list = append(list, page(r))
		}
		return list
	}
	d := claimData{
		ID: c.ID, Version: c.Version(), Kind: c.Type, Title: c.Title, Text: c.Said.Text, URL: full(p, c.Permalink(), ""),
		ToldIn: pageData{c.ToldOn.ID, c.ToldOn.Title, full(p, c.ToldOn.Permalink(), c.ID)},
		HeldBy: pages(c.HeldBy), HeldNote: c.HeldNote, Sources: []citeData{}, About: []aboutData{},
		Wording: c.Wording, WordingNote: c.Unhedged, Result: c.Result, Reports: c.Reports.All, Origins: c.Reports.Origins, Answer: c.Answer, Horizon: c.Horizon, Checked: []verdictData{}, Relations: []relationData{}, Was: c.Was, License: p.Config.LicenseURL(),
	}
	for _, cite := range c.Cites {
		data := citeData{pageData: page(cite.Source), Passages: []int{}, places: cite.Places}
		for _, p := range cite.Places {
			if !slices.Contains(data.Passages, p.N) {
				data.Passages = append(data.Passages, p.N)
			}
			for k := p.From; p.From > 0 && k <= p.To; k++ {
				data.Sentences = append(data.Sentences, content.Place{N: p.N, From: k, To: k}.String())
			}
		}
		d.Sources = append(d.Sources, data)
	}
	for _, r := range c.About {
		i := slices.IndexFunc(c.Noted, func(n site.Noted) bool { return n.Ref == r })
		if i < 0 {
			d.About = append(d.About, aboutData{pageData: page(r)})
		} else {
			d.About = append(d.About, aboutData{page(r), c.Noted[i].Note})
		}
	}
	verdict := func(v site.Verdict) verdictData { return verdictData{v.Word, pages(v.Sources), v.Note} }
	for _, v := range c.Checks {
		d.Checked = append(d.Checked, verdict(v))
	}
	switch content.ClaimKind(c.Type) {
	case content.Forecast:
		d.Outcome = verdict(c.Outcome)
		if c.Cause.Word != "" {
			d.Cause = verdict(c.Cause)
		}
		if p, ok := content.Probability(c.Likely); ok {
			d.Probability = json.Number(strconv.FormatFloat(p, 'g', -1, 64))
		}
	case content.Recommendation:
		d.Addressees = pages(c.Addressees)
	}
	for _, r := range c.Relations {
		direction := "out"
		switch {
		case r.Key == "contradicts":
			direction = "both"
		case r.Inverse:
			direction = "in"
		}
		d.Relations = append(d.Relations, relationData{r.Key, direction, r.Claim.ID, r.Note})
	}
	return d
}

// row returns the row of a claim in claims.csv.
func (c claimData) row() []string {
	id := func(p pageData) string { return p.ID }
	return []string{
		c.ID, c.Version, c.Kind, c.Title, joined(c.HeldBy, id), joined(c.Sources, citeData.text), c.Wording, c.Horizon, string(c.Probability), c.Outcome.text(), c.Cause.text(), c.Result, strconv.Itoa(c.Reports), strconv.Itoa(c.Origins), c.Answer,
		joined(c.Checked, verdictData.text), joined(c.About, func(a aboutData) string { return a.ID }), joined(c.Addressees, id), c.ToldIn.ID, c.URL, c.Text,
	}
}

// text names the source and its places: "column ¶3.2".
func (c citeData) text() string {
	for _, p := range c.places {
		c.ID += " ¶" + p.String()
	}
	return c.ID
}

func (v verdictData) text() string {
	return strings.TrimSpace(v.Word + " " + joined(v.Sources, func(p pageData) string { return p.ID }))
}
