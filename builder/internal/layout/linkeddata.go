package layout

import (
	"cmp"
	"encoding/json"
	"html/template"
	"maps"
	"net/url"
	"reflect"
	"slices"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// LinkedData describes the page in the vocabulary of https://schema.org, as
// JSON-LD. Addresses are relative to the page unless the site has a base URL. It
// is empty for a page that describes nothing.
func (v *View) LinkedData() (template.JS, error) {
	of := schemaType(v.Ref)
	if of == "" {
		return "", nil
	}
	var aliases []string
	for _, a := range v.Doc.Front.Aliases {
		aliases = append(aliases, a.Name)
	}
	d := v.thing(of, v.Ref)
	d["@context"], d["description"], d["alternateName"] = "https://schema.org", v.Summary, aliases
	switch v.Kind {
	case kind.Actor:
		d["memberOf"] = v.all(v.Relation("part_of", false))
	case kind.Place:
		d["containedInPlace"] = v.all(v.Relation("part_of", false))
	case kind.Event:
		d["startDate"] = v.Date
		d["location"] = v.all(v.Relation("places", false))
		d["contributor"] = v.all(v.Relation("actors", false))
	case kind.Concept:
	default: // what has a language and is revised
		d["inLanguage"] = cmp.Or(v.Lang, v.Config.Language)
		d["dateModified"] = v.Doc.Front.Updated
	}
	switch front := &v.Doc.Front; v.Kind {
	case kind.Section:
		d["headline"] = v.Title
		v.parts(d)
	case kind.Page, kind.Index:
		v.parts(d)
	case kind.Source:
		d["genre"] = v.Type
		d["datePublished"] = v.Date
		d["sameAs"] = front.URL
		d["creditText"] = front.Author
		if front.Publisher != "" {
			d["publisher"] = object{"@type": "Organization", "name": front.Publisher}
		}
	case kind.Claim:
		v.claim(d)
	}
	maps.DeleteFunc(d, func(_ string, value any) bool { return reflect.ValueOf(value).IsZero() })
	text, err := json.Marshal(d) // which escapes what could end a script
	return template.JS(text), err
}

// object is one of JSON.
type object map[string]any

// schemaType is the type of a page in that vocabulary, "" if there is none.
func schemaType(r *site.Ref) string {
	if of, ok := actors[r.Type]; ok && r.Kind == kind.Actor {
		return of
	}
	return types[r.Kind]
}

// types are the types of schema.org by the kind of page.
var types = map[kind.Kind]string{
	kind.Home: "WebSite", kind.Index: "CollectionPage", kind.Page: "WebPage", kind.Section: "Article",
	kind.Actor: "Organization", kind.Place: "Place", kind.Event: "Event", kind.Concept: "DefinedTerm",
	kind.Source: "CreativeWork", kind.Claim: "Claim",
}

// actors are the types of schema.org by the type of an actor.
var actors = map[string]string{"state": "Country", "government": "GovernmentOrganization", "agency": "GovernmentOrganization", "person": "Person"}

// parts names the claims of the text, and the sources that they cite.
func (v *View) parts(d object) {
	var claims, sources []*site.Ref
	for _, st := range v.Labels {
		claims = append(claims, st.Ref)
		for _, c := range st.Cites {
			if !slices.Contains(sources, c.Source) {
				sources = append(sources, c.Source)
			}
		}
	}
	d["hasPart"] = v.all(claims)
	d["citation"] = v.all(sources)
}

// claim says who holds it, where it is told, and what it is about.
func (v *View) claim(d object) {
	c := v.Claim
	d["text"] = text.PlainText(v.AppendBody(nil, nil))
	d["additionalType"] = c.Type
	d["isPartOf"] = v.thing("Article", c.ToldOn)
	d["author"] = v.all(c.HeldBy)
	d["about"] = v.all(c.About)
	var cited, compared []*site.Ref
	for _, cite := range c.Cites {
		cited = append(cited, cite.Source)
	}
	for _, check := range c.Checks {
		compared = append(compared, check.Sources...)
	}
	d["appearance"] = v.all(cited)
	d["citation"] = v.all(compared)
}

// all names pages.
func (v *View) all(pages []*site.Ref) []object {
	var list []object
	for _, r := range pages {
		list = append(list, v.thing(schemaType(r), r))
	}
	return list
}

func (v *View) thing(of string, r *site.Ref) object {
	return object{"@type": of, "name": r.Title, "url": v.full(r)}
}

// full is the address of a page, whole if the site has a base URL.
func (v *View) full(r *site.Ref) string {
	if v.Config.BaseURL != "" {
		return v.Config.BaseURL + (&url.URL{Path: r.Permalink()}).EscapedPath()
	}
	return v.Href(r)
}
