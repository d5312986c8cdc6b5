package content

import (
	"maps"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// schemaFor returns the keys that the front matter of a kind may have, each
// writing into f.
func schemaFor(kind Kind, f *Front) schema {
	s := schema{
		"title":    {set: func(m *matter, n *yaml.Node) { f.Title = m.prose(n) }},
		"summary":  {set: func(m *matter, n *yaml.Node) { f.Summary = m.prose(n); m.atMost(n, f.Summary, 300) }},
		"aliases":  {set: func(m *matter, n *yaml.Node) { m.each(n, func(n *yaml.Node) { m.alias(n, f) }) }},
		"weight":   {set: func(m *matter, n *yaml.Node) { f.Weight, _ = m.number(n) }},
		"draft":    {set: func(m *matter, n *yaml.Node) { f.Draft = m.flag(n) }},
		"updated":  {set: func(m *matter, n *yaml.Node) { f.Updated = m.date(n) }},
		"layout":   {set: func(m *matter, n *yaml.Node) { f.Layout, f.LayoutAt = m.text(n), m.at(n) }},
		"autolink": {set: func(m *matter, n *yaml.Node) { f.NoAutolink = !m.flag(n) }},
		"redirect_from": {set: func(m *matter, n *yaml.Node) {
			m.each(n, func(n *yaml.Node) { m.redirect(n, f) })
		}},
	}
	maps.Copy(s, kindSchema(kind, f))
	return s
}

// kindSchema is what a kind has beside the common keys.
func kindSchema(kind Kind, f *Front) schema {
	one := func(key string) field {
		return field{set: func(m *matter, n *yaml.Node) { f.Refs = append(f.Refs, m.ref(key, n)) }}
	}
	many := func(key string) field {
		return field{set: func(m *matter, n *yaml.Node) {
			m.each(n, func(n *yaml.Node) { f.Refs = append(f.Refs, m.ref(key, n)) })
		}}
	}
	typeOf := func(words ...string) field {
		return field{required: true, set: func(m *matter, n *yaml.Node) {
			if len(words) == 0 {
				f.Type = m.prose(n)
			} else {
				f.Type = m.oneOf(n, words...)
			}
		}}
	}
	prose := func(to *string) field { return field{set: func(m *matter, n *yaml.Node) { *to = m.prose(n) }} }
	switch kind {
	case KindPage, KindIndex, KindHome:
		return schema{"shows": {set: func(m *matter, n *yaml.Node) { f.Shows = m.oneOf(n, Overviews[:]...) }}}
	case KindActor:
		return schema{"type": typeOf("state", "government", "armed group", "agency", "person"), "part_of": one("part_of")}
	case KindPlace:
		return schema{"type": typeOf(), "part_of": one("part_of")}
	case KindConcept:
		return schema{"type": typeOf("term", "doctrine", "issue")}
	case KindEvent:
		return schema{
			"date": {set: func(m *matter, n *yaml.Node) { f.Date = m.date(n) }},
			"precision": {required: true, set: func(m *matter, n *yaml.Node) {
				f.Precision, f.precisionAt = m.oneOf(n, "day", "month", "year", "unknown"), m.at(n)
			}},
			"places":  many("places"),
			"actors":  many("actors"),
			"figures": {set: func(m *matter, n *yaml.Node) { m.each(n, func(n *yaml.Node) { m.figure(n, f) }) }},
		}
	case KindSource:
		return schema{
			"type":        typeOf(),
			"author":      prose(&f.Author),
			"publisher":   prose(&f.Publisher),
			"published":   {set: func(m *matter, n *yaml.Node) { f.Published = m.date(n) }},
			"url":         {set: func(m *matter, n *yaml.Node) { f.URL = m.address(n) }},
			"perspective": prose(&f.Perspective),
			"reliability": prose(&f.Reliability),
			"passages":    {set: func(m *matter, n *yaml.Node) { m.each(n, func(n *yaml.Node) { m.passage(n, f) }) }},
		}
	}
	return nil
}

func (m *matter) alias(n *yaml.Node, f *Front) {
	a := Alias{At: m.at(n)}
	if n.Kind == yaml.MappingNode {
		m.mapping(n, "this alias", schema{
			"name":     {required: true, set: func(m *matter, n *yaml.Node) { a.Name, a.At = m.prose(n), m.at(n) }},
			"autolink": {set: func(m *matter, n *yaml.Node) { a.NoAutolink = !m.flag(n) }},
		})
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

func (m *matter) figure(n *yaml.Node, f *Front) {
	var g Figure
	need := func(to *string) field {
		return field{required: true, set: func(m *matter, n *yaml.Node) { *to = m.prose(n) }}
	}
	m.mapping(n, "this figure", schema{
		"what":     need(&g.What),
		"value":    need(&g.Value),
		"claimant": need(&g.Claimant),
		"source":   {required: true, set: func(m *matter, n *yaml.Node) { g.Source = m.ref("source", n) }},
		"date":     {required: true, set: func(m *matter, n *yaml.Node) { g.Date = m.date(n) }},
	})
	f.Figures = append(f.Figures, g)
}

var hexDigest = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (m *matter) passage(n *yaml.Node, f *Front) {
	p := Passage{At: m.at(n)}
	m.mapping(n, "this passage", schema{
		"n": {required: true, set: func(m *matter, n *yaml.Node) {
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
		}},
		"gist":     {required: true, set: func(m *matter, n *yaml.Node) { p.Gist = m.prose(n) }},
		"no_claim": {set: func(m *matter, n *yaml.Node) { p.NoClaim = m.prose(n) }},
		"sha256": {set: func(m *matter, n *yaml.Node) {
			p.SHA256 = m.text(n)
			if !hexDigest.MatchString(p.SHA256) {
				m.errorf(n, "write 64 lower-case hex digits", "this is not a SHA-256")
			}
		}},
	})
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
