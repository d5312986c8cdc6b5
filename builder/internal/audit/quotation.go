package audit

import (
	"cmp"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/passage"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// block is a paragraph, an item of a list, a cell or the like: its HTML, where it begins,
// and the links in it.
type block struct {
	html  []byte
	from  int
	links []content.Link
}

var blockEnd = regexp.MustCompile(`</(?:p|li|td|th|h[1-6]|dt|dd)>`)

// blocks returns the blocks of a text outside of claims.
func blocks(b content.Body, claims []content.Claim) (list []block) {
	from, links := 0, b.Links
	for _, end := range append(blockEnd.FindAllIndex(b.HTML, -1), []int{len(b.HTML), len(b.HTML)}) {
		n := slices.IndexFunc(links, func(l content.Link) bool { return l.At > end[0] })
		if n < 0 {
			n = len(links)
		}
		for len(claims) > 0 && claims[0].End <= end[0] {
			from, claims = max(from, claims[0].End), claims[1:]
		}
		if len(claims) == 0 || end[0] <= claims[0].Start {
			list = append(list, block{b.HTML[from:end[0]], from, links[:n]})
		}
		from, links = end[1], links[n:]
	}
	return list
}

// nameIn returns the id, title or alias in a link, as a key of named.
func nameIn(l content.Link) string { return text.Fold(strings.TrimSuffix(path.Base(l.Target), ".md")) }

// named returns the pages of sources by what a link may call them.
func named(s *site.Site) map[string]*site.Page {
	names := map[string]*site.Page{}
	for _, p := range s.Pages {
		if p.Kind != kind.Source {
			continue
		}
		names[text.Fold(p.ID)], names[text.Fold(p.Title)] = p, p
		for _, a := range p.Doc.Front.Aliases {
			names[text.Fold(a.Name)] = p
		}
	}
	return names
}

var (
	quotation = regexp.MustCompile(`“([^“”]*)”|„([^„“”]*)[“”]|”([^“”]*)”|«([^«»]*)»|»([^«»]*)«`)
	leftOut   = regexp.MustCompile(`…|\.\.\.|\pL*\[[^\]]*\]\pL*`)
)

// inQuotes returns what stands in quotation marks in HTML, cut at ellipses and at words
// with brackets: “[t]he tea”. Straight marks stand in code alone.
func inQuotes(src []byte) (list []string) {
	for _, m := range quotation.FindAllStringSubmatch(text.PlainText(text.WithoutNotes(src)), -1) {
		for _, q := range leftOut.Split(strings.Join(m[1:], ""), -1) {
			if q = strings.Trim(passage.Fold(q), " .,;:!?'"); q != "" {
				list = append(list, q)
			}
		}
	}
	return list
}

// quotes checks the quotations in a claim.
func (a *auditor) quotes(c site.PlacedClaim, cited cited) {
	list := inQuotes([]byte(html.EscapeString(c.Title)))
	for _, b := range blocks(c.Written.Body.Body, nil) {
		list = append(list, inQuotes(b.html)...)
	}
	for _, q := range list {
		if !strings.Contains(cited.words, words(q)) {
			a.errorf(c.Doc.Locate(c.Written.At, q), "quote it word for word, cite the sentence that it is from, or take the quotation marks away",
				"the claim %q quotes “%s”, which does not stand in %s", c.ID, q, cited.places)
		}
	}
}

// quotations checks the quotations in sections outside of claims.
func quotations(s *site.Site, copies []Copy, sources map[string]*site.Page) (found []diag.Diagnostic) {
	var all strings.Builder
	copied := map[*site.Page]bool{}
	for _, c := range copies {
		all.WriteString(string(c.Text) + "\n")
		copied[c.Page] = true
	}
	other := func(l content.Link) bool { p := sources[nameIn(l)]; return p != nil && !copied[p] }
	stands := words(all.String())
	for _, p := range s.Pages {
		if p.Kind != kind.Section {
			continue
		}
		for _, b := range blocks(p.Doc.Body, p.Doc.Claims) {
			if slices.ContainsFunc(b.links, other) {
				continue
			}
			for _, q := range inQuotes(b.html) {
				if !strings.Contains(stands, words(q)) {
					found = append(found, diag.Errorf(b.find(p.Doc, q), "“%s” stands in no copy of a source", q).
						WithHint("quote it word for word, or link to the source that it is from in the same paragraph"))
				}
			}
		}
	}
	return found
}

// find returns the position in the file of some words of the block. A heading has no run:
// they are behind the one before.
func (b block) find(d *content.Document, words string) diag.Position {
	i, _ := slices.BinarySearchFunc(d.Runs, b.from, func(r content.Run, from int) int { return cmp.Compare(r.Start, from) })
	if i == len(d.Runs) || d.Runs[i].Start > b.from+len(b.html) {
		i--
	}
	if i < 0 {
		return d.Locate(diag.Position{File: d.Path, Line: 1, Column: 1}, words)
	}
	return d.Find(d.Runs[i], words)
}
