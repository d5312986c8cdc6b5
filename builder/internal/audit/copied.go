package audit

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/passage"
	"analysis/builder/internal/scan"
)

// word is a word of a text in lower case, and where it begins.
type word struct {
	text         string
	line, column int
}

// markup matches what stands between the words of a text and is no text: tags, actions of
// templates, addresses and ids.
var markup = regexp.MustCompile(`<[/!\pL][^<>]*>|\{\{[^{}]*\}\}|\]\([^()]*\)|\]\[[^\[\]]*\]|\[\^[^\[\]]*\]|\[\[[^\[\]|]*\||\{#[^{}]*\}|&\w+;`)

// blank replaces markup by spaces, so that the words keep their places.
func blank(s string) string {
	return markup.ReplaceAllStringFunc(s, func(m string) string {
		return strings.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, m)
	})
}

// wordsIn returns the words of a text. Letters, digits and apostrophes, of which YAML may
// have two for one, make a word.
func wordsIn(s string) (list []word) {
	line, column, start := 1, 0, -1
	var w word
	for i, r := range s + "\n" {
		column++
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’' || r == '\u00ad'
		switch {
		case inside && start < 0:
			w, start = word{line: line, column: column}, i
		case !inside && start >= 0:
			if w.text = strings.ToLower(strings.Trim(strings.ReplaceAll(passage.Fold(s[start:i]), "''", "'"), "'")); w.text != "" {
				list = append(list, w)
			}
			start = -1
		}
		if r == '\n' {
			line, column = line+1, 0
		}
	}
	return list
}

// runs calls f for each sequence of n words, with its index.
func runs(list []word, n int, f func(i int, key string)) {
	for i := range max(0, len(list)-n+1) {
		var key strings.Builder
		for _, w := range list[i : i+n] {
			key.WriteString(w.text + " ")
		}
		f(i, key.String())
	}
}

// Copied returns an error for each run of n or more words that a file of the project shares
// with a copy, one a line. Each file is read twice: without the markup between its words, and as it is.
func Copied(copies []Copy, files []*scan.File, n int) (found []diag.Diagnostic) {
	known := map[string]diag.Position{}
	for _, c := range copies {
		list := wordsIn(string(c.Text))
		runs(list, n, func(i int, key string) {
			if _, ok := known[key]; !ok {
				known[key] = diag.Position{File: c.File, Line: list[i].line, Column: list[i].column}
			}
		})
	}
	for _, f := range files {
		if !utf8.Valid(f.Data) {
			continue // a picture or the like
		}
		seen := map[int]bool{} // lines
		for _, s := range []string{blank(string(f.Data)), string(f.Data)} {
			list, end := wordsIn(s), -1 // end is the last word of the run before
			runs(list, n, func(i int, key string) {
				from, ok := known[key]
				if !ok {
					return
				}
				more := i <= end
				end = i + n - 1
				if line := list[i].line; !more && !seen[line] {
					seen[line] = true
					found = append(found, diag.Errorf(diag.Position{File: f.Name, Line: line, Column: list[i].column},
						"%d words or more in a row are those of %s: “%s”", n, from, strings.TrimSpace(key)).
						WithHint("say it in other words; names, dates and figures may stay"))
				}
			})
		}
	}
	return found
}
