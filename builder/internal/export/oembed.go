package export

import (
	"fmt"
	"html"
	"strings"

	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// card is what the description of a card depends on, and the file that holds it.
type card struct{ file, address, title string }

func cardOf(p *site.Page) card {
	holders := joined(p.Claim.HeldBy, func(r *site.Ref) string { return r.Title })
	return card{strings.TrimSuffix(p.Permalink(), "card/") + "oembed.json", full(p, p.Permalink(), ""), holders + ": " + p.Title}
}

// The size of a frame in which most cards show all their text; a longer one scrolls.
const cardWidth, cardHeight = 600, 260

// oEmbed describes to another site how to show a page of this one (https://oembed.com).
type oEmbed struct {
	Version      string `json:"version"`
	Type         string `json:"type"`
	Title        string `json:"title"`
	ProviderName string `json:"provider_name"`
	ProviderURL  string `json:"provider_url"`
	HTML         string `json:"html"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
}

// describe describes a card. The frame may run no script. It may open its links in new tabs,
// and it keeps its origin, without which some browsers would not load its style sheet.
func (c card) describe(config *frontmatter.Config) oEmbed {
	frame := fmt.Sprintf(`<iframe src="%s" title="%s" width="%d" height="%d" sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" loading="lazy" style="max-width: 100%%; border: 0"></iframe>`,
		html.EscapeString(c.address), html.EscapeString(c.title), cardWidth, cardHeight)
	return oEmbed{"1.0", "rich", c.title, config.Title, config.BaseURL, frame, cardWidth, cardHeight}
}
