package export

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/content"
	"analysis/builder/internal/site"
)

// ClaimsSchema is the JSON Schema of claims.json, which documents its fields.
//
//go:embed claims.schema.json
var ClaimsSchema []byte

// claimsFile is claims.json. Lists are never nil, since JSON encodes nil as null.
type claimsFile struct {
	Schema   string      `json:"$schema"`
	Title    string      `json:"title"`
	Language string      `json:"language"`
	URL      string      `json:"url"`
	Claims   []claimData `json:"claims"`
}

type claimData struct {
	ID          string         `json:"id"`
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

// claimFiles makes claims.json, its schema, and claims.csv. Encoding strings and
// numbers cannot fail.
func claimFiles(pages []*site.Page) map[string][]byte {
	if len(pages) == 0 {
		return nil
	}
	config := pages[0].Config
	f := claimsFile{Schema: "claims.schema.json", Title: config.Title, Language: config.Language, URL: config.BaseURL}
	for _, p := range pages {
		f.Claims = append(f.Claims, claimOf(p))
	}
	var data, table bytes.Buffer
	e := json.NewEncoder(&data)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	if err := errors.Join(e.Encode(f), csv.NewWriter(&table).WriteAll(rows(f.Claims))); err != nil {
		panic(err)
	}
	return map[string][]byte{"claims.json": data.Bytes(), "claims.schema.json": ClaimsSchema, "claims.csv": table.Bytes()}
}

// claimOf returns the data of a claim, from its page.
func claimOf(p *site.Page) claimData {
	c := p.Claim
	full := func(path, fragment string) string {
		return p.Config.BaseURL + (&url.URL{Path: path, Fragment: fragment}).String()
	}
	page := func(r *site.Ref) pageData { return pageData{r.ID, r.Title, full(r.Permalink(), "")} }
	pages := func(refs []*site.Ref) []pageData {
		list := []pageData{}
		for _, r := range refs {
			list = append(list, page(r))
		}
		return list
	}
	d := claimData{
		ID: c.ID, Kind: c.Type, Title: c.Title, Text: string(p.AppendText(nil)), URL: full(c.Permalink(), ""),
		ToldIn: pageData{c.ToldOn.ID, c.ToldOn.Title, full(c.ToldOn.Permalink(), c.ID)},
		HeldBy: pages(c.HeldBy), HeldNote: c.HeldNote, Sources: []citeData{}, About: []aboutData{},
		Wording: c.Wording, WordingNote: c.Unhedged, Result: c.Result, Reports: c.Reports.All, Origins: c.Reports.Origins, Answer: c.Answer, Horizon: c.Horizon, Checked: []verdictData{}, Relations: []relationData{}, Was: c.Was,
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

// asText returns a cell that no spreadsheet takes for a formula: with an apostrophe before a sign that begins
// one (OWASP, "CSV injection").
func asText(cell string) string {
	if r, _ := utf8.DecodeRuneInString(cell); strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) {
		return "'" + cell
	}
	return cell
}

// rows returns the rows of claims.csv: one for each claim, lists joined by "; ".
func rows(list []claimData) [][]string {
	table := [][]string{{"id", "kind", "title", "held_by", "sources", "wording", "horizon", "probability", "outcome", "cause", "result", "reports", "origins", "answer", "checked", "about", "addressees", "told_in", "url", "text"}}
	ids := func(pages []pageData) string {
		var list []string
		for _, p := range pages {
			list = append(list, p.ID)
		}
		return strings.Join(list, "; ")
	}
	about := func(c claimData) (list []pageData) {
		for _, a := range c.About {
			list = append(list, a.pageData)
		}
		return list
	}
	verdict := func(v verdictData) string { return strings.TrimSpace(v.Word + " " + ids(v.Sources)) }
	for _, c := range list {
		var sources, checked []string
		for _, s := range c.Sources {
			cite := s.ID
			for _, p := range s.places {
				cite += " ¶" + p.String()
			}
			sources = append(sources, cite)
		}
		for _, v := range c.Checked {
			checked = append(checked, verdict(v))
		}
		row := []string{
			c.ID, c.Kind, c.Title, ids(c.HeldBy), strings.Join(sources, "; "), c.Wording, c.Horizon, string(c.Probability), verdict(c.Outcome), verdict(c.Cause), c.Result, strconv.Itoa(c.Reports), strconv.Itoa(c.Origins), c.Answer,
			strings.Join(checked, "; "), ids(about(c)), ids(c.Addressees), c.ToldIn.ID, c.URL, c.Text,
		}
		for i := range row {
			row[i] = asText(row[i])
		}
		table = append(table, row)
	}
	return table
}
