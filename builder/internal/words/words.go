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
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/scan"
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

// program returns what reads each file in the program, by its language, when it is asked for.
var program = sync.OnceValue(func() map[string]func() file {
	all := map[string]func() file{}
	for _, f := range scan.Embedded(layouts.Files) {
		if name := strings.TrimSuffix(strings.TrimPrefix(f.Name, Folder), ".yaml"); Folder+name+".yaml" == f.Name {
			all[name] = sync.OnceValue(func() file {
				read, found := readAll(map[string][]byte{f.Name: f.Data})
				if len(found) > 0 {
					panic(found[0]) // TestFiles
				}
				return read[name]
			})
		}
	}
	return all
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
	all := maps.Clone(base[english]().words)
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
	name, known := choose(lang, slices.Concat(slices.Collect(maps.Keys(base)), slices.Collect(maps.Keys(own))))
	if err != nil && !known {
		found = append(found, diag.Notef(diag.Position{File: Folder + name + ".yaml"}, "no language %q is known, so the words of the interface are English", lang).
			WithHint("write another tag as `language` in site.yaml"))
	} else if !known {
		found = append(found, diag.Notef(diag.Position{File: Folder + name + ".yaml"}, "there is no such file, so the words of the interface are English on a site whose language is %q", lang).
			WithHint("write it as words/en.yaml; `builder layouts DIR layouts/words/en.yaml` writes that one"))
	}
	if name != english {
		var of file
		if read := base[name]; read != nil {
			of = read()
		}
		s.tag = cmp.Or(of.tag, own[name].tag)
		var missing []string
		for _, key := range slices.Sorted(maps.Keys(all)) {
			w, ok := own[name].words[key]
			if !ok {
				w, ok = of.words[key]
			}
			if !ok {
				w = all[key]
				w.English, s.mixed = true, true
				missing = append(missing, key)
			}
			s.words[key] = w
		}
		if known && len(missing) > 0 {
			found = append(found, diag.Notef(diag.Position{File: Folder + name + ".yaml"}, "%s English here: %s", diag.Plural(len(missing), "word is", "words are"), strings.Join(missing[:min(len(missing), maxListed)], ", ")+more(len(missing))).
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

func more(n int) string {
	if n <= maxListed {
		return ""
	}
	return fmt.Sprintf(" and %d more", n-maxListed)
}

// choose returns the name of the file for a language: that of the whole tag, or else of
// what is left without its last parts. Without one it returns the name that it would have.
func choose(lang string, names []string) (name string, known bool) {
	for tag := lang; ; {
		for _, name := range names {
			if strings.EqualFold(name, tag) {
				return name, true
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
		text = cmp.Or(w.Forms[s.Form(w, n)], w.Forms["other"]) // French has "many" for a million
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
