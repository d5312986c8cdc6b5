package lint

import (
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// EmptyFeed notes that the site has a feed without entries. That is for `check` alone: the
// preview always has a feed.
func EmptyFeed(s *site.Site) []diag.Diagnostic {
	dated := func(p *site.Page) bool { return p.Doc.Front.Updated.Precision() == "day" }
	if s.Config.BaseURL == "" || slices.ContainsFunc(s.Pages, dated) {
		return nil
	}
	return []diag.Diagnostic{diag.Notef(diag.Position{File: frontmatter.ConfigFile}, "the feed is empty, since no page says on which day it was updated").
		WithHint("write on pages that readers should hear of: `updated: 2024-12-24`")}
}
