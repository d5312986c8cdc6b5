package export

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// The description of a card is a frame of the size that it gives, whatever the claim is called.
func TestCardsAreDescribed(t *testing.T) {
	for _, base := range []string{"", "https://example.org/a%20b/"} {
		in := site.Input{Config: frontmatter.Config{Title: "A <site> & \"so\"", BaseURL: base, Language: "en"}, Cards: true}
		parser := content.NewParser()
		for _, name := range slices.Sorted(maps.Keys(everything)) {
			in.Docs = append(in.Docs, parser.Parse(name, []byte(everything[name])))
		}
		made, _ := new(Exporter).Files(site.NewPlacer().Place(in), nil)
		data := made["claims/full/oembed.json"]
		if base == "" {
			if data != nil {
				t.Errorf("described without an address: %s", data)
			}
			continue
		}
		var got oEmbed
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		frame, err := html.Parse(strings.NewReader(got.HTML))
		if err != nil {
			t.Fatal(err)
		}
		attributes := map[string]string{}
		for n := range frame.Descendants() {
			for _, a := range n.Attr {
				attributes[n.Data+" "+a.Key] = a.Val
			}
		}
		title := "Queen; The <King> & “co”: Full, “quoted” & <more>"
		want := map[string]string{
			"iframe src": base + "claims/full/card/", "iframe title": title, "iframe width": "600", "iframe height": "260",
			"iframe sandbox": "allow-same-origin allow-popups allow-popups-to-escape-sandbox", "iframe loading": "lazy", "iframe style": "max-width: 100%; border: 0",
		}
		if !maps.Equal(attributes, want) {
			t.Errorf("got %q\nwant %q", attributes, want)
		}
		got.HTML = ""
		if want := (oEmbed{"1.0", "rich", title, "A <site> & \"so\"", base, "", 600, 260}); got != want {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	}
}
