package content

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// plainMapping reads the plainest front matter, that most pages have: on every
// line a key of the schema, a colon, a space, and a text that YAML can only take
// for text. It makes of it what the library does, in a tenth of the time. It
// reports false for all else.
func plainMapping(src []byte, s schema) (*yaml.Node, bool) {
	count := bytes.Count(src, []byte{'\n'})
	if count == 0 || src[len(src)-1] != '\n' {
		return nil, false
	}
	nodes := make([]yaml.Node, 1+2*count)
	top := &nodes[0]
	*top = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1, Content: make([]*yaml.Node, 0, 2*count)}
	for line := range count {
		end := bytes.IndexByte(src, '\n')
		key, value, _ := strings.Cut(string(src[:end]), ": ")
		if _, known := s[key]; !known || !plainScalar(value) {
			return nil, false
		}
		pair := nodes[1+2*line:][:2]
		pair[0] = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key, Line: line + 1, Column: 1}
		pair[1] = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Line: line + 1, Column: len(key) + 3}
		top.Content = append(top.Content, &pair[0], &pair[1])
		src = src[end+1:]
	}
	return top, true
}

// plainScalar reports whether a value is text for certain: letters, digits and
// the signs of a plain sentence, a letter first and no space last, and no word
// that YAML takes for a truth value or for nothing.
func plainScalar(s string) bool {
	if s == "" || s[len(s)-1] == ' ' || !letter(s[0]) {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !letter(c) && (c < '0' || c > '9') && strings.IndexByte(" ,.;()'-/", c) < 0 {
			return false
		}
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	return true
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
