package words

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"analysis/builder/internal/diag"
)

// file is what one file says.
type file struct {
	tag   language.Tag
	words map[string]Word
}

// check reports words of a file that English does not have, or has with other placeholders
// or forms, and removes them. A word that is allowed may be new.
func (f file) check(all map[string]Word, allowed func(key string) bool) (found []diag.Diagnostic) {
	needed := Forms(f.tag)
	for _, key := range slices.Sorted(maps.Keys(f.words)) {
		w := f.words[key]
		report := func(hint, format string, args ...any) {
			found = append(found, diag.Errorf(w.at, format, args...).WithHint("%s", hint))
			delete(f.words, key)
		}
		model, known := all[key]
		switch {
		case !known && allowed(key):
			continue
		case !known:
			report(cmp.Or(diag.DidYouMean(key, maps.Keys(all)), "words/en.yaml lists the keys; a key of your own stands there and is used by a layout"), "unknown key %q", key)
			continue
		case w.Forms == nil && model.Forms != nil:
			report("write "+example(needed), "%q needs a text for each plural form", key)
			continue
		case w.Forms != nil && model.Forms == nil:
			report("write one text", "%q has no plural forms", key)
			continue
		}
		for _, form := range slices.Sorted(maps.Keys(w.Forms)) {
			if !slices.Contains(needed, form) {
				report("it has "+strings.Join(needed, ", "), "%q has the plural form %q, which the language does not have", key, form)
			}
		}
		for _, form := range needed {
			if _, ok := w.Forms[form]; !ok && w.Forms != nil {
				report("write "+example(needed), "%q lacks the plural form %q", key, form)
			}
		}
		wanted := model.Placeholders()
		for _, form := range append(slices.Sorted(maps.Keys(w.Forms)), "") {
			text, ok := w.Forms[form]
			if !ok && w.Forms != nil {
				continue
			}
			has := Word{Text: cmp.Or(text, w.Text)}.Placeholders()
			for _, p := range has {
				if !slices.Contains(wanted, p) {
					report(cmp.Or(diag.DidYouMean("{"+p+"}", braced(wanted)), "take it away"), "%q has no {%s}", key, p)
				}
			}
			for _, p := range wanted {
				if !slices.Contains(has, p) && (w.Forms == nil || p != "n") {
					report("put {"+p+"} where what it stands for belongs", "the text of %q lacks {%s}", key, p)
				}
			}
		}
	}
	return found
}

func braced(names []string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, name := range names {
			if !yield("{" + name + "}") {
				return
			}
		}
	}
}

func example(forms []string) string {
	return "{" + strings.Join(forms, ": …, ") + ": …}"
}

// readAll reads the files of the folder of words, by the language in their names.
func readAll(files map[string][]byte) (all map[string]file, found []diag.Diagnostic) {
	all = map[string]file{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		base, isFile := strings.CutPrefix(name, Folder)
		if ext := path.Ext(name); isFile && (ext == ".yml" || path.Dir(base) != ".") {
			found = append(found, diag.Errorf(diag.Position{File: name}, "the words of a language are not read from here").WithHint("write them into words/en.yaml or words/pt-BR.yaml"))
			continue
		} else if !isFile || ext != ".yaml" {
			continue
		}
		base = strings.TrimSuffix(base, ".yaml")
		tag, err := language.Parse(base)
		if err != nil {
			found = append(found, diag.Errorf(diag.Position{File: name}, "%q is no language", base).WithHint("name the file as en.yaml or pt-BR.yaml"))
			continue
		}
		if base != tag.String() {
			found = append(found, diag.Errorf(diag.Position{File: name}, "the language of this file is written %q", tag).WithHint("rename it to %s.yaml", tag))
			continue
		}
		r := reader{name: name, words: map[string]Word{}}
		r.read(files[name])
		all[base], found = file{tag, r.words}, append(found, r.found...)
	}
	return all, found
}

// reader reads one file.
type reader struct {
	name  string
	words map[string]Word
	found []diag.Diagnostic
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (.*)`)

func (r *reader) read(src []byte) {
	if !utf8.Valid(src) {
		before := src[:len(src)-len(bytes.TrimLeftFunc(src, func(c rune) bool { return c != utf8.RuneError }))]
		r.found = append(r.found, diag.Errorf(diag.Position{File: r.name, Line: 1 + bytes.Count(before, []byte{'\n'}), Column: 1}, "this is not UTF-8").WithHint("save the file as UTF-8"))
		return
	}
	var doc yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(src))
	err := documents.Decode(&doc)
	if second := new(yaml.Node); err == nil {
		if err = documents.Decode(second); err == nil {
			r.errorf(second, "take the line away: all keys belong to one list", "what follows this line is not read")
		}
	}
	if err != nil && err != io.EOF {
		at, message := diag.Position{File: r.name, Line: 1, Column: 1}, strings.TrimPrefix(err.Error(), "yaml: ")
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			at.Line, _ = strconv.Atoi(m[1])
			message = m[2]
		}
		r.found = append(r.found, diag.Errorf(at, "this is not YAML: %s", message).WithHint("each line is `key: text`; put a text that holds `: ` or ` #`, or begins with a sign, into quotes"))
		return
	}
	if len(doc.Content) == 0 {
		return
	}
	r.mapping(doc.Content[0], func(key, value *yaml.Node) {
		w, before := Word{at: r.at(key)}, len(r.found)
		if value.Kind == yaml.MappingNode {
			w.Forms = map[string]string{}
			r.mapping(value, func(form, text *yaml.Node) { w.Forms[form.Value] = r.text(text) })
		} else {
			w.Text = r.text(value)
		}
		if len(r.found) == before {
			r.words[key.Value] = w
		}
	})
}

func (r *reader) at(n *yaml.Node) diag.Position {
	return diag.Position{File: r.name, Line: n.Line, Column: n.Column}
}

func (r *reader) errorf(n *yaml.Node, hint, format string, args ...any) {
	r.found = append(r.found, diag.Errorf(r.at(n), format, args...).WithHint("%s", hint))
}

func (r *reader) mapping(n *yaml.Node, each func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.errorf(n, "write it as lines of `key: text`", "this must be a mapping")
		return
	}
	seen := map[string]bool{}
	for pair := range slices.Chunk(n.Content, 2) {
		if key := pair[0]; seen[key.Value] {
			r.errorf(key, "keep one of the two", "key %q stands here twice", key.Value)
		} else {
			seen[key.Value] = true
			each(key, pair[1])
		}
	}
}

func (r *reader) text(n *yaml.Node) string {
	switch {
	case n.Kind != yaml.ScalarNode || n.Tag == "!!null" || n.Style&yaml.TaggedStyle != 0 || strings.TrimSpace(n.Value) == "":
		r.errorf(n, "write a text, in quotes if it begins with a sign", "this must be text")
	case strings.Contains(n.Value, "{{"):
		r.errorf(n, "write a placeholder in single braces: {name}", "a word is no template")
	}
	return n.Value
}
