package frontmatter

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
	m := &matter{file: ConfigFile, what: ConfigFile, schema: configSchema(&c)}
	m.decode([]byte(strings.ReplaceAll(string(src), "\r\n", "\n")))
	return c, m.found
}

func configSchema(c *Config) schema {
	words := func(doc string, to *string) field {
		return listField(doc, plainText, func(m *matter, n *yaml.Node) {
			if *to != "" {
				*to += "\n"
			}
			*to += m.prose(n)
		})
	}
	return schema{
		"title":       textField("What the site is called.", &c.Title).must(),
		"description": textField("The site in one sentence.", &c.Description),
		"author":      textField("Who publishes it.", &c.Author),
		"later":       textField("How pages about days after as_of are labelled.", &c.Later),
		"hedges":      words("Words of likelihood, instead of those of the language.", &c.Hedges),
		"spellings":   words("Words that are right although they are near a name.", &c.Spellings),
		"as_of":       dateField("The last day that the analysed text could know.", &c.AsOf),
		"base_url": {doc: "The address that the site will have.", shape: webPage, set: func(m *matter, n *yaml.Node) {
			if s := m.address(n); s != "" {
				var ok bool
				if c.BaseURL, ok = CleanBaseURL(s); !ok {
					m.errorf(n, "write scheme, host and folder only", "%q cannot be a base URL", s)
				}
			}
		}},
		"language": tagField("Its language, a tag such as en, en-GB or ur.", &c.Language),
	}
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
