// Package words has the words of the interface in the language of a site.
//
// It runs before all stops of a build that make something for readers. The input is the
// files words/LANGUAGE.yaml of the layouts folder, those in the program, and the language.
// The output is a Set. A file of the folder is laid over the program's file of its language,
// and what both lack is English. layouts/words/en.yaml says how a file is written.
//
// Layouts, scripts and style sheets name a word by its key, and get its text when they are
// loaded (packages layout and asset). The few words that the builder itself writes, such as
// dates, are asked for with Text and Fill.
//
// Invariant: a Set has the same keys as English. Each text has the placeholders of the
// English one, and the plural forms that its language needs.
package words

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"analysis/builder/internal/diag"
	"analysis/layouts"
)

// Folder is the folder of the files, below that of the layouts.
const Folder = "words/"

const english = "en"

// Set is the words in one language. It is immutable. A nil Set is the English of the program.
type Set struct {
	hash  string // the same for equal Sets
	mixed bool   // see HasEnglish
	words map[string]Word
	tag   language.Tag
}

// Word is the text of a key. Its placeholders are in braces.
type Word struct {
	Text    string            // "" if it has forms
	Forms   map[string]string // by the names of Unicode: "one", "few", "other"
	English bool              // it stands for one that the language of the site lacks
	at      diag.Position
}

// file is what one file says.
type file struct {
	tag   language.Tag
	words map[string]Word
}

// program reads the files in the program.
var program = sync.OnceValue(func() map[string]file {
	all := map[string][]byte{}
	err := fs.WalkDir(layouts.Files, "words", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all[name], err = layouts.Files.ReadFile(name)
		}
		return err
	})
	if err != nil {
		panic(err) // a part of the program cannot be missing
	}
	read, found := readAll(all)
	if len(found) > 0 {
		panic(found[0]) // TestFiles
	}
	return read
})

var standard = sync.OnceValue(func() *Set {
	s, _ := Load(nil, english, nil)
	return s
})

func (s *Set) orEnglish() *Set { return cmp.Or(s, standard()) }

// Load returns the words for a language. files holds the files of the layouts folder by
// name. uses, which is rarely called, says which keys and beginnings of keys layouts and
// scripts use: English may have more words than those of the program if they are used.
func Load(files map[string][]byte, lang string, uses func() map[string]bool) (*Set, []diag.Diagnostic) {
	own, found := readAll(files)
	base := program()
	all := maps.Clone(base[english].words)
	found = append(found, own[english].check(all, func(key string) bool { return used(key, uses()) })...)
	maps.Copy(all, own[english].words)
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if name != english {
			found = append(found, own[name].check(all, func(string) bool { return false })...)
		}
	}
	s := &Set{words: all, tag: language.English}
	tag, err := language.Parse(lang)
	if err == nil {
		lang = tag.String() // as the file is named: he for iw
	}
	name, known := choose(lang, base, own)
	if err != nil && !known {
		found = append(found, diag.Notef(diag.Position{File: Folder + name + ".yaml"}, "no language %q is known, so the words of the interface are English", lang).
			WithHint("write another tag as `language` in site.yaml"))
	} else if !known {
		found = append(found, diag.Notef(diag.Position{File: Folder + name + ".yaml"}, "there is no such file, so the words of the interface are English on a site whose language is %q", lang).
			WithHint("write it as words/en.yaml; `builder layouts DIR layouts/words/en.yaml` writes that one"))
	}
	if name != english {
		s.tag = cmp.Or(base[name].tag, own[name].tag)
		var missing []string
		for _, key := range slices.Sorted(maps.Keys(all)) {
			w, ok := own[name].words[key]
			if !ok {
				w, ok = base[name].words[key]
			}
			if !ok {
				w = all[key]
				w.English, s.mixed = true, true
				missing = append(missing, key)
			}
			s.words[key] = w
		}
		if known && len(missing) > 0 {
			found = append(found, diag.Notef(diag.Position{File: Folder + name + ".yaml"}, "%s English here: %s", are(len(missing)), strings.Join(missing[:min(len(missing), maxListed)], ", ")+more(len(missing))).
				WithHint("write them as words/en.yaml does"))
		}
	}
	hash := sha256.New()
	for _, key := range slices.Sorted(maps.Keys(s.words)) {
		w := s.words[key]
		fmt.Fprintf(hash, "%q %q %q %t\n", key, w.Text, w.Forms, w.English) // maps are printed in order
	}
	s.hash = string(hash.Sum(nil)) + s.tag.String()
	return s, found
}

// maxListed is the largest number of keys in a note.
const maxListed = 20

func are(n int) string {
	if n == 1 {
		return "1 word is"
	}
	return fmt.Sprintf("%d words are", n)
}

func more(n int) string {
	if n <= maxListed {
		return ""
	}
	return fmt.Sprintf(" and %d more", n-maxListed)
}

// choose returns the name of the file for a language: that of the whole tag, or else of
// what is left without its last parts. Without one it returns the name that it would have.
func choose(lang string, of ...map[string]file) (name string, known bool) {
	for tag := lang; ; {
		for _, files := range of {
			for name := range files {
				if strings.EqualFold(name, tag) {
					return name, true
				}
			}
		}
		i := strings.LastIndexByte(tag, '-')
		if i < 0 {
			return strings.ToLower(tag), false
		}
		tag = tag[:i]
	}
}

// use matches where layouts, scripts and style sheets name a key, or its beginning.
var use = regexp.MustCompile(`\b(?:word|count|choose) "?([a-z0-9-]+)`)

// Uses returns what is named in the texts of layouts, scripts and style sheets.
func Uses(texts map[string][]byte) map[string]bool {
	uses := map[string]bool{}
	for name, text := range texts {
		if ext := path.Ext(name); ext == ".html" || ext == ".js" || ext == ".css" {
			for _, m := range use.FindAllSubmatch(text, -1) {
				uses[string(m[1])] = true
			}
		}
	}
	return uses
}

func used(key string, uses map[string]bool) bool {
	for name := range uses {
		if name == key || strings.HasSuffix(name, "-") && strings.HasPrefix(key, name) {
			return true
		}
	}
	return false
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

var placeholder = regexp.MustCompile(`\{([a-z-]+)\}`)

// Placeholders returns the names of the placeholders, sorted.
func (w Word) Placeholders() (names []string) {
	for _, text := range append(slices.Collect(maps.Values(w.Forms)), w.Text) {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Split cuts a text at its placeholders: every second part is the name of one.
func Split(text string) (parts []string) {
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		parts = append(parts, text[at:m[0]], text[m[2]:m[3]])
		at = m[1]
	}
	return append(parts, text[at:])
}

// Ordered returns the forms in the order zero, one, two, few, many, other, which is the last.
func (w Word) Ordered() func(func(form, text string) bool) {
	return func(yield func(form, text string) bool) {
		for _, form := range []string{"zero", "one", "two", "few", "many", "other"} {
			if text, ok := w.Forms[form]; ok && !yield(form, text) {
				return
			}
		}
	}
}

// HasEnglish reports whether some words are English on a site of another language.
func (s *Set) HasEnglish() bool { return s.orEnglish().mixed }

// Hash returns a text that is the same for equal Sets.
func (s *Set) Hash() string { return s.orEnglish().hash }

// Word returns the word of a key.
func (s *Set) Word(key string) (Word, bool) {
	w, ok := s.orEnglish().words[key]
	return w, ok
}

// Keys returns the keys that begin with a text, sorted.
func (s *Set) Keys(prefix string) (keys []string) {
	for key := range s.orEnglish().words {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Suggest returns the hint for a key that there is not.
func (s *Set) Suggest(key string) string {
	return cmp.Or(diag.DidYouMean(key, maps.Keys(s.orEnglish().words)), "words/en.yaml lists the words; add it there")
}

// Text returns the text of a key without forms, or of one with forms that of the number 1.
func (s *Set) Text(key string) string { return s.Fill(key, 1) }

// Fill returns a text with its placeholders filled, given as names and values in turn.
// n decides which of its forms it is.
func (s *Set) Fill(key string, n int, pairs ...string) string {
	w, _ := s.Word(key)
	text := w.Text
	if w.Forms != nil {
		text = w.Forms[s.Form(w, n)]
	}
	for pair := range slices.Chunk(pairs, 2) {
		text = strings.ReplaceAll(text, "{"+pair[0]+"}", pair[1])
	}
	return text
}

// Tag returns the language of a word, whose rules for numbers it follows.
func (s *Set) Tag(w Word) language.Tag {
	if w.English {
		return language.English
	}
	return s.orEnglish().tag
}

// Form returns the plural form of a word for a number.
func (s *Set) Form(w Word, n int) string { return FormOf(s.Tag(w), n) }

// FormOf returns the plural form that a language has for a number.
func FormOf(tag language.Tag, n int) string {
	return names[plural.Cardinal.MatchPlural(tag, max(n, -n), 0, 0, 0, 0)]
}

var names = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

// OnlyOne reports whether a language has one form for the number 1, and another for all others.
func OnlyOne(tag language.Tag) bool {
	return strings.Join(Forms(tag), " ") == "one other" && FormOf(tag, 0) == "other" && FormOf(tag, 21) == "other"
}

// Forms returns the plural forms that a language has for whole numbers, in the order zero,
// one, two, few, many, other.
func Forms(tag language.Tag) (forms []string) {
	has := map[string]bool{}
	for n := range 1001 { // the rules look at no more than the last two digits, and at a million
		has[FormOf(tag, n)] = true
	}
	for form := plural.Zero; form <= plural.Many; form++ {
		if has[names[form]] {
			forms = append(forms, names[form])
		}
	}
	return append(forms, "other")
}
