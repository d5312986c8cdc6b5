package frontmatter

import (
	"bytes"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// plainMapping reads the plainest front matter, which most pages have: on every
// line a key of the schema, a colon, a space, and a value that YAML can take in
// one way only. It makes of it what the library does, in a tenth of the time. It
// reports false for all else.
func plainMapping(src []byte, s schema) (*yaml.Node, bool) {
	count := bytes.Count(src, []byte{'\n'})
	if count == 0 || src[len(src)-1] != '\n' {
		return nil, false
	}
	nodes := make([]yaml.Node, 1+2*count)
	top := &nodes[0]
	*top = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1, Content: make([]*yaml.Node, 0, 2*count)}
	rest := string(src)
	for at := 1; rest != ""; at += 2 {
		line, after, _ := strings.Cut(rest, "\n")
		key, text, _ := strings.Cut(line, ": ")
		value := yaml.Node{Line: 1 + at/2, Column: len(key) + 3}
		if _, known := s[key]; !known || !plainValue(&value, text) {
			return nil, false
		}
		nodes[at] = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key, Line: value.Line, Column: 1}
		nodes[at+1] = value
		top.Content = append(top.Content, &nodes[at], &nodes[at+1])
		rest = after
	}
	return top, true
}

// plainValue makes a node of a value, if it can only be a text, a number, a day,
// a truth value, or a list of words on one line.
func plainValue(n *yaml.Node, text string) bool {
	if list, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(list, "]") {
		return plainList(n, list[:len(list)-1])
	}
	n.Kind, n.Tag, n.Value = yaml.ScalarNode, "!!str", text
	switch {
	case len(text) >= 2 && text[0] == '"':
		n.Style, n.Value = yaml.DoubleQuotedStyle, text[1:len(text)-1]
		return text[len(text)-1] == '"' && !strings.ContainsFunc(n.Value, func(r rune) bool { return r == '"' || r == '\\' || !printed(r) })
	case text == "true" || text == "false":
		n.Tag = "!!bool"
		return true
	case plainNumber(text):
		n.Tag = "!!int"
		return true
	case len(text) == len(time.DateOnly) && text[0] != '-':
		if _, err := time.Parse(time.DateOnly, text); err == nil {
			n.Tag = "!!timestamp"
			return true
		}
	}
	return plainWords(text, " ,.;()'-/")
}

// plainList makes a list of what stands between brackets, all of it plain words.
func plainList(n *yaml.Node, list string) bool {
	n.Kind, n.Tag, n.Style = yaml.SequenceNode, "!!seq", yaml.FlowStyle
	column := n.Column + 1
	for word := range strings.SplitSeq(list, ", ") {
		if !plainWords(word, " .;()'-/") {
			return false
		}
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: word, Line: n.Line, Column: column})
		column += utf8.RuneCountInString(word) + len(", ")
	}
	return true
}

// plainNumber reports whether a value is a whole number in its usual form.
func plainNumber(s string) bool {
	return s != "" && len(s) < 10 && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

// plainWords reports whether a value without quotes is text for certain: letters,
// digits and the signs given, a letter first and no space last, and no word that
// YAML takes for a truth value or for nothing.
func plainWords(s, signs string) bool {
	if s == "" || s[len(s)-1] == ' ' || !letter(rune(s[0])) {
		return false
	}
	for _, r := range s {
		plain := letter(r) || '0' <= r && r <= '9' || r < utf8.RuneSelf && strings.IndexByte(signs, byte(r)) >= 0
		if !plain && (r < utf8.RuneSelf || !printed(r)) {
			return false
		}
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	return true
}

// printed reports whether a character is one that YAML takes as it is. The sign
// for bytes that are none is left to the library.
func printed(r rune) bool { return unicode.IsPrint(r) && r != utf8.RuneError }

func letter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }
