package frontmatter

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/text"
)

// matter decodes strict YAML. It keeps going after a mistake and collects
// every finding.
type matter struct {
	file   string
	what   string // the whole, in messages
	line   int    // how many lines of the file stand before the YAML
	found  []diag.Diagnostic
	schema schema
}

func (m *matter) at(n *yaml.Node) diag.Position {
	return diag.Position{File: m.file, Line: n.Line + m.line, Column: n.Column}
}

func (m *matter) errorf(n *yaml.Node, hint, format string, args ...any) {
	d := diag.Errorf(m.at(n), format, args...)
	d.Hint = hint
	m.found = append(m.found, d)
}

// Split returns the YAML between the two lines of hyphens and the offset
// at which the body begins. It reports false if the block is not closed.
func Split(src []byte) (front []byte, body int, closed bool) {
	if !bytes.HasPrefix(src, []byte("---\n")) {
		return nil, 0, true
	}
	for at := 4; at < len(src); {
		end := bytes.IndexByte(src[at:], '\n')
		next := len(src)
		if end >= 0 {
			next = at + end + 1
		}
		if line := bytes.TrimRight(src[at:next], " \t\n"); string(line) == "---" {
			return src[4:at], next, true
		}
		at = next
	}
	return src[4:], len(src), false
}

// yamlLine finds the line in the message of a YAML syntax error, which the
// library gives in no other way.
var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (.*)`)

// breaks are where YAML alone would end a line.
var breaks = [...]string{"\u0085", "\u2028", "\u2029"}

// decode reads one mapping and calls the schema's functions.
func (m *matter) decode(src []byte) {
	if plain, ok := plainMapping(src, m.schema); ok {
		m.mapping(plain, m.what, m.schema)
		return
	}
	for _, b := range breaks {
		if bytes.Contains(src, []byte(b)) {
			src = bytes.ReplaceAll(src, []byte(b), []byte(" "))
		}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		pos, text := diag.Position{File: m.file, Line: m.line + 1}, strings.TrimPrefix(err.Error(), "yaml: ")
		if parts := yamlLine.FindStringSubmatch(err.Error()); parts != nil {
			n, _ := strconv.Atoi(parts[1])
			if strings.HasPrefix(parts[2], "did not find expected") {
				n++ // the library counts the lines of its parser, unlike those of its scanner, from 0
			}
			pos.Line, text = min(n, 1+bytes.Count(bytes.TrimRight(src, "\n"), []byte{'\n'}))+m.line, parts[2]
		}
		pos.Column = 1
		m.found = append(m.found, diag.Errorf(pos, "this is not YAML: %s", text).
			WithHint("each line is `key: value`; put a value that holds `: ` or begins with a sign into quotes"))
		return
	}
	if len(doc.Content) == 0 {
		doc.Content = []*yaml.Node{{Kind: yaml.MappingNode, Line: 1, Column: 1}}
	}
	m.mapping(doc.Content[0], m.what, m.schema)
}

// mapping checks the keys of one mapping against s; what names it in messages.
func (m *matter) mapping(n *yaml.Node, what string, s schema) {
	if n.Kind != yaml.MappingNode {
		m.errorf(n, "write it as lines of `key: value`", "%s must be a mapping, not %s", what, shapeOf(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f, ok := s[key.Value]
		switch {
		case seen[key.Value]:
			m.errorf(key, "keep one of the two", "key %q stands here twice", key.Value)
		case !ok:
			hint := diag.DidYouMean(key.Value, maps.Keys(s))
			if hint == "" {
				hint = "the keys here are " + strings.Join(slices.Sorted(maps.Keys(s)), ", ")
			}
			m.errorf(key, hint, "unknown key %q", key.Value)
		case value.Kind == yaml.AliasNode || value.Anchor != "":
			m.errorf(value, "write the value out", "YAML anchors and aliases are not supported")
		case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
			m.errorf(key, "give it a value or take the line away", "key %q has no value", key.Value)
		default:
			f.set(m, value)
		}
		seen[key.Value] = true
	}
	var missing []string
	for key, f := range s {
		if f.required && !seen[key] {
			missing = append(missing, key)
		}
	}
	slices.Sort(missing)
	for _, key := range missing {
		m.errorf(n, fmt.Sprintf("add a line `%s: …`", key), "%s lacks the key %q", what, key)
	}
}

// shapeOf names what an author wrote, for messages about wrong types.
func shapeOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.AliasNode:
		return "an alias"
	}
	switch n.Tag {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!timestamp":
		return "a date"
	case "!!null":
		return "nothing"
	}
	return "text"
}

func (m *matter) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" {
		hint := "write plain text"
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
			hint = fmt.Sprintf("put it in quotes: %q", n.Value)
		}
		m.errorf(n, hint, "this must be text, not %s", shapeOf(n))
		return ""
	}
	if strings.TrimSpace(n.Value) == "" {
		m.errorf(n, "write something or take the line away", "this text is empty")
	}
	return strings.TrimSpace(n.Value)
}

func (m *matter) prose(n *yaml.Node) string { return text.Typographic(m.text(n)) }

func (m *matter) flag(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		m.errorf(n, "write true or false without quotes", "this must be true or false, not %s", shapeOf(n))
		return false
	}
	return strings.EqualFold(n.Value, "true")
}

func (m *matter) number(n *yaml.Node) (v int, ok bool) {
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || err != nil {
		m.errorf(n, "write a number such as 10 without quotes", "this must be a whole number, not %s", shapeOf(n))
		return 0, false
	}
	return v, true
}

func (m *matter) date(n *yaml.Node) Date {
	if n.Kind == yaml.ScalarNode {
		if d, ok := ParseDate(n.Value); ok {
			return d
		}
	}
	m.errorf(n, "write it as 2024-12-24, 2024-12 or 2024", "%q is not a date", n.Value)
	return ""
}

// oneOf accepts a word of a fixed vocabulary.
func (m *matter) oneOf(n *yaml.Node, words ...string) string {
	s := m.text(n)
	if s != "" && !slices.Contains(words, s) {
		hint := diag.DidYouMean(s, slices.Values(words))
		if hint == "" {
			hint = "write one of: " + strings.Join(words, ", ")
		}
		m.errorf(n, hint, "unknown word %q", s)
	}
	return s
}

// each calls f for every entry of a list.
func (m *matter) each(n *yaml.Node, f func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		m.errorf(n, "write it as a list: [one, two]", "this must be a list, not %s", shapeOf(n))
		return
	}
	for _, item := range n.Content {
		if item.Kind == yaml.AliasNode {
			m.errorf(item, "write the value out", "YAML anchors and aliases are not supported")
			continue
		}
		f(item)
	}
}

func (m *matter) atMost(n *yaml.Node, s string, limit int) {
	if length := utf8.RuneCountInString(s); length > limit {
		m.errorf(n, fmt.Sprintf("shorten it to at most %d characters", limit), "this is %d characters long", length)
	}
}
