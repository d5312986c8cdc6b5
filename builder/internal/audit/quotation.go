package audit

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/lint"
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

// linksTo reports whether the block links to one of the pages whose ids are given.
func (b block) linksTo(pages map[string]bool) bool {
	return slices.ContainsFunc(b.links, func(l content.Link) bool { return pages[idOf(l)] })
}

// idOf returns the id in a link, if it leads to a page about one thing.
func idOf(l content.Link) string { return strings.TrimSuffix(path.Base(l.Target), ".md") }

var leftOut = regexp.MustCompile(`…|\.\.\.|\[[^\]]*\]`)

// inQuotes returns what stands in quotation marks in a text, cut at ellipses and brackets.
func inQuotes(s string) (list []string) {
	parts := strings.Split(passage.Fold(s), `"`)
	for i := 1; i+1 < len(parts); i += 2 {
		for _, q := range leftOut.Split(parts[i], -1) {
			if q = strings.Trim(q, " .,;:!?'"); q != "" {
				list = append(list, q)
			}
		}
	}
	return list
}

// quotes checks the quotations in a claim.
func (a *auditor) quotes(c site.PlacedClaim, cited cited) {
	list := inQuotes(c.Title)
	for _, b := range blocks(c.Written.Body.Body, nil) {
		list = append(list, inQuotes(text.PlainText(b.html))...)
	}
	for _, q := range list {
		if !hasWords(cited.sentences, q) {
			a.errorf(c.Doc.Locate(c.Written.At, q), "quote it word for word, cite the sentence that it is from, or take the quotation marks away",
				"the claim %q quotes “%s”, which does not stand in %s", c.ID, q, cited.places)
		}
	}
}

// quotations checks the quotations in sections outside of claims.
func quotations(s *site.Site, copies []Copy) (found []diag.Diagnostic) {
	other := map[string]bool{} // the sources without a copy
	for id := range Sources(s) {
		other[id] = !slices.ContainsFunc(copies, func(c Copy) bool { return c.Page.ID == id })
	}
	var all strings.Builder
	for _, c := range copies {
		all.WriteString(string(c.Text) + "\n")
	}
	stands := lint.Words(passage.Fold(all.String()))
	for _, p := range s.Pages {
		if p.Kind != kind.Section {
			continue
		}
		for _, b := range blocks(p.Doc.Body, p.Doc.Claims) {
			for _, q := range inQuotes(text.PlainText(b.html)) {
				if !strings.Contains(stands, lint.Words(q)) && !b.linksTo(other) {
					at := p.Doc.Locate(diag.Position{File: p.Doc.Path, Line: 1, Column: 1}, q)
					i, _ := slices.BinarySearchFunc(p.Doc.Runs, b.from, func(r content.Run, from int) int { return cmp.Compare(r.Start, from) })
					if i < len(p.Doc.Runs) {
						at = p.Doc.Find(p.Doc.Runs[i], q)
					}
					found = append(found, diag.Errorf(at, "“%s” stands in no copy of a source", q).
						WithHint("quote it word for word, or link to the source that it is from in the same paragraph"))
				}
			}
		}
	}
	return found
}
