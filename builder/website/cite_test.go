package website

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
)

// cited returns how a page says that it is cited: as text, BibTeX and RIS.
func cited(s *pipeline.Snapshot, name string) []string {
	var list []string
	_, cite, _ := strings.Cut(string(s.Files[name].Data), `<details class="cite"`)
	for _, m := range regexp.MustCompile(`(?s)<pre>(.*?)</pre>`).FindAllStringSubmatch(cite, -1) {
		list = append(list, html.UnescapeString(regexp.MustCompile(`</?bdi[^>]*>`).ReplaceAllString(m[1], "")))
	}
	return list
}

// A claim is cited as its holder's and not as the site's, and a page whose text
// retells claims says whose.
func TestCitationNamesTheHolder(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		for _, p := range s.Site.Pages {
			name := strings.TrimSuffix(p.URL, "index.html") + "index.html"
			if s.Files[name] == nil || p.Kind == site.KindCard {
				continue
			}
			forms, holders := cited(s, name), p.Holders()
			if p.Claim != nil {
				holders = p.Claim.HeldBy
			}
			for i, form := range forms {
				for n, h := range holders {
					begins := map[int]string{0: h.Title, 1: "author = {{" + h.Title + "}", 2: "AU  - " + h.Title}[i]
					if !strings.Contains(form, h.Title) || n == 0 && p.Claim != nil && !strings.Contains(form, begins) {
						t.Errorf("%s is cited without %q: %s", p.URL, h.Title, form)
					}
				}
			}
			if p.Claim != nil && (len(forms) != 3 || !strings.HasPrefix(forms[0], holders[0].Title)) {
				t.Errorf("%s is not its holder's: %q", p.URL, forms)
			}
		}
	})
}

func TestCiteThisPage(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml":          "title: Tea & Co\nauthor: A_Z\nbase_url: https://example.org/tea/\n",
		"index.md":           "# Tea & Co\n",
		"actors/index.md":    "---\ntitle: Actors\n---\n",
		"actors/taster.md":   "---\ntitle: The taster\ntype: person\nupdated: 2024-05\n---\n",
		"analysis/index.md":  "---\ntitle: Analysis\n---\n",
		"analysis/first.md":  "---\ntitle: R&D, 100% of it\nupdated: 2024-05-06\n---\n",
		"analysis/second.md": "---\ntitle: Second\n---\n",
	} {
		write(t, root, name, text)
	}
	o := Options(root)
	s := Build(t, o)
	compare := func(name string, want ...string) {
		t.Helper()
		if got := cited(s, name); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("%s is cited as\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	compare("analysis/first/index.html",
		"A_Z. “R&D, 100% of it”. Tea & Co, 6 May 2024. https://example.org/tea/analysis/first/",
		`@misc{first,
  title = {R\&D, 100\% of it},
  author = {{A\_Z}},
  year = {2024},
  url = {https://example.org/tea/analysis/first/},
  note = {In: Tea \& Co, 6 May 2024}
}`,
		"TY  - ELEC\nTI  - R&D, 100% of it\nT2  - Tea & Co\nAU  - A_Z\nPY  - 2024\nDA  - 2024/05/06/\nUR  - https://example.org/tea/analysis/first/\nLA  - en\nER  - ")
	if got := cited(s, "index.html"); len(got) != 3 || got[0] != "A_Z. Tea & Co. https://example.org/tea/" {
		t.Errorf("the home page is cited as %q", got)
	}
	compare("404.html")

	// Without a day, an author and an address, these are left out.
	write(t, root, "site.yaml", "title: Tea\n")
	s = Build(t, o)
	compare("analysis/second/index.html", "“Second”. Tea.", "@misc{second,\n  title = {Second},\n  note = {In: Tea}\n}",
		"TY  - ELEC\nTI  - Second\nT2  - Tea\nLA  - en\nER  - ")
	if got := cited(s, "actors/taster/index.html"); len(got) != 3 || !strings.Contains(got[2], "DA  - 2024/05//\n") {
		t.Errorf("a month is cited as %q", got)
	}
}
