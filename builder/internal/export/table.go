package export

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"strconv"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
)

// addTable adds a CSV file, if it has any rows. No cell is a formula.
func addTable(files map[string]Resource, name string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	var b bytes.Buffer
	_, header := columns(name)
	w := csv.NewWriter(&b) // a bytes.Buffer takes all
	w.Write(header)
	for _, row := range rows {
		for i := range row {
			row[i] = asText(row[i])
		}
		w.Write(row)
	}
	w.Flush()
	files[name] = Resource{data: b.Bytes(), Records: len(rows)}
}

// asText returns a cell that no spreadsheet takes for a formula: with an apostrophe before a
// sign that begins one (OWASP, "CSV injection").
func asText(cell string) string {
	if r, _ := utf8.DecodeRuneInString(cell); strings.ContainsRune("=+-@\t\r\n＝＋－＠", r) {
		return "'" + cell
	}
	return cell
}

// joined returns a cell with a list.
func joined[T any](list []T, text func(T) string) string {
	var texts []string
	for _, v := range list {
		texts = append(texts, text(v))
	}
	return strings.Join(texts, "; ")
}

// dataFiles makes the files of claims, and the tables of events, their figures, and sources.
func dataFiles(pages []*site.Page) map[string]Resource {
	var claims []*site.Page
	var events, figures, sources [][]string
	for _, p := range pages {
		front, address := &p.Doc.Front, full(p, p.Permalink(), "")
		ids := func(key string) string { return strings.Join(site.IDs(p.Relation(key, false)), "; ") }
		switch p.Kind {
		case kind.Claim:
			claims = append(claims, p)
		case kind.Source:
			sources = append(sources, []string{p.ID, p.Title, p.Type, front.Author, front.Publisher, string(front.Published), front.URL,
				front.Archived, string(front.Accessed), cmp.Or(front.Origin, ids("origin")),
				front.Perspective, front.Reliability, strconv.Itoa(len(front.Passages)), address})
		default:
			events = append(events, []string{p.ID, p.Title, string(p.Date), front.Precision, ids("places"), ids("actors"), p.Summary, address})
		}
		for _, f := range p.Figures {
			figures = append(figures, []string{p.ID, f.What, f.Value, f.Claimant, f.Source.ID, string(f.Date)})
		}
	}
	files := map[string]Resource{}
	addClaims(files, claims)
	addTable(files, "events.csv", events)
	addTable(files, "figures.csv", figures)
	addTable(files, "sources.csv", sources)
	return files
}
