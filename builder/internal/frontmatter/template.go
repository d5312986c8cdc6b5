package frontmatter

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// Replies are the addresses by which readers reply to a page.
type Replies struct {
	Report  Template // where a claim is questioned, or an error reported
	Source  Template // where the file of the page is edited
	History Template // the earlier states of that file
	Discuss Template // where the page is discussed
}

// Template is an address with placeholders, such as "https://example.org/new?title={title}".
type Template string

// placeholders are the names that a Template may have in braces.
var placeholders = []string{"id", "title", "url", "path", "version"}

// placeholder matches what looks like one, single braces included.
var placeholder = regexp.MustCompile(`\{[^{}]*\}?|\}`)

// Fill returns the address with the value of each placeholder, percent-encoded. It
// returns "" if the template names one without a value. Only a path keeps its slashes.
func (t Template) Fill(values map[string]string) string {
	fits := true
	address := placeholder.ReplaceAllStringFunc(string(t), func(p string) string {
		name := strings.Trim(p, "{}")
		fits = fits && values[name] != ""
		value := strings.ReplaceAll(url.QueryEscape(values[name]), "+", "%20")
		if name == "path" {
			value = strings.ReplaceAll(value, "%2F", "/")
		}
		return value
	})
	if !fits {
		return ""
	}
	return address
}

func templateField(doc string, of func(*Config) *Template) field[Config] {
	return field[Config]{doc: doc, shape: shape{"type": "string", "pattern": "^(https|mailto):"},
		set: func(d *decoder, c *Config, n *yaml.Node) { *of(c) = d.template(n) }}
}

func (d *decoder) template(n *yaml.Node) Template {
	s := d.text(n)
	for _, p := range placeholder.FindAllString(s, -1) {
		if name := strings.Trim(p, "{}"); p != "{"+name+"}" || !slices.Contains(placeholders, name) {
			d.errorf(n, "the placeholders are {"+strings.Join(placeholders, "}, {")+"}", "unknown placeholder %q", p)
			return Template(s)
		}
	}
	to := recipient(placeholder.ReplaceAllString(s, "a"))
	switch {
	case s == "":
	case to == "":
		d.errorf(n, "write it in full, without spaces: https://example.org/new?title={title} or mailto:editor@example.org?subject={title}", "%q is no https: or mailto: address", s)
	case to != recipient(placeholder.ReplaceAllString(s, "b")):
		d.errorf(n, "write placeholders behind the host, or in the subject or body of a mailto: address", "a placeholder in %q changes whom it leads to", s)
	}
	return Template(s)
}

var mailbox = regexp.MustCompile(`^[^@]+@[^@]+$`)

// recipient returns the host of an https: address, or the mailbox of a mailto: address and what
// that has beside a subject and a body, such as cc. It returns "" for any other.
func recipient(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || strings.ContainsFunc(address, unicode.IsSpace):
	case u.Scheme == "https" && u.Hostname() != "" && u.User == nil:
		return u.Host
	case u.Scheme == "mailto" && mailbox.MatchString(u.Opaque):
		rest := u.Query()
		maps.DeleteFunc(rest, func(key string, _ []string) bool {
			return strings.EqualFold(key, "subject") || strings.EqualFold(key, "body")
		})
		return u.Opaque + "?" + rest.Encode()
	}
	return ""
}
