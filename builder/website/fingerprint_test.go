package website

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
)

// On the home page and on that of the claims, each claim has one sign, which leads to it and
// shows what it is and what became of it. Sections and claims lead there from their outline.
func TestFingerprintHasEachClaim(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		index := Shows(t, s, "claims")
		for _, p := range s.Site.Pages {
			page := drawnPage{Page: p}
			switch {
			case len(s.Site.Claims) > 0 && (p.Kind == kind.Home || p == index):
				page = readPage(t, s, p)
			case p.Kind == kind.Section || p.Kind == kind.Claim:
				page = readPage(t, s, p)
				dots := page.Overview.Strip.Dots(p)
				for _, line := range all(page.html, having("strip")) {
					if to := page.leads(line.FirstChild); to != index.URL+"#site-fingerprint" {
						t.Errorf("%s: the outline leads to %q", p.URL, to)
					}
					if here := len(all(line, func(n *html.Node) bool { return strings.HasPrefix(attr(n, "class"), "claim-") })); here != len(dots) {
						t.Errorf("%s: the outline shows %d claims, want %d", p.URL, here, len(dots))
					}
					dots = nil
				}
				if len(dots) > 0 {
					t.Errorf("%s: no outline, but %d claims", p.URL, len(dots))
				}
				continue
			default:
				continue
			}
			signs := map[string][]*html.Node{}
			for _, sign := range all(first(page.html, having("print")), func(n *html.Node) bool { return n.Data == "li" && n.Parent.Data == "ul" }) {
				to := page.leads(sign.FirstChild)
				signs[to] = append(signs[to], sign)
			}
			for _, c := range s.Site.Claims {
				found := signs[c.URL+"#"]
				if len(found) != 1 || !is(found[0], "is-"+c.Type) || !is(found[0], "is-"+c.Result) {
					t.Errorf("%s: %d signs of %s, want one with its kind and result", p.URL, len(found), c.ID)
				} else if name := page.name(found[0].FirstChild); !strings.HasSuffix(name, c.Title) {
					t.Errorf("%s: the sign of %s is named %q", p.URL, c.ID, name)
				}
			}
			if rows := len(all(page.html, having("number"))); rows != len(page.Overview.Fingerprint.Rows) {
				t.Errorf("%s: %d lines, want one for each paragraph", p.URL, rows)
			}
			if len(signs) != len(s.Site.Claims) {
				t.Errorf("%s: %d signs, want %d", p.URL, len(signs), len(s.Site.Claims))
			}
		}
	})
}

// name returns the accessible name of a link.
func (p drawnPage) name(link *html.Node) (name string) {
	ids := strings.Fields(attr(link, "aria-labelledby"))
	for _, id := range ids {
		name += textOf(within(p.html, id))
	}
	if len(ids) == 0 {
		name = textOf(link)
	}
	return strings.TrimSpace(name)
}

var cardMeta = regexp.MustCompile(`<meta property="og:image" content="([^"]*)">`)

// Each page names a picture for link previews that is published, if the site has an address.
func TestPagesNameTheirCard(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		for _, base := range []string{"", "https://example.org/sub/"} {
			o.BaseURL = base
			s := Build(t, o)
			base := s.Site.Config.BaseURL
			for _, p := range s.Site.Pages {
				if p.Kind == site.KindRedirect || p.Kind == site.KindCard {
					continue
				}
				meta := cardMeta.FindSubmatch(s.Files[paths.File(p.URL)].Data)
				if base == "" && meta != nil {
					t.Errorf("%s: names %s, but the site has no address", p.URL, meta[1])
				} else if base != "" && (meta == nil || s.Files[strings.TrimPrefix(string(meta[1]), base)] == nil) {
					t.Errorf("%s: names no published picture: %s", p.URL, bytes.Join(meta, []byte(" ")))
				}
			}
		}
	})
}
