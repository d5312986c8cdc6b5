package asset

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/words"
)

// A script or a style sheet names a word of the interface in a string: "{{word close}}". In
// a template of a script it gives the values of placeholders by name, which has no braces
// in it: `{{word preview-more n ${length}}}`. A word with plural forms has count for word, and
// a value for n.
var (
	call  = regexp.MustCompile(`^\{\{(word|count) ([a-z0-9-]+)((?: [a-z-]+ \$\{[^{}]*\})*)\}\}`)
	begin = regexp.MustCompile(`\{\{(?:word|count)\b`)
	value = regexp.MustCompile(` ([a-z-]+) \$(\{[^{}]*\})`)
)

// inString escapes a text for a string or a template of a script.
var inString = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "'", `\'`, "`", "\\`", "${", "\\${", "\n", `\n`, "\r", `\r`, "</", `<\/`)

// inStyle escapes a text for a string of a style sheet.
var inStyle = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "'", `\'`, "\n", `\a `, "\r", `\d `, "\f", `\c `)

// expand replaces the words in a script or a style sheet by their texts.
func (l *loader) expand(name string, data []byte) []byte {
	var out []byte
	copied := 0
	for _, at := range begin.FindAllIndex(data, -1) {
		text, err := "", errNoWord
		m := call.FindSubmatch(data[at[0]:])
		if m != nil {
			text, err = l.word(string(m[1]), string(m[2]), string(m[3]), path.Ext(name))
		}
		if err != nil {
			l.report(name, data, at[0], "%s", err)
			continue
		}
		out = append(append(out, data[copied:at[0]]...), text...)
		copied = at[0] + len(m[0])
	}
	return append(out, data[copied:]...)
}

var errNoWord = errors.New("this names no word: write {{word key}}, with name ${value} for each placeholder")

// report reports a mistake at an offset of a file.
func (l *loader) report(name string, data []byte, offset int, format string, args ...any) {
	before := data[:offset]
	pos := diag.Position{File: name, Line: 1 + bytes.Count(before, []byte{'\n'}), Column: 1 + len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:])))}
	l.found = append(l.found, diag.Errorf(pos, format, args...).WithHint("layouts/words/en.yaml lists the words"))
}

func (l *loader) word(of, key, values, ext string) (string, error) {
	w, ok := l.words.Word(key)
	if !ok {
		return "", fmt.Errorf("there is no word %q; %s", key, l.words.Suggest(key))
	}
	if (w.Forms != nil) != (of == "count") {
		return "", fmt.Errorf("%q is named with word if it has no plural forms, and else with count", key)
	}
	fills := map[string]string{}
	for _, m := range value.FindAllStringSubmatch(values, -1) {
		fills[m[1]] = m[2]
	}
	known := w.Placeholders()
	for _, name := range known {
		if fills[name] == "" {
			return "", fmt.Errorf("%q lacks a value for {%s}", key, name)
		}
	}
	if len(fills) > len(known) && (w.Forms == nil || fills["n"] == "") {
		return "", fmt.Errorf("%q has other placeholders", key)
	}
	filled := func(text string) string {
		var b strings.Builder
		for i, part := range words.Split(text) {
			switch {
			case i%2 == 1:
				b.WriteString("$" + fills[part])
			case ext == ".css":
				b.WriteString(inStyle.Replace(part))
			default:
				b.WriteString(inString.Replace(part))
			}
		}
		return b.String()
	}
	if w.Forms == nil {
		return filled(w.Text), nil
	}
	n := strings.Trim(fills["n"], "{}")
	if words.OnlyOne(l.words.Tag(w)) {
		return fmt.Sprintf("${%s===1?`%s`:`%s`}", n, filled(w.Forms["one"]), filled(w.Forms["other"])), nil
	}
	var forms []string
	for form, text := range w.Ordered() {
		forms = append(forms, form+":`"+filled(text)+"`")
	}
	return fmt.Sprintf("${{%s}[new Intl.PluralRules(%q).select(%s)]}", strings.Join(forms, ","), l.words.Tag(w), n), nil
}
