package content

import (
	"net/url"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/diag"
)

// ConfigFile is the name of the site's own file in the content folder.
const ConfigFile = "site.yaml"

// Config is what content/site.yaml says of the site as a whole.
type Config struct {
	Title       string
	Description string // one sentence, for the preview cards of the home page
	Author      string // who publishes, for the feed
	BaseURL     string // "https://example.org/sub/", with the slash, or ""
	Language    string // BCP 47, "en" by default
	AsOf        Date   // the last day that the analysed text could know; "" for none
	Later       string // how pages about later days are labelled
	Hedges      string // words of likelihood, one a line; "" for those of the language
	Spellings   string // words that are right although they are near a name, one a line
}

// ParseConfig reads site.yaml.
func ParseConfig(src []byte) (Config, []diag.Diagnostic) {
	c := Config{Language: "en", Later: "Later than the text"}
	prose := func(to *string) field { return field{set: func(m *matter, n *yaml.Node) { *to = m.prose(n) }} }
	words := func(to *string) field {
		return field{set: func(m *matter, n *yaml.Node) {
			var list []string
			m.each(n, func(n *yaml.Node) { list = append(list, m.prose(n)) })
			*to = strings.Join(list, "\n")
		}}
	}
	title := prose(&c.Title)
	title.required = true
	m := &matter{file: ConfigFile, what: ConfigFile, schema: schema{
		"title":       title,
		"description": prose(&c.Description),
		"author":      prose(&c.Author),
		"later":       prose(&c.Later),
		"hedges":      words(&c.Hedges),
		"spellings":   words(&c.Spellings),
		"as_of":       {set: func(m *matter, n *yaml.Node) { c.AsOf = m.date(n) }},
		"base_url": {set: func(m *matter, n *yaml.Node) {
			if s := m.address(n); s != "" {
				var ok bool
				if c.BaseURL, ok = CleanBaseURL(s); !ok {
					m.errorf(n, "write scheme, host and folder only", "%q cannot be a base URL", s)
				}
			}
		}},
		"language": {set: func(m *matter, n *yaml.Node) {
			if c.Language = m.text(n); c.Language != "" && !languageTag.MatchString(c.Language) {
				m.errorf(n, "write a tag such as en, en-GB or ur", "%q is not a language tag", c.Language)
			}
		}},
	}}
	m.decode([]byte(strings.ReplaceAll(string(src), "\r\n", "\n")))
	return c, m.found
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// CleanBaseURL checks the address under which a site is published and gives it
// the closing slash.
func CleanBaseURL(s string) (string, bool) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	return strings.TrimSuffix(u.String(), "/") + "/", true
}
