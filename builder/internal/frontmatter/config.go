package frontmatter

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/diag"
)

// ConfigFile is the name of the site's own file in the content folder.
const ConfigFile = "site.yaml"

// Config is the content of site.yaml.
type Config struct {
	Title       string
	Description string // one sentence, for link previews of the home page
	Author      string // the publisher, for the feed
	BaseURL     string // "https://example.org/sub/", always with the last slash, or ""
	Language    string // BCP 47, "en" by default
	AsOf        Date   // the last day that the analysed text could know of, or ""
	Later       string // the label of pages about later days
	Hedges      string // words such as "could", one per line; "" for those of the language
	Spellings   string // correct words that are similar to a name, one per line
}

// ParseConfig reads site.yaml.
func ParseConfig(src []byte) (Config, []diag.Diagnostic) {
	c := Config{Language: "en", Later: "Later than the text"}
	d := &decoder{file: ConfigFile}
	decode(d, []byte(strings.ReplaceAll(string(src), "\r\n", "\n")), ConfigFile, configKeys, &c)
	return c, d.found
}

var configKeys = schema[Config]{
	"title":       textField("What the site is called.", func(c *Config) *string { return &c.Title }).asRequired(),
	"description": textField("The site in one sentence.", func(c *Config) *string { return &c.Description }),
	"author":      textField("Who publishes it.", func(c *Config) *string { return &c.Author }),
	"later":       textField("How pages about days after as_of are labelled.", func(c *Config) *string { return &c.Later }),
	"hedges":      wordsField("Words of likelihood, instead of those of the language.", func(c *Config) *string { return &c.Hedges }),
	"spellings":   wordsField("Words that are right although they are near a name.", func(c *Config) *string { return &c.Spellings }),
	"as_of":       dateField("The last day that the analysed text could know.", func(c *Config) *Date { return &c.AsOf }),
	"base_url":    {doc: "The address that the site will have.", shape: urlShape, set: setBaseURL},
	"language":    tagField("Its language, a tag such as en, en-GB or ur.", func(c *Config) *string { return &c.Language }),
}

// wordsField is a list of words. It stores them as one string with a word per line,
// so that Configs can be compared by ==.
func wordsField(doc string, of func(*Config) *string) field[Config] {
	return listField(doc, textShape, func(d *decoder, c *Config, n *yaml.Node) {
		to := of(c)
		*to = strings.TrimPrefix(*to+"\n"+d.prose(n), "\n")
	})
}

func setBaseURL(d *decoder, c *Config, n *yaml.Node) {
	s, ok := d.address(n), false
	if c.BaseURL, ok = CleanBaseURL(s); s != "" && !ok {
		d.errorf(n, "write scheme, host and folder only", "%q cannot be a base URL", s)
	}
}

// CleanBaseURL checks the address of a site. It returns the address with a slash at
// the end.
func CleanBaseURL(s string) (string, bool) {
	u := webAddress(s)
	if u == nil || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	return strings.TrimSuffix(u.String(), "/") + "/", true
}
