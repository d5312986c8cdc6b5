package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/site"
)

// indexPage is a page in the part "pages" of the index, which the search and the
// previews of links read. Its keys are short because there are many of them.
type indexPage struct {
	URL     string   `json:"u"` // below the site's root
	Title   string   `json:"t"`
	Kind    string   `json:"k"`
	Type    string   `json:"y,omitempty"`
	Summary string   `json:"s,omitempty"` // of a claim, the beginning of its text
	Date    string   `json:"d,omitempty"`
	Aliases []string `json:"a,omitempty"`
	Holder  string   `json:"h,omitempty"` // of a claim
	Cites   string   `json:"c,omitempty"` // of a claim: "The column, ¶3"
	Later   bool     `json:"l,omitempty"` // later than the analysed text
}

// partSize is about how many bytes of text a part of the index holds.
const partSize = 150_000

// search makes the index: the part "pages", and the texts of the pages in as
// many parts as they need: "text-0" and so on, each a list of [number of the page,
// text]. The part "text" is how many there are. It holds texts and not words with
// their places, for a text is what an excerpt is cut from, and folding its words
// takes a browser no longer than loading them would.
func search(s *site.Site, files map[string][]byte) error {
	var pages []indexPage
	var part [][2]any
	size, parts := 0, 0
	flush := func() error {
		if len(part) == 0 {
			return nil
		}
		err := indexPart(files, fmt.Sprintf("text-%d", parts), part)
		part, size, parts = nil, 0, parts+1
		return err
	}
	for _, p := range s.Pages {
		if p.Doc.Path == "" {
			continue
		}
		if p.Claim == nil { // a claim's text is part of the page that tells it
			text := content.PlainText(p.AppendBody(nil, func(b []byte, _ *site.Statement) []byte { return b }))
			part = append(part, [2]any{len(pages), text})
			if size += len(text); size > partSize {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		pages = append(pages, indexed(p))
	}
	if err := flush(); err != nil {
		return err
	}
	if err := indexPart(files, "text", parts); err != nil {
		return err
	}
	return indexPart(files, "pages", pages)
}

func indexed(p *site.Page) indexPage {
	i := indexPage{URL: p.URL, Title: p.Title, Kind: string(p.Kind), Type: p.Type, Summary: p.Summary, Date: string(p.Date), Later: p.Later}
	for _, a := range p.Doc.Front.Aliases {
		i.Aliases = append(i.Aliases, a.Name)
	}
	if c := p.Claim; c != nil {
		i.Summary = clip(content.PlainText(p.AppendBody(nil, nil)), 200)
		var holders, cites []string
		for _, h := range c.HeldBy {
			holders = append(holders, h.Title)
		}
		i.Holder = strings.Join(holders, ", ")
		if c.HeldNote != "" {
			i.Holder += " (" + c.HeldNote + ")"
		}
		for _, cite := range c.Cites {
			text := cite.Source.Title
			for _, n := range cite.Passages {
				text += fmt.Sprintf(", ¶%d", n)
			}
			cites = append(cites, text)
		}
		i.Cites = strings.Join(cites, "; ")
	}
	return i
}

// indexPart writes one part: a script, so that it can be loaded from a file as
// well as from a server, and inside a page. encoding/json writes "<" as \u003c.
func indexPart(files map[string][]byte, name string, data any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	files["search/"+name+".js"] = bytes.Join([][]byte{[]byte(`siteIndex.add("` + name + `",`), text, []byte(");\n")}, nil)
	return nil
}

// clip shortens a text to about n characters, at the end of a word.
func clip(s string, n int) string {
	for i := range s {
		if n--; n >= 0 {
			continue
		}
		if j := strings.LastIndexByte(s[:i], ' '); j > 0 {
			i = j
		}
		return s[:i] + " …"
	}
	return s
}
