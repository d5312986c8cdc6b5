package frontmatter

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/text"
)

// decoder reads strict YAML. It continues after an error and collects all errors.
type decoder struct {
	file        string
	linesBefore int // number of lines in the file before the YAML
	found       []diag.Diagnostic
	unknown     []Unknown
	passages    map[int]bool // the numbers of passages so far
}

func (d *decoder) at(n *yaml.Node) diag.Position {
	return diag.Position{File: d.file, Line: n.Line + d.linesBefore, Column: n.Column}
}

func (d *decoder) errorf(n *yaml.Node, hint, format string, args ...any) {
	d.found = append(d.found, diag.Errorf(d.at(n), format, args...).WithHint("%s", hint))
}

// Split returns the YAML between the two lines of hyphens and the offset of the body.
// Three dots may stand for the second line. closed is false if there is none.
func Split(src []byte) (front []byte, body int, closed bool) {
	first, _, _ := bytes.Cut(src, []byte{'\n'})
	if !isMarker(first, "---") || len(first) == len(src) {
		return nil, 0, true
	}
	begin := len(first) + 1
	at := begin
	for line := range bytes.Lines(src[at:]) {
		if isMarker(line, "---") || isMarker(line, "...") {
			return src[begin:at], at + len(line), true
		}
		at += len(line)
	}
	return src[begin:], len(src), false
}

func isMarker(line []byte, marker string) bool {
	return bytes.HasPrefix(line, []byte(marker)) && len(bytes.TrimRight(line, " \t\n")) == len(marker)
}

// yamlLine matches the message of a YAML syntax error. The library gives the line
// number only there.
var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (.*)`)

// lineBreaks replaces characters that end a line only in YAML.
var lineBreaks = strings.NewReplacer("\u0085", " ", "\u2028", " ", "\u2029", " ")

// decode reads a document that is one mapping into a value, see mapping.
func decode[T any](d *decoder, src []byte, what string, s schema[T], to *T) {
	src = []byte(lineBreaks.Replace(string(src)))
	documents := yaml.NewDecoder(bytes.NewReader(src))
	var doc yaml.Node
	for n := &doc; ; n = new(yaml.Node) {
		if err := documents.Decode(n); err == io.EOF {
			break
		} else if err != nil {
			d.syntaxError(src, err.Error())
			return
		}
		if n != &doc && n.Content[0].Tag != "!!null" {
			d.errorf(n, "take the line away: all keys belong to one list", "what follows this line is not read")
			break
		}
	}
	if len(doc.Content) == 0 {
		doc.Content = []*yaml.Node{{Kind: yaml.MappingNode, Line: 1, Column: 1}}
	}
	if d.plain(doc.Content[0]) {
		mapping(d, doc.Content[0], what, s, to)
	}
}

// syntaxError reports the library's error for a text that is not YAML.
func (d *decoder) syntaxError(src []byte, message string) {
	pos, text := diag.Position{File: d.file, Line: d.linesBefore + 1, Column: 1}, strings.TrimPrefix(message, "yaml: ")
	if parts := yamlLine.FindStringSubmatch(message); parts != nil {
		n, _ := strconv.Atoi(parts[1])
		if strings.HasPrefix(parts[2], "did not find expected") {
			n++ // lines in errors of the library's parser count from 0, in those of its scanner from 1
		}
		pos.Line, text = min(n, 1+bytes.Count(bytes.TrimRight(src, "\n"), []byte{'\n'}))+d.linesBefore, parts[2]
	}
	hint := "each line is `key: value`; put a value that holds `: ` or ` #`, or begins with a sign, into quotes"
	if bytes.Contains(append([]byte{'\n'}, src...), []byte("\n\t")) {
		hint = "indent lines with spaces, not with tabs"
	}
	d.found = append(d.found, diag.Errorf(pos, "this is not YAML: %s", text).WithHint("%s", hint))
}

// mapping reads one mapping into a value. It reports keys that s does not allow, and
// missing ones. what is the name of the mapping in messages.
func mapping[T any](d *decoder, n *yaml.Node, what string, s schema[T], to *T) {
	if n.Kind != yaml.MappingNode {
		d.errorf(n, "write it as lines of `key: value`", "%s must be a mapping, not %s", what, typeName(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f, ok := s[key.Value]
		switch {
		case seen[key.Value]:
			d.errorf(key, "keep one of the two", "key %q stands here twice", key.Value)
		case !d.plain(key):
		case !ok:
			near, others := diag.DidYouMean(key.Value, maps.Keys(s)), "the keys here are "+strings.Join(slices.Sorted(maps.Keys(s)), ", ")
			d.unknown = append(d.unknown, Unknown{key.Value, near, diag.Errorf(d.at(key), "unknown key %q", key.Value).WithHint("%s", cmp.Or(near, others))})
		case !d.plain(value):
		case value.Kind == yaml.ScalarNode && value.Tag == "!!null" && key.LineComment != "":
			d.errorf(key, quoteHint, "key %q has no value, since %q is a comment", key.Value, key.LineComment)
		case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
			d.errorf(key, "give it a value or take the line away", "key %q has no value", key.Value)
		default:
			f.set(d, to, value)
		}
		seen[key.Value] = true
	}
	for _, key := range slices.Sorted(maps.Keys(s)) {
		if s[key].required && !seen[key] {
			d.errorf(n, fmt.Sprintf("add a line `%s: …`", key), "%s lacks the key %q", what, key)
		}
	}
}

var (
	kindNames = map[yaml.Kind]string{yaml.MappingNode: "a mapping", yaml.SequenceNode: "a list", yaml.AliasNode: "an alias"}
	tagNames  = map[string]string{"!!int": "a number", "!!float": "a number", "!!bool": "true or false", "!!timestamp": "a date", "!!null": "nothing"}
)

func typeName(n *yaml.Node) string { return cmp.Or(kindNames[n.Kind], tagNames[n.Tag], "text") }

// plain reports a node with a feature of YAML that is not supported.
func (d *decoder) plain(n *yaml.Node) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.errorf(n, "write the value out", "YAML anchors and aliases are not supported")
	case n.Tag == "!!merge":
		d.errorf(n, "write the keys out", "YAML merge keys are not supported")
	case n.Style&yaml.TaggedStyle != 0:
		d.errorf(n, "write the value without it", "the YAML tag %q is not supported", n.ShortTag())
	default:
		return true
	}
	return false
}

// text reads a scalar as it is written. A number or a date is a text, too. It reports a
// comment that the author may have meant as a part of it.
func (d *decoder) text(n *yaml.Node) string {
	switch comment := n.LineComment; {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		d.errorf(n, "write something or take the entry away", "this must be text, not nothing")
		return ""
	case n.Kind != yaml.ScalarNode:
		d.errorf(n, "write plain text, in quotes if it begins with a bracket", "this must be text, not %s", typeName(n))
		return ""
	case n.Tag == "!!bool":
		d.errorf(n, fmt.Sprintf("put it in quotes: %q", n.Value), "this must be text, not %s", typeName(n))
		return ""
	case comment != "" && !strings.HasPrefix(comment, "# "):
		d.errorf(n, quoteHint, "this text ends at %q, which is a comment", comment)
	case strings.TrimSpace(n.Value) == "":
		d.errorf(n, "write something or take the line away", "this text is empty")
	}
	return strings.TrimSpace(n.Value)
}

const quoteHint = "put the value into quotes, or the comment on a line of its own"

// prose reads a text for readers.
func (d *decoder) prose(n *yaml.Node) string {
	if strings.HasPrefix(n.LineComment, "# ") && n.Style == 0 && n.Kind == yaml.ScalarNode {
		d.found = append(d.found, diag.Warningf(d.at(n), "this text ends at %q, which is a comment", n.LineComment).WithHint(quoteHint))
	}
	return text.Typographic(d.text(n))
}

func (d *decoder) boolean(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		d.errorf(n, "write true or false without quotes", "this must be true or false, not %s", typeName(n))
		return false
	}
	return strings.EqualFold(n.Value, "true")
}

func (d *decoder) number(n *yaml.Node) (v int, ok bool) {
	v, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || err != nil {
		d.errorf(n, "write a number such as 10 without quotes", "this must be a whole number, not %s", typeName(n))
		return 0, false
	}
	return v, true
}

func (d *decoder) date(n *yaml.Node) Date {
	if date, ok := ParseDate(n.Value); ok {
		return date
	}
	d.errorf(n, "write it as 2024-12-24, 2024-12 or 2024, or -0322 for 323 BC", "%q is not a date", n.Value)
	return ""
}

func (d *decoder) oneOf(n *yaml.Node, words ...string) string {
	s := d.text(n)
	if s != "" && !slices.Contains(words, s) {
		hint := cmp.Or(diag.DidYouMean(s, slices.Values(words)), "write one of: "+strings.Join(words, ", "))
		d.errorf(n, hint, "unknown word %q", s)
	}
	return s
}

func (d *decoder) eachEntry(n *yaml.Node, f func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		d.errorf(n, "write it as a list: [one, two]", "this must be a list, not %s", typeName(n))
		return
	}
	for _, item := range n.Content {
		if d.plain(item) {
			f(item)
		}
	}
}
