package browser

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"analysis/builder/internal/search"
	"analysis/builder/internal/text"
)

// The search takes for the same what the table says that also tests package text, and
// folds as search.Fold does.
func TestSearchFolds(t *testing.T) {
	script, err := os.ReadFile("../../static/js/search.js")
	table, err2 := os.ReadFile("../internal/text/testdata/fold.json")
	var rows [][3]string
	if err = errors.Join(err, err2, json.Unmarshal(table, &rows)); err != nil {
		t.Fatal(err)
	}
	_, head, _ := strings.Cut(string(script), "(() => {\n")
	head, _, found := strings.Cut(head, "  // How many letters differ")
	if !found {
		t.Fatal("search.js does not begin with what folds")
	}
	b := newTab(t)
	for _, r := range rows {
		got := see[[]string](b, "(() => {"+head+"return ["+quoted(r[1])+", "+quoted(r[2])+"].map((s) => wordsOf(s).join(' ')) })()")
		if (got[0] == got[1]) != (r[0] != "neither") {
			t.Errorf("%s: %+q and %+q become %+q", r[0], r[1], r[2], got)
		}
		for i, written := range r[1:] {
			if want := strings.Join(strings.FieldsFunc(search.Fold(written), func(r rune) bool { return !text.IsWord(r) }), " "); got[i] != want {
				t.Errorf("%+q becomes %+q, in Go %+q", written, got[i], want)
			}
		}
	}
}

// The forms of a word are found in languages whose words have diacritics.
func TestSearchFindsFormsWithDiacritics(t *testing.T) {
	for language, c := range map[string][3]string{
		"fr": {"Un réfugié dit.", "réfugiés", "Des réfugiés."},
		"ru": {"Мирный договор.", "мирной", "О мирной жизни."},
	} {
		content := t.TempDir()
		for name, text := range map[string]string{
			"site.yaml": "title: S\nlanguage: " + language + "\n", "index.md": "# S\n", "search.md": "---\ntitle: Search\nshows: search\n---\n",
			"one.md": "# One\n\n" + c[0] + "\n", "two.md": "# Two\n\n" + c[2] + "\n",
		} {
			save(t, filepath.Join(content, name), text)
		}
		d := dialog{newTab(t)}
		d.do(chromedp.Navigate(served(t, content)))
		d.openSearch()
		d.look(c[1])
		d.shows(hits + `.map((a) => a.getAttribute("href")).join() === "two/,one/"`)
	}
}

// Words are found in scripts without spaces, behind apostrophes, and however they are spelt.
func TestSearchInAnyScript(t *testing.T) {
	content := t.TempDir()
	for name, text := range map[string]string{
		"site.yaml": "title: S\n", "index.md": "# Home\n", "search.md": "---\ntitle: Search\nshows: search\n---\n",
		"zh.md": "# Zh\n\n塔利班的历史很长。巴基斯坦军队在边境行动。\n", "ja.md": "# Ja\n\nパキスタンの軍隊は国境にいる。\n", "th.md": "# Th\n\nกองทัพปากีสถานอยู่ที่ชายแดน\n",
		"it.md": "# It\n\nLa marcia dell'esercito.\n", "de.md": "# De\n\nEine lange Straße.\n", "ar.md": "# Ar\n\nThe Qur’an says.\n", "fr.md": "# Fr\n\nUne œuvre de l’ONU.\n",
		"ur.md": "# Ur\n\nيہ كتاب ١٩٤٦ میں پاکستان‌کی مُحَمَّد نے لکھی۔\n",
		"eu.md": "---\naliases: [Stato dell'Unione]\n---\n# Eu\n",
	} {
		if err := os.WriteFile(filepath.Join(content, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d := dialog{newTab(t)}
	d.do(chromedp.Navigate(served(t, content)))
	d.openSearch()
	for query, page := range map[string]string{
		"军队": "zh", "軍隊": "ja", "国境": "ja", "ชายแดน": "th", "esercito": "it", "dell'esercito": "it",
		"Strasse": "de", "Quran": "ar", "Qur'an": "ar", "oeuvre": "fr", "onu": "fr", "کتاب": "ur", "1946": "ur", "۱۹۴۶": "ur", "پاكستانكي": "ur", "محمد": "ur", "unione": "eu",
	} {
		d.look(query)
		d.shows(hits + `.map((a) => a.getAttribute("href")).join() === "` + page + `/" && document.querySelector(".search-hits mark") !== null`)
	}
}
