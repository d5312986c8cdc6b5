package frontmatter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/net/idna"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/text"
	"analysis/builder/internal/words"
)

// ConfigFile is the name of the site's own file in the content folder.
const ConfigFile = "site.yaml"

// Config is the content of site.yaml.
type Config struct {
	Title       string
	Description string // one sentence, for link previews of the home page
	Author      string // the publisher, for the feed
	License     string // of text and data: an SPDX id, a web address, or ""
	BaseURL     string // "https://example.org/sub/", always with the last slash, or ""
	Language    string // BCP 47, "en" by default
	AsOf        Date   // the last day that the analysed text could know of, or ""
	Image       string // the path of the picture for link previews, below the content folder, or ""
	Later       string // the label of pages about later days; "" for that of the words
	Hedges      string // words such as "could", one per line; "" for those of the language
	Openers     string // words such as "it", one per line; "" for those of the language
	FigureWords string // words of figures, one per line; "" for text.AmountWords
	Synonyms    string // words that the search takes for the same, a group per line, with commas
	Spellings   string // correct words that are similar to a name, one per line
	IgnoreKeys  string // keys of front matter for other programs, one per line
	SchemaTypes string // types of schema.org by the type of a page, see SchemaType

	ImageAt, LicenseAt diag.Position
	Replies
	Edition Date       // of what edition this is an old state, or ""
	Words   *words.Set // of the interface, in its language; nil for English

	AddressLinks bool // links may name the address of a page, such as "x.html" or "x/", instead of its file
	OutsideLinks bool // links may lead out of the content folder; they are not checked
}

// ParseConfig reads site.yaml.
func ParseConfig(src []byte) (Config, []diag.Diagnostic) {
	c := Config{Language: "en"}
	d := &decoder{file: ConfigFile}
	decode(d, []byte(strings.ReplaceAll(string(src), "\r\n", "\n")), ConfigFile, configKeys, &c)
	for _, u := range d.unknown {
		d.found = append(d.found, u.found)
	}
	return c, d.found
}

var configKeys = schema[Config]{
	"title":       textField("What the site is called.", func(c *Config) *string { return &c.Title }).asRequired(),
	"description": textField("The site in one sentence.", func(c *Config) *string { return &c.Description }),
	"author":      textField("Who publishes it.", func(c *Config) *string { return &c.Author }),
	"license": {doc: "What its text and data may be used for: an SPDX id such as CC-BY-4.0, or the address of a licence.",
		shape: shape{"anyOf": []any{shape{"type": "string", "pattern": spdxID.String()}, urlShape}}, set: setLicense},
	"image": {doc: "The picture of the site in link previews: the path of a file in the content folder.", shape: textShape,
		set: func(d *decoder, c *Config, n *yaml.Node) { c.Image, c.ImageAt = d.text(n), d.at(n) }},
	"later":       textField("How pages about days after as_of are labelled.", func(c *Config) *string { return &c.Later }),
	"hedges":      wordsField("Words of likelihood, instead of those of the language.", func(c *Config) *string { return &c.Hedges }),
	"openers":     wordsField("Words that the text of a claim should not begin with, instead of those of the language.", func(c *Config) *string { return &c.Openers }),
	"ignore_keys": wordsField("Keys of front matter that are for other programs.", func(c *Config) *string { return &c.IgnoreKeys }),
	"schema_types": {doc: "What a type of actor, place, concept or source is called in the vocabulary of schema.org.",
		shape: shape{"type": "object", "additionalProperties": shape{"type": "string", "pattern": schemaType.String()}}, set: setSchemaTypes},
	"address_links": {doc: "Whether links may name the address of a page, such as x.html, instead of its file.", shape: boolShape,
		set: func(d *decoder, c *Config, n *yaml.Node) { c.AddressLinks = d.boolean(n) }},
	"outside_links": {doc: "Whether links may lead out of the content folder. They are not checked.", shape: boolShape,
		set: func(d *decoder, c *Config, n *yaml.Node) { c.OutsideLinks = d.boolean(n) }},
	"figure_words": listField("Words of figures and what they mean, instead of the English ones: at least = >, up to = <, about = ~, to = -, twenty = 20.", textShape, addFigureWord),
	"synonyms":     wordsField("Words that the search takes for the same, each group as one text with commas.", func(c *Config) *string { return &c.Synonyms }),
	"spellings":    wordsField("Words that are right although they are near a name.", func(c *Config) *string { return &c.Spellings }),
	"as_of":        dateField("The last day that the analysed text could know.", func(c *Config) *Date { return &c.AsOf }),
	"report":       templateField("Where readers question a claim or report an error: an https: or mailto: address with {id}, {title}, {url}, {path} or {version}.", func(c *Config) *Template { return &c.Report }),
	"source":       templateField("Where they edit the file of a page: an address with {path}.", func(c *Config) *Template { return &c.Source }),
	"history":      templateField("Where they see the earlier states of that file: an address with {path}.", func(c *Config) *Template { return &c.History }),
	"discuss":      templateField("Where they discuss a page: an address like that of report.", func(c *Config) *Template { return &c.Discuss }),
	"base_url":     {doc: "The address that the site will have.", shape: urlShape, set: setBaseURL},
	"language":     tagField("Its language, a tag such as en, en-GB or ur.", func(c *Config) *string { return &c.Language }),
}

// wordsField is a list of words. It stores them as one string with a word per line,
// so that Configs can be compared by ==.
func wordsField(doc string, of func(*Config) *string) field[Config] {
	return listField(doc, textShape, func(d *decoder, c *Config, n *yaml.Node) {
		to := of(c)
		*to = strings.TrimPrefix(*to+"\n"+d.prose(n), "\n")
	})
}

func addFigureWord(d *decoder, c *Config, n *yaml.Node) {
	if line := d.prose(n); line != "" && !text.ValidAmountWord(line) {
		d.errorf(n, "write it as `at least = >`, `up to = <`, `about = ~`, `to = -` or `twenty = 20`", "%q does not say what a word means", line)
	} else {
		c.FigureWords = strings.TrimPrefix(c.FigureWords+"\n"+line, "\n")
	}
}

var schemaType = regexp.MustCompile(`^[A-Z][A-Za-z]+$`)

func setSchemaTypes(d *decoder, c *Config, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.errorf(n, "write it as {court: GovernmentOrganization, person: Person}", "this must be a mapping, not %s", typeName(n))
		return
	}
	for pair := range slices.Chunk(n.Content, 2) {
		of, to := pair[0], pair[1]
		switch {
		case !d.plain(of) || !d.plain(to):
		case c.SchemaType(of.Value) != "":
			d.errorf(of, "keep one of the two", "key %q stands here twice", of.Value)
		case !schemaType.MatchString(to.Value):
			d.errorf(to, "write one such as Person or Organization; see https://schema.org", "%q is not a type of schema.org", to.Value)
		default:
			c.SchemaTypes += "\n" + of.Value + ": " + to.Value + "\n"
		}
	}
}

// SchemaType returns the type of schema.org that the site gives to a type of page, or "".
func (c *Config) SchemaType(of string) string {
	_, after, _ := strings.Cut(c.SchemaTypes, "\n"+of+": ")
	name, _, _ := strings.Cut(after, "\n")
	return name
}

func setBaseURL(d *decoder, c *Config, n *yaml.Node) {
	s, ok := d.address(n), false
	if c.BaseURL, ok = CleanBaseURL(s); s != "" && !ok {
		d.errorf(n, "write scheme, host and folder only", "%q cannot be a base URL", s)
	}
}

// CleanBaseURL checks the address of a site. It returns the address with one slash at
// the end, and the name of its host in ASCII (RFC 5891).
func CleanBaseURL(s string) (string, bool) {
	u := webAddress(s)
	if u == nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	if strings.ContainsFunc(u.Host, func(r rune) bool { return r > unicode.MaxASCII }) {
		host, err := idna.Lookup.ToASCII(u.Hostname())
		if err != nil {
			return "", false
		}
		u.Host = strings.Replace(u.Host, u.Hostname(), host, 1)
	}
	return strings.TrimRight(u.String(), "/") + "/", true
}

// spdxID matches the ids in https://spdx.org/licenses/ by their form, ccID and ccOther those of
// Creative Commons, whatever their case, and noID what has the form and is none.
var (
	spdxID  = regexp.MustCompile(`^[A-Za-z0-9]+([.+-][A-Za-z0-9]+)*\+?$`)
	ccID    = regexp.MustCompile(`^CC-(BY(?:-NC)?(?:-ND|-SA)?)-([1-4]\.[05])(-[A-Z]+)?$`)
	ccOther = regexp.MustCompile(`^CC-(PDDC|PDM-1\.0|SA-1\.0)$`)
	noID    = regexp.MustCompile(`(?i)^(licenseref-.*|none|noassertion|\d+)$`)
)

func setLicense(d *decoder, c *Config, n *yaml.Node) {
	c.License, c.LicenseAt = d.text(n), d.at(n)
	id := spdxID.MatchString(c.License) && !noID.MatchString(c.License)
	if strings.HasPrefix(strings.ToUpper(c.License), "CC-") {
		id = ccID.MatchString(c.License) || ccOther.MatchString(c.License)
	}
	if c.License != "" && !id && webAddress(c.License) == nil {
		d.errorf(n, "write an id of https://spdx.org/licenses/, such as CC-BY-4.0 or CC0-1.0, or an address that begins with https://", "%q is not a licence", c.License)
	}
}

// LicenseURL returns the address of the licence, or "" if the site names none.
func (c *Config) LicenseURL() string {
	switch m, u := ccID.FindStringSubmatch(c.License), webAddress(c.License); {
	case c.License == "":
		return ""
	case u != nil:
		return u.String() // in ASCII
	case m != nil && m[3] == "": // CC0 and those of a country are at SPDX
		return "https://creativecommons.org/licenses/" + strings.ToLower(m[1]) + "/" + m[2] + "/"
	}
	return "https://spdx.org/licenses/" + c.License + ".html"
}

// Unknown is a key of front matter that no page may have, unless site.yaml ignores it.
type Unknown struct {
	key   string
	near  string // a question that names similar keys, "" if there are none
	found diag.Diagnostic
}

// few is the number of pages that may have the same unknown key by mistake. A key of more
// pages was probably written for another program.
const few = 3

// ReportUnknown returns the errors for the unknown keys of all pages, but for those that
// site.yaml ignores. If many pages have a key, only the first error about it has a hint.
func ReportUnknown(c *Config, unknown []Unknown) (found []diag.Diagnostic) {
	count := map[string]int{}
	for _, u := range unknown {
		count[u.key]++
	}
	for key := range strings.SplitSeq(c.IgnoreKeys, "\n") {
		count[key] = 0
	}
	said := map[string]bool{}
	for _, u := range unknown {
		switch n := count[u.key]; {
		case n == 0:
			continue
		case n > few && said[u.key]:
			u.found.Hint = ""
		case n > few:
			u.found.Hint = strings.TrimSpace(fmt.Sprintf("%s it is in %d places; if it is for another program, write in site.yaml: `ignore_keys: [%s]`", u.near, n, u.key))
		}
		said[u.key] = true
		found = append(found, u.found)
	}
	return found
}
