package content

import "testing"

func TestPictures(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"alone it is a figure", "![a map](map.png)", "<figure><img src=\"{0}\" alt=\"a map\" loading=\"lazy\"></figure>\n"},
		{"with a caption", "![a map](map.png \"The \\\"line\\\" & more\")", "<figure><img src=\"{0}\" alt=\"a map\" loading=\"lazy\"><figcaption>The “line” &amp; more</figcaption></figure>\n"},
		{"in text", "See ![a map](map.png) here", "<p>See <img src=\"{0}\" alt=\"a map\" loading=\"lazy\"> here</p>\n"},
		{"two in a paragraph", "![a](a.png) ![b](b.png)", "<p><img src=\"{0}\" alt=\"a\" loading=\"lazy\"> <img src=\"{1}\" alt=\"b\" loading=\"lazy\"></p>\n"},
		{"in a link", "[![a](a.png)](b.md)", "<p><a href=\"{0}\"><img src=\"{1}\" alt=\"a\" loading=\"lazy\"></a></p>\n"},
		{"description with markup", "![*a* \"b\" & [c](d) `e`](a.png)", "<figure><img src=\"{0}\" alt=\"a “b” &amp; c e\" loading=\"lazy\"></figure>\n"},
		{"in a list", "- ![a](a.png)", "<ul>\n<li><img src=\"{0}\" alt=\"a\" loading=\"lazy\"></li>\n</ul>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(c.in)
			if got := filled(d); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			wantReported(t, d)
		})
	}
}

func TestPictureLink(t *testing.T) {
	d := parse("![a map](maps/north%20west.png)")
	if l := d.Links[0]; l.Form != Image || l.Target != "maps/north west.png" || l.Line != 4 || l.Column != 1 {
		t.Errorf("noted %+v", l)
	}
	if len(d.Runs) > 0 {
		t.Errorf("names may be linked in %q", runs(d))
	}
}

func TestBadPictures(t *testing.T) {
	for in, want := range map[string]string{
		"a ![](map.png)":                  "4:3: warning: this picture has no description\n  hint: say in the brackets what it shows: ![a map of the frontier](map.png)",
		"![a](https://example.org/a.png)": "4:1: error: the picture \"https://example.org/a.png\" stands on another site\n  hint: put the picture beside the page",
		"![a](data:image/png;base64,AA)":  "4:1: error: the scheme of \"data:image/png;base64,AA\" is not allowed\n  hint: links may begin with https:, http: or mailto:",
		"![a](mailto:a@b.org)":            "4:1: error: the scheme of \"mailto:a@b.org\" is not allowed\n  hint: links may begin with https:, http: or mailto:",
	} {
		wantReported(t, parse(in), want)
	}
}
