package layout

import (
	"cmp"
	"encoding/json"
	"html/template"
	"net/url"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// LinkedData describes the page in the vocabulary of https://schema.org, as
// JSON-LD. Addresses are relative to the page unless the site has a base URL. It
// is empty for a page that describes nothing.
func (v *View) LinkedData() (template.JS, error) {
	d := v.linkedData()
	if d == nil {
		return "", nil
	}
	text, err := json.Marshal(d) // which escapes what could end a script
	return template.JS(text), err
}

func (v *View) linkedData() map[string]any {
	of, ok := types[v.Kind]
	if !ok {
		return nil
	}
	d := map[string]any{"@context": "https://schema.org", "@type": of, "name": v.Title, "url": v.full(v.Ref)}
	set := func(key string, value string) {
		if value != "" {
			d[key] = value
		}
	}
	set("description", v.Summary)
	switch v.Kind {
	case kind.Actor, kind.Place, kind.Event, kind.Concept:
	default: // works, which have a language and are revised
		set("inLanguage", cmp.Or(v.Lang, v.Config.Language))
		set("dateModified", string(v.Doc.Front.Updated))
	}
	var aliases []string
	for _, a := range v.Doc.Front.Aliases {
		aliases = append(aliases, a.Name)
	}
	if len(aliases) > 0 {
		d["alternateName"] = aliases
	}
	switch v.Kind {
	case kind.Section:
		d["headline"] = v.Title
		v.parts(d)
	case kind.Page, kind.Index:
		v.parts(d)
	case kind.Actor:
		if of, ok := actors[v.Type]; ok {
			d["@type"] = of
		}
		v.refer(d, "memberOf", v.Relation("part_of", false))
	case kind.Place:
		v.refer(d, "containedInPlace", v.Relation("part_of", false))
	case kind.Event:
		set("startDate", string(v.Date))
		v.refer(d, "location", v.Relation("places", false))
		v.refer(d, "contributor", v.Relation("actors", false))
	case kind.Source:
		set("genre", v.Type)
		set("datePublished", string(v.Date))
		set("sameAs", v.Doc.Front.URL)
		set("creditText", v.Doc.Front.Author)
		if name := v.Doc.Front.Publisher; name != "" {
			d["publisher"] = map[string]any{"@type": "Organization", "name": name}
		}
	case kind.Claim:
		v.claim(d)
	}
	return d
}

// types are those of schema.org by the kind of page.
var types = map[kind.Kind]string{
	kind.Home: "WebSite", kind.Index: "CollectionPage", kind.Page: "WebPage", kind.Section: "Article",
	kind.Actor: "Organization", kind.Place: "Place", kind.Event: "Event", kind.Concept: "DefinedTerm",
	kind.Source: "CreativeWork", kind.Claim: "Claim",
}

// actors are those of schema.org by the type of an actor.
var actors = map[string]string{"state": "Country", "government": "GovernmentOrganization", "agency": "GovernmentOrganization", "person": "Person"}

// parts names the claims of the text, and the sources that they cite.
func (v *View) parts(d map[string]any) {
	var claims, sources []map[string]any
	seen := map[*site.Ref]bool{}
	for _, st := range v.Labels {
		claims = append(claims, v.thing("Claim", st.Ref))
		for _, c := range st.Cites {
			if !seen[c.Source] {
				seen[c.Source] = true
				sources = append(sources, v.thing("CreativeWork", c.Source))
			}
		}
	}
	if len(claims) > 0 {
		d["hasPart"], d["citation"] = claims, sources
	}
}

// claim says who holds it, where it stands, and what it is about.
func (v *View) claim(d map[string]any) {
	c := v.Claim
	d["text"] = text.PlainText(v.AppendBody(nil, nil))
	d["additionalType"] = c.Type
	v.refer(d, "author", c.HeldBy)
	v.refer(d, "about", c.About)
	d["isPartOf"] = v.thing("Article", c.On)
	var sources []*site.Ref
	for _, cite := range c.Cites {
		sources = append(sources, cite.Source)
	}
	v.refer(d, "appearance", sources)
	var held []*site.Ref
	for _, check := range c.Checks {
		held = append(held, check.Sources...)
	}
	v.refer(d, "citation", held)
}

// refer sets a key to the pages it names, if there are any.
func (v *View) refer(d map[string]any, key string, pages []*site.Ref) {
	var list []map[string]any
	for _, r := range pages {
		of := types[r.Kind]
		if t, ok := actors[r.Type]; ok && r.Kind == kind.Actor {
			of = t
		}
		list = append(list, v.thing(of, r))
	}
	if len(list) > 0 {
		d[key] = list
	}
}

func (v *View) thing(of string, r *site.Ref) map[string]any {
	return map[string]any{"@type": of, "name": r.Title, "url": v.full(r)}
}

// full is an address as JSON-LD is to have it.
func (v *View) full(r *site.Ref) string {
	if v.Config.BaseURL != "" {
		return v.Config.BaseURL + (&url.URL{Path: r.Permalink()}).EscapedPath()
	}
	return v.Href(r)
}
