package frontmatter

import (
	"maps"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
)

// schemaFor returns the keys that the front matter of a kind may have, each
// writing into f.
func schemaFor(k kind.Kind, f *Front) schema {
	s := schema{
		"title":         textField("What the page is called; without it, the first heading.", &f.Title),
		"summary":       {doc: "One plain sentence.", shape: shape{"type": "string", "maxLength": 300}, set: func(m *matter, n *yaml.Node) { f.Summary = m.prose(n); m.atMost(n, f.Summary, 300) }},
		"aliases":       listField("Other names of the page: links and search match them, and a text links them by itself.", aliasShape, func(m *matter, n *yaml.Node) { m.alias(n, f) }),
		"weight":        {doc: "Its place among its neighbours, the least first.", shape: number, set: func(m *matter, n *yaml.Node) { f.Weight, _ = m.number(n) }},
		"draft":         flagField("Leave the page out, unless drafts are asked for.", &f.Draft),
		"updated":       dateField("When it was last revised.", &f.Updated),
		"layout":        {doc: "The layout to use instead of that of its kind.", shape: plainText, set: func(m *matter, n *yaml.Node) { f.Layout, f.LayoutAt = m.text(n), m.at(n) }},
		"autolink":      {doc: "Whether its names are linked where a text mentions them.", shape: yesOrNo, set: func(m *matter, n *yaml.Node) { f.NoAutolink = !m.flag(n) }},
		"menu":          wordField("Where a page at the top of the site is linked from every page.", func(s string, _ diag.Position) { f.Menu = s }, "main", "foot"),
		"redirect_from": listField("Addresses that it had before: old/name/.", plainText, func(m *matter, n *yaml.Node) { m.redirect(n, f) }),
	}
	maps.Copy(s, tongue(&f.Lang, &f.Dir))
	maps.Copy(s, kindSchema(k, f))
	return s
}

// frontParser has the schema of a kind, which writes into its own Front. It is
// made once for many pages.
type frontParser struct {
	front  Front
	schema schema
	own    bool // whether the kind has keys beside the common ones
}

func newFrontParser(k kind.Kind) *frontParser {
	f := &frontParser{}
	f.schema, f.own = schemaFor(k, &f.front), len(kindSchema(k, &f.front)) > 0
	return f
}

// kindSchema is what a kind has beside the common keys.
func kindSchema(k kind.Kind, f *Front) schema {
	one := func(key, doc string) field {
		return field{doc: doc, shape: plainText, set: func(m *matter, n *yaml.Node) { f.Refs = append(f.Refs, m.ref(key, n)) }}
	}
	many := func(key, doc string) field {
		return listField(doc, plainText, func(m *matter, n *yaml.Node) { f.Refs = append(f.Refs, m.ref(key, n)) })
	}
	typeOf := func(words ...string) field {
		if len(words) > 0 {
			return wordField("What sort of thing it is.", func(s string, _ diag.Position) { f.Type = s }, words...).must()
		}
		return textField("What sort of thing it is, in a word or two.", &f.Type).must()
	}
	switch k {
	case kind.Page, kind.Index, kind.Home:
		return schema{
			"shows":   wordField("What the page gathers from the whole site.", func(s string, _ diag.Position) { f.Shows = s }, Overviews[:]...),
			"picture": listField("Arrows between pages, each standing for a claim.", arrowShape, func(m *matter, n *yaml.Node) { m.arrow(n, f) }),
		}
	case kind.Actor:
		return schema{"type": typeOf("state", "government", "armed group", "agency", "person"), "part_of": one("part_of", "The id of the actor that it belongs to.")}
	case kind.Place:
		return schema{"type": typeOf(), "part_of": one("part_of", "The id of the place that it lies in.")}
	case kind.Concept:
		return schema{"type": typeOf("term", "doctrine", "issue")}
	case kind.Event:
		return schema{
			"date": dateField("When it happened, as precisely as is known.", &f.Date),
			"precision": wordField("How precisely the date is known.", func(s string, at diag.Position) { f.Precision, f.PrecisionAt = s, at },
				"day", "month", "year", "unknown").must(),
			"places":  many("places", "The ids of the places where it happened."),
			"actors":  many("actors", "The ids of those who had a part in it."),
			"figures": listField("What is claimed in numbers, each with who claims it.", figureShape, func(m *matter, n *yaml.Node) { m.figure(n, f) }),
		}
	case kind.Source:
		return schema{
			"type":        typeOf(),
			"author":      textField("Who wrote it.", &f.Author),
			"publisher":   textField("Who published it.", &f.Publisher),
			"published":   dateField("When it was published.", &f.Published),
			"url":         {doc: "Its address.", shape: webPage, set: func(m *matter, n *yaml.Node) { f.URL = m.address(n) }},
			"perspective": textField("Whose view it carries.", &f.Perspective),
			"reliability": textField("What it can be relied on for, in words.", &f.Reliability),
			"passages":    listField("Its paragraphs, described and fingerprinted.", passageShape, func(m *matter, n *yaml.Node) { m.passage(n, f) }),
		}
	}
	return nil
}

// aliasSchema is an alias written as a mapping.
func aliasSchema(a *Alias) schema {
	s := schema{
		"name":     field{doc: "The name.", shape: plainText, set: func(m *matter, n *yaml.Node) { a.Name, a.At = m.prose(n), m.at(n) }}.must(),
		"autolink": {doc: "Whether it is linked where a text mentions it.", shape: yesOrNo, set: func(m *matter, n *yaml.Node) { a.NoAutolink = !m.flag(n) }},
	}
	maps.Copy(s, tongue(&a.Lang, &a.Dir))
	return s
}

// The shapes of what lists hold.
var (
	aliasShape   = shape{"anyOf": []shape{plainText, aliasSchema(&Alias{}).shape()}}
	arrowShape   = arrowSchema(&Arrow{}).shape()
	figureShape  = figureSchema(&Figure{}).shape()
	passageShape = passageSchema(&Passage{}, &Front{}).shape()
)

func (m *matter) alias(n *yaml.Node, f *Front) {
	a := Alias{At: m.at(n)}
	if n.Kind == yaml.MappingNode {
		m.mapping(n, "this alias", aliasSchema(&a))
		a.Dir = Directed(a.Lang, a.Dir)
	} else {
		a.Name = m.prose(n)
	}
	if a.Name != "" {
		f.Aliases = append(f.Aliases, a)
	}
}

func (m *matter) ref(key string, n *yaml.Node) Ref {
	return Ref{Key: key, ID: m.text(n), At: m.at(n)}
}

func (m *matter) redirect(n *yaml.Node, f *Front) {
	p := m.text(n)
	clean := strings.TrimPrefix(path.Clean("/"+p), "/")
	if p == "" {
		return
	}
	if clean == "" || strings.Trim(p, "/") != clean || strings.ContainsAny(p, `\?#:%"<>`) || strings.ContainsFunc(p, unicode.IsControl) ||
		strings.HasPrefix(clean, ".") || len(path.Base(clean)) > 200 {
		m.errorf(n, "write an old address of this site, such as old/name/", "%q is no address to redirect from", p)
		return
	}
	f.RedirectFrom = append(f.RedirectFrom, Redirect{Path: clean + "/", At: m.at(n)})
}

func figureSchema(g *Figure) schema {
	return schema{
		"what":     textField("What is counted.", &g.What).must(),
		"value":    textField("The figure, in the words of the report.", &g.Value).must(),
		"claimant": textField("Who claims it.", &g.Claimant).must(),
		"source":   field{doc: "The id of the source that reports it.", shape: plainText, set: func(m *matter, n *yaml.Node) { g.Source = m.ref("source", n) }}.must(),
		"date":     dateField("When it was published.", &g.Date).must(),
	}
}

func (m *matter) figure(n *yaml.Node, f *Front) {
	var g Figure
	m.mapping(n, "this figure", figureSchema(&g))
	f.Figures = append(f.Figures, g)
}

// saysLimit is how many characters an arrow may say, so that the label has room
// in the drawing.
const saysLimit = 30

func arrowSchema(a *Arrow) schema {
	ref := func(key, doc string, to *Ref) field {
		return field{doc: doc, shape: plainText, set: func(m *matter, n *yaml.Node) { *to = m.ref(key, n) }}.must()
	}
	return schema{
		"from":  ref("from", "The id of the page that the arrow leaves.", &a.From),
		"to":    ref("to", "The id of the page that it leads to.", &a.To),
		"claim": ref("claim", "The id of the claim that it stands for.", &a.Claim),
		"says":  field{doc: "The claim in a few words.", shape: shape{"type": "string", "minLength": 1, "maxLength": saysLimit}, set: func(m *matter, n *yaml.Node) { a.Says = m.prose(n); m.atMost(n, a.Says, saysLimit) }}.must(),
	}
}

func (m *matter) arrow(n *yaml.Node, f *Front) {
	var a Arrow
	m.mapping(n, "this arrow", arrowSchema(&a))
	f.Picture = append(f.Picture, a)
}

var hexDigest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// passageSchema is an entry of passages, behind those in f.
func passageSchema(p *Passage, f *Front) schema {
	return schema{
		"n": field{doc: "Its number, counted from 1.", shape: shape{"type": "integer", "minimum": 1}, set: func(m *matter, n *yaml.Node) {
			var ok bool
			if p.N, ok = m.number(n); !ok {
				return
			}
			for _, q := range f.Passages {
				if p.N == q.N {
					m.errorf(n, "number every passage once", "passage %d is listed twice", p.N)
				}
			}
			if p.N < 1 {
				m.errorf(n, "count from 1", "%d is not the number of a passage", p.N)
			}
		}}.must(),
		"gist":     textField("What it says, in one line of our own.", &p.Gist).must(),
		"no_claim": textField("Why no claim rests on it.", &p.NoClaim),
		"sha256": {doc: "The SHA-256 of its text, in lower-case hex.", shape: shape{"type": "string", "pattern": hexDigest.String()}, set: func(m *matter, n *yaml.Node) {
			p.SHA256 = m.text(n)
			if !hexDigest.MatchString(p.SHA256) {
				m.errorf(n, "write 64 lower-case hex digits", "this is not a SHA-256")
			}
		}},
	}
}

func (m *matter) passage(n *yaml.Node, f *Front) {
	p := Passage{At: m.at(n)}
	m.mapping(n, "this passage", passageSchema(&p, f))
	f.Passages = append(f.Passages, p)
}

// address accepts an absolute web address.
func (m *matter) address(n *yaml.Node) string {
	s := m.text(n)
	if u, err := url.Parse(s); s != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		m.errorf(n, "write it in full: https://example.org/page", "%q is not a web address", s)
		return ""
	}
	return s
}
