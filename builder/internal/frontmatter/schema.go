package frontmatter

import (
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/kind"
	"analysis/builder/internal/paths"
)

// schemas has the keys of front matter for each kind of page.
var schemas = map[kind.Kind]schema[Front]{
	kind.Home:    join(commonKeys, overviewKeys),
	kind.Index:   join(commonKeys, overviewKeys),
	kind.Page:    join(commonKeys, overviewKeys),
	kind.Section: commonKeys,
	kind.Actor: join(commonKeys, schema[Front]{
		"type":    typeField,
		"part_of": pageField("part_of", "The id of the actor that it belongs to."),
	}),
	kind.Place: join(commonKeys, schema[Front]{
		"type":    typeField,
		"part_of": pageField("part_of", "The id of the place that it lies in."),
	}),
	kind.Concept: join(commonKeys, schema[Front]{"type": typeField}),
	kind.Event:   join(commonKeys, eventKeys),
	kind.Source:  join(commonKeys, sourceKeys),
}

// commonKeys are the keys that every page may have.
var commonKeys = join(languageKeys(func(f *Front) *Language { return &f.Language }), schema[Front]{
	"title":       textField("What the page is called; without it, the first heading.", func(f *Front) *string { return &f.Title }),
	"summary":     shortField("One plain sentence.", 300, shape{"type": textTypes, "maxLength": 300}, func(f *Front) *string { return &f.Summary }),
	"aliases":     listField("Other names of the page: links and search match them, and a text links them by itself.", shape{"anyOf": []any{textShape, aliasKeys}}, setAlias),
	"weight":      {doc: "Its place among its neighbours, the least first.", shape: numberShape, set: func(d *decoder, f *Front, n *yaml.Node) { f.Weight, _ = d.number(n) }},
	"draft":       {doc: "Leave the page out, unless drafts are asked for.", shape: boolShape, set: func(d *decoder, f *Front, n *yaml.Node) { f.Draft = d.boolean(n) }},
	"updated":     {doc: "When it was last revised.", shape: dateShape, set: func(d *decoder, f *Front, n *yaml.Node) { f.Updated, f.UpdatedAt = d.date(n), d.at(n) }},
	"corrections": mappingsField("What was wrong on it, and was corrected.", "this correction", correctionKeys, func(f *Front) *[]Correction { return &f.Corrections }),
	"layout": {doc: "The layout to use instead of that of its kind.", shape: textShape, set: func(d *decoder, f *Front, n *yaml.Node) {
		f.Layout, f.LayoutAt = d.text(n), d.at(n)
	}},
	"image": {doc: "Its picture in link previews instead of the site's: the path of a file in the content folder.", shape: textShape, set: func(d *decoder, f *Front, n *yaml.Node) {
		f.Image, f.ImageAt = d.text(n), d.at(n)
	}},
	"autolink":      autolinkField("Whether its names are linked where a text mentions them.", func(f *Front) *bool { return &f.NoAutolink }),
	"menu":          wordField("Where every page links to it: any page from the foot, one at the top of the site from the masthead or from neither.", func(f *Front) *string { return &f.Menu }, "main", "foot", "none"),
	"also":          listField("Words by which the search finds it, and which are not its names.", textShape, func(d *decoder, f *Front, n *yaml.Node) { f.Also = append(f.Also, d.prose(n)) }),
	"redirect_from": listField("Addresses that it had before: old/name/; or {from: old/name/, to: \"#id\"} for a heading or a claim on it.", shape{"anyOf": []any{textShape, redirectKeys}}, setRedirect),
})

var overviewKeys = schema[Front]{
	"shows":   wordField("What the page gathers from the whole site.", func(f *Front) *string { return &f.Shows }, Overviews[:]...),
	"picture": mappingsField("Arrows between pages, each standing for a claim.", "this arrow", arrowKeys, func(f *Front) *[]Arrow { return &f.Picture }),
}

var eventKeys = schema[Front]{
	"date": dateField("When it happened, as precisely as is known.", func(f *Front) *Date { return &f.Date }),
	"precision": field[Front]{doc: "How precisely the date is known.", shape: shape{"enum": precisions}, set: func(d *decoder, f *Front, n *yaml.Node) {
		f.Precision, f.PrecisionAt = d.oneOf(n, precisions...), d.at(n)
	}}.asRequired(),
	"places":  pagesField("places", "The ids of the places where it happened."),
	"actors":  pagesField("actors", "The ids of those who had a part in it."),
	"figures": mappingsField("What is claimed in numbers, each with who claims it.", "this figure", figureKeys, func(f *Front) *[]Figure { return &f.Figures }),
}

var precisions = []string{"day", "month", "year", "unknown"}

var sourceKeys = schema[Front]{
	"type":        typeField,
	"author":      textField("Who wrote it.", func(f *Front) *string { return &f.Author }),
	"publisher":   textField("Who published it.", func(f *Front) *string { return &f.Publisher }),
	"published":   dateField("When it was published.", func(f *Front) *Date { return &f.Published }),
	"accessed":    dateField("When it was read.", func(f *Front) *Date { return &f.Accessed }),
	"url":         {doc: "Its address.", shape: urlShape, set: func(d *decoder, f *Front, n *yaml.Node) { f.URL, f.URLAt = d.address(n), d.at(n) }},
	"archived":    {doc: "The address of a copy in an archive.", shape: urlShape, set: func(d *decoder, f *Front, n *yaml.Node) { f.Archived, f.ArchivedAt = d.address(n), d.at(n) }},
	"origin":      {doc: "Whose account it carries, if that is not its own: words, or the id of an actor or a source.", shape: textShape, set: setOrigin},
	"perspective": textField("Whose view it carries.", func(f *Front) *string { return &f.Perspective }),
	"reliability": textField("What it can be relied on for, in words.", func(f *Front) *string { return &f.Reliability }),
	"passages":    listField("Its paragraphs, described and fingerprinted.", passageKeys, setPassage),
}

var typeField = textField("What sort of thing it is, in a word or two.", func(f *Front) *string { return &f.Type }).asRequired()

// pageField is the id of a page, pagesField a list of ids.
func pageField(key, doc string) field[Front] {
	return field[Front]{doc: doc, shape: textShape, set: func(d *decoder, f *Front, n *yaml.Node) { f.Refs = append(f.Refs, d.ref(key, n)) }}
}

func pagesField(key, doc string) field[Front] {
	one := pageField(key, doc)
	return listField(doc, one.shape, one.set)
}

// idForm is the form of what origin takes for the id of a page. Words have a space, a capital
// letter, or letters without case.
var idForm = regexp.MustCompile(`^[\p{Ll}\p{M}\p{Nd}._/-]+$`)

func setOrigin(d *decoder, f *Front, n *yaml.Node) {
	if idForm.MatchString(n.Value) {
		f.Refs = append(f.Refs, d.ref("origin", n))
	} else {
		f.Origin = d.prose(n)
	}
}

// aliasKeys are the keys of an alias that is written as a mapping.
var aliasKeys = join(languageKeys(func(a *Alias) *Language { return &a.Language }), schema[Alias]{
	"name": field[Alias]{doc: "The name.", shape: textShape, set: func(d *decoder, a *Alias, n *yaml.Node) {
		a.Name, a.At = d.prose(n), d.at(n)
	}}.asRequired(),
	"autolink": autolinkField("Whether it is linked where a text mentions it.", func(a *Alias) *bool { return &a.NoAutolink }),
})

func setAlias(d *decoder, f *Front, n *yaml.Node) {
	a := Alias{At: d.at(n)}
	if n.Kind == yaml.MappingNode {
		mapping(d, n, "this alias", aliasKeys, &a)
		a.Dir = a.Language.Direction()
	} else {
		a.Name = d.prose(n)
	}
	if a.Name != "" {
		f.Aliases = append(f.Aliases, a)
	}
}

// redirectKeys are the keys of a redirect that is written as a mapping.
var redirectKeys = schema[Redirect]{
	"from": field[Redirect]{doc: "The old address: old/name/.", shape: textShape, set: func(d *decoder, r *Redirect, n *yaml.Node) { r.Path = d.oldAddress(n) }}.asRequired(),
	"to": field[Redirect]{doc: "The id of a heading or claim on this page, with #.", shape: shape{"type": "string", "pattern": "^#."}, set: func(d *decoder, r *Redirect, n *yaml.Node) {
		if r.To = d.ref("to", n); r.To.ID != "" && (r.To.ID[0] != '#' || r.To.ID == "#") {
			d.errorf(n, `write the id of a heading or claim on this page: "#id"`, "%q names no place on this page", r.To.ID)
			r.To.ID = ""
		}
	}}.asRequired(),
}

func setRedirect(d *decoder, f *Front, n *yaml.Node) {
	r := Redirect{At: d.at(n)}
	if n.Kind == yaml.MappingNode {
		mapping(d, n, "this redirect", redirectKeys, &r)
	} else {
		r.Path = d.oldAddress(n)
	}
	if r.Path != "" {
		f.RedirectFrom = append(f.RedirectFrom, r)
	}
}

// oldAddress reads an old address. It reports one that cannot be a folder of the site.
func (d *decoder) oldAddress(n *yaml.Node) string {
	p := d.text(n)
	clean := strings.TrimPrefix(path.Clean("/"+p), "/")
	switch {
	case p == "":
	case clean == "" || strings.Trim(p, "/") != clean || strings.ContainsAny(p, `\?#:%"<>`) || strings.ContainsFunc(p, unicode.IsControl) || strings.HasPrefix(clean, "."):
		d.errorf(n, "write an old address of this site, such as old/name/", "%q is no address to redirect from", p)
	case paths.TooLong(paths.File(clean + "/")):
		d.errorf(n, "take it away; no page can have had it", "this address is too long for the name of a file")
	case paths.Refused(clean) != "":
		d.errorf(n, "take it away; no file can lead on from it there", "Windows refuses the name %q", path.Base(paths.Refused(clean)))
	default:
		return clean + "/"
	}
	return ""
}

var correctionKeys = schema[Correction]{
	"date": field[Correction]{doc: "The day on which it was corrected.", shape: shape{"type": "string", "pattern": `^\d{4}-\d\d-\d\d$`}, set: func(d *decoder, c *Correction, n *yaml.Node) {
		if c.Date = d.date(n); c.Date != "" && c.Date.Precision() != "day" {
			d.errorf(n, "write it as 2024-12-24", "this must be a day, not a %s", c.Date.Precision())
		}
	}}.asRequired(),
	"was": textField("What was wrong.", func(c *Correction) *string { return &c.Was }).asRequired(),
	"now": textField("What the page says now.", func(c *Correction) *string { return &c.Now }).asRequired(),
	"by":  textField("Who pointed it out, if they wish to be named.", func(c *Correction) *string { return &c.By }),
}

var figureKeys = schema[Figure]{
	"what":     textField("What is counted.", func(g *Figure) *string { return &g.What }).asRequired(),
	"value":    textField("The figure, in the words of the report.", func(g *Figure) *string { return &g.Value }).asRequired(),
	"claimant": textField("Who claims it.", func(g *Figure) *string { return &g.Claimant }).asRequired(),
	"source":   refField("source", "The id of the source that reports it.", func(g *Figure) *Ref { return &g.Source }).asRequired(),
	"date":     dateField("When it was published.", func(g *Figure) *Date { return &g.Date }).asRequired(),
}

// saysLimit is the maximum length of an arrow's label in characters, so that it fits
// in the drawing.
const saysLimit = 30

var arrowKeys = schema[Arrow]{
	"from":  refField("from", "The id of the page that the arrow leaves.", func(a *Arrow) *Ref { return &a.From }).asRequired(),
	"to":    refField("to", "The id of the page that it leads to.", func(a *Arrow) *Ref { return &a.To }).asRequired(),
	"claim": refField("claim", "The id of the claim that it stands for.", func(a *Arrow) *Ref { return &a.Claim }).asRequired(),
	"says":  shortField("The claim in a few words.", saysLimit, shape{"type": textTypes, "minLength": 1, "maxLength": saysLimit}, func(a *Arrow) *string { return &a.Says }).asRequired(),
}

var passageKeys = schema[Passage]{
	"n": field[Passage]{doc: "Its number, counted from 1.", shape: shape{"type": "integer", "minimum": 1}, set: setPassageNumber}.asRequired(),
	"gist": field[Passage]{doc: "What it says, in one line of our own; \"\" until that is written.", shape: shape{"type": textTypes}, set: func(d *decoder, p *Passage, n *yaml.Node) {
		if n.Kind != yaml.ScalarNode || n.Value != "" {
			p.Gist = d.prose(n)
		}
	}}.asRequired(),
	"no_claim": {doc: "Why no claim rests on it, or on those of its sentences whose numbers are the keys.", shape: shape{"anyOf": []any{textShape, shape{"type": "object", "additionalProperties": textShape}}}, set: setExcuse},
	"sentences": listField("The fingerprints of its sentences: the first 8 hex digits of each SHA-256.", shape{"type": textTypes, "pattern": sentencePrint.String()}, func(d *decoder, p *Passage, n *yaml.Node) {
		p.Sentences = append(p.Sentences, Sentence{N: len(p.Sentences) + 1, Print: d.text(n), At: d.at(n)})
		if !sentencePrint.MatchString(n.Value) {
			d.errorf(n, "write the first 8 lower-case hex digits of its SHA-256", "this is not the fingerprint of a sentence")
		}
	}),
	"sha256": {doc: "The SHA-256 of its text, in lower-case hex.", shape: shape{"type": "string", "pattern": hexDigest.String()}, set: func(d *decoder, p *Passage, n *yaml.Node) {
		if p.SHA256 = d.text(n); !hexDigest.MatchString(p.SHA256) {
			d.errorf(n, "write 64 lower-case hex digits", "this is not a SHA-256")
		}
	}},
}

var (
	hexDigest     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	sentencePrint = regexp.MustCompile(`^[0-9a-f]{8}$`)
)

// MaxSentences is the number of sentences that a passage may list. Each is compared with the
// claims that cite the passage.
const MaxSentences = 500

func setPassage(d *decoder, f *Front, n *yaml.Node) {
	p := Passage{At: d.at(n)}
	mapping(d, n, "this passage", passageKeys, &p)
	if len(p.Sentences) > MaxSentences {
		d.errorf(n, "divide it where the source begins a new line", "a passage has at most %d sentences, and this one %d", MaxSentences, len(p.Sentences))
		p.Sentences = p.Sentences[:MaxSentences]
	}
	for i := range p.Sentences {
		key := strconv.Itoa(i + 1)
		if reason := p.excuses[key]; reason != nil {
			p.Sentences[i].NoClaim = d.prose(reason)
			delete(p.excuses, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(p.excuses)) {
		d.errorf(p.excuses[key], "count the sentences under `sentences` from 1", "this passage lists no sentence %q", key)
	}
	p.excuses = nil
	f.Passages = append(f.Passages, p)
}

// setExcuse reads the reason why no claim rests on a passage, or on single sentences.
func setExcuse(d *decoder, p *Passage, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		p.NoClaim = d.prose(n)
		return
	}
	p.excuses = map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if p.excuses[key.Value] != nil {
			d.errorf(key, "keep one of the two", "key %q stands here twice", key.Value)
		}
		if d.plain(key) && d.plain(n.Content[i+1]) {
			p.excuses[key.Value] = n.Content[i+1]
		}
	}
}

func setPassageNumber(d *decoder, p *Passage, n *yaml.Node) {
	number, ok := d.number(n)
	if !ok {
		return
	}
	if d.passages[number] {
		d.errorf(n, "number every passage once", "passage %d is listed twice", number)
	}
	d.passages[number] = true
	if number < 1 {
		d.errorf(n, "count from 1", "%d is not the number of a passage", number)
	}
	p.N = number
}

func (d *decoder) address(n *yaml.Node) string {
	s := d.text(n)
	if s != "" && webAddress(s) == nil {
		d.errorf(n, "write it in full: https://example.org/page", "%q is not a web address", s)
		return ""
	}
	return s
}

// webAddress parses an absolute http or https address. It returns nil for any other.
func webAddress(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || strings.ContainsAny(s, `"<> `) || u.Scheme != "https" && u.Scheme != "http" {
		return nil
	}
	return u
}

func (d *decoder) ref(key string, n *yaml.Node) Ref { return Ref{Key: key, ID: d.text(n), At: d.at(n)} }
