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
)

// LinkedData returns a description of the page in the vocabulary of https://schema.org,
// as JSON-LD, with the relations of a claim in that of CiTO. Addresses are relative to the
// page unless the site has a base URL. It is empty for a page without a type in that vocabulary.
func (v *View) LinkedData() (template.JS, error) {
	of := v.schemaType(v.Ref)
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
		d["memberOf"] = v.objects(v.Relation("part_of", false))
	case kind.Place:
		d["containedInPlace"] = v.objects(v.Relation("part_of", false))
	case kind.Event:
		d["startDate"] = v.Date
		d["location"] = v.objects(v.Relation("places", false))
		d["contributor"] = v.objects(v.Relation("actors", false))
	case kind.Concept:
	default: // what has a language and is revised
		d["inLanguage"] = cmp.Or(v.Lang, v.Config.Language)
		d["dateModified"] = v.Day()
		d["license"] = v.Config.LicenseURL()
	}
	switch front := &v.Doc.Front; v.Kind {
	case kind.Section:
		d["headline"] = v.Title
		v.parts(d)
	case kind.Page, kind.Index:
		v.parts(d)
		v.dataset(d)
	case kind.Source:
		delete(d, "license") // it is not ours
		d["genre"] = v.Type
		d["datePublished"] = v.Date
		d["sameAs"] = front.URL
		d["archivedAt"] = front.Archived // schema.org has no property for the date of access
		d["isBasedOn"] = v.origin()
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

// origin describes the account that a source carries.
func (v *View) origin() []object {
	from := v.Relation("origin", false)
	switch words := v.Doc.Front.Origin; {
	case words != "":
		return []object{{"@type": "CreativeWork", "creditText": words}}
	case len(from) > 0 && from[0].Kind == kind.Actor:
		return []object{{"@type": "CreativeWork", "creator": v.objects(from)}}
	}
	return v.objects(from)
}

// object is a JSON object.
type object map[string]any

// schemaType returns the type of a page in schema.org, or "" if there is none.
func (v *View) schemaType(r *site.Ref) string {
	switch r.Kind {
	case kind.Actor:
		return cmp.Or(v.Config.SchemaType(r.Type), actorTypes[r.Type], kindTypes[r.Kind])
	case kind.Place, kind.Concept, kind.Source:
		return cmp.Or(v.Config.SchemaType(r.Type), kindTypes[r.Kind])
	}
	return kindTypes[r.Kind]
}

// kindTypes are the types of schema.org by the kind of page.
var kindTypes = map[kind.Kind]string{
	kind.Home: "WebSite", kind.Index: "CollectionPage", kind.Page: "WebPage", kind.Section: "Article",
	kind.Actor: "Organization", kind.Place: "Place", kind.Event: "Event", kind.Concept: "DefinedTerm",
	kind.Source: "CreativeWork", kind.Claim: "Claim",
}

// actorTypes are the types of schema.org by the type of an actor, unless site.yaml gives
// another one.
var actorTypes = map[string]string{"state": "Country", "government": "GovernmentOrganization", "agency": "GovernmentOrganization", "person": "Person"}

// parts adds the claims of the text that still stand, and the sources that they cite.
func (v *View) parts(d object) {
	var claims, sources []*site.Ref
	for _, st := range v.Labels {
		if st.Gone {
			continue
		}
		claims = append(claims, st.Ref)
		for _, c := range st.Cites {
			if !slices.Contains(sources, c.Source) {
				sources = append(sources, c.Source)
			}
		}
	}
	d["hasPart"] = v.objects(claims)
	d["citation"] = v.objects(sources)
}

// claim adds who holds the claim, which page has it, and what it is about.
func (v *View) claim(d object) {
	c := v.Claim
	d["text"] = c.Said.Text
	d["additionalType"] = c.Type
	if c.Gone {
		d["creativeWorkStatus"] = map[bool]string{true: "replaced", false: "withdrawn"}[len(c.Ended.By) > 0]
	}
	d["isPartOf"] = v.thing("Article", c.ToldOn)
	d["author"] = v.objects(c.HeldBy)
	d["about"] = v.objects(c.About)
	var cited, compared []*site.Ref
	for _, cite := range c.Cites {
		cited = append(cited, cite.Source)
	}
	for _, v := range append(slices.Clone(c.Checks), c.Outcome, c.Cause) {
		for _, r := range v.Sources {
			if !slices.Contains(compared, r) {
				compared = append(compared, r)
			}
		}
	}
	d["appearance"] = v.objects(cited)
	d["citation"] = v.objects(compared)
	for _, r := range c.Relations {
		term := "cito:" + cito[r.Key][0]
		if r.Inverse {
			term = "cito:" + cito[r.Key][1]
		}
		others, _ := d[term].([]object)
		d[term] = append(others, object{"@id": v.address(r.Claim.Ref)})
		d["@id"], d["@context"] = d["url"], []any{"https://schema.org", object{"cito": "http://purl.org/spar/cito/"}}
	}
}

// cito has the properties of https://purl.org/spar/cito that are nearest to the relations between
// claims, each with its inverse; schema.org has none. What repeats a claim contains an assertion made
// there, and what depends on one uses it as a conclusion. CiTO knows no causes, only what is related.
var cito = map[string][2]string{
	"supports":    {"supports", "isSupportedBy"},
	"contradicts": {"disagreesWith", "disagreesWith"},
	"qualifies":   {"qualifies", "isQualifiedBy"},
	"leads to":    {"citesAsRelated", "isCitedAsRelatedBy"},
	"depends on":  {"usesConclusionsFrom", "providesConclusionsFor"},
	"repeats":     {"containsAssertionFrom", "providesAssertionFor"},
}

// dataset lists the files of a page that shows the data.
func (v *View) dataset(d object) {
	if v.Overview == nil {
		return
	}
	var files []object
	for _, r := range v.Overview.Data {
		if r.Files == 1 {
			files = append(files, object{"@type": "DataDownload", "contentUrl": cmp.Or(v.Config.BaseURL, v.Root()) + r.Path, "encodingFormat": r.MediaType})
			d["@type"] = "Dataset"
		}
	}
	d["distribution"] = files
}

// objects describes pages.
func (v *View) objects(pages []*site.Ref) []object {
	var list []object
	for _, r := range pages {
		list = append(list, v.thing(v.schemaType(r), r))
	}
	return list
}

// thing describes a page. A country that is an actor is also an Organization: for schema.org it
// is a place, and only people and organizations hold claims and take part in events.
func (v *View) thing(of string, r *site.Ref) object {
	o := object{"@type": of, "name": r.Title, "url": v.address(r)}
	if r.Kind == kind.Actor && slices.Contains([]string{"Country", "State", "City", "AdministrativeArea"}, of) {
		o["@type"] = []string{of, "Organization"}
	}
	return o
}

// address returns the address of a page, absolute if the site has a base URL.
func (v *View) address(r *site.Ref) string {
	if v.Config.BaseURL != "" {
		return v.Config.BaseURL + (&url.URL{Path: r.Permalink()}).EscapedPath()
	}
	return v.Href(r)
}
