package text

import (
	"fmt"
	"strings"
	"testing"
)

// found lists the names in escaped HTML, each with what it leads to.
func found(n *Names[string], src string) string {
	var list []string
	for at := 0; ; {
		start, end, to, ok := n.Find([]byte(src), at, len(src))
		if !ok {
			return strings.Join(list, ", ")
		}
		list = append(list, fmt.Sprintf("%s→%s", src[start:end], to))
		at = end
	}
}

// More cases stand with the pages on which names are linked, in package site.
func TestNames(t *testing.T) {
	n := NewNames([]Name[string]{
		{"Kabul", "k"}, {"Upper Kurram", "u"}, {"Kurram", "c"}, {"AT&T", "a"}, {"amp", "x"}, {"quot", "y"}, {"safe havens", "s"}, {"-i-", "none"}, {"", "none"}, {"پاکستان", "p"},
		{"塔利班", "t"}, {"タリバン", "tr"}, {"ตาลีบัน", "th"}, {"Qur'an School", "q"}, {"Afghanistan", "af"}, {"军", "none"}, {"می\u200cخوانم", "fa"},
	})
	for src, want := range map[string]string{
		"Kabul, Kabul":              "Kabul→k, Kabul→k",
		"Upper  Kurram\nand Kurram": "Upper  Kurram→u, Kurram→c",
		"Upper Kurrams":             "",
		"Kabul-based, pre-Kabul":    "",
		"AT&amp;T &amp; amp":        "AT&amp;T→a, amp→x",
		"&quot;Kabul&quot; quot":    "Kabul→k, quot→y",
		"Safe havens, safe havens":  "Safe havens→s, safe havens→s",
		"میں پاکستان ہے":            "پاکستان→p",
		"塔利班的历史，在塔利班军":              "塔利班→t, 塔利班→t",
		"タリバンの, アタリバン タリバンズ":        "タリバン→tr",
		"ในตาลีบันมี ตาลีบันี":      "ตาลีบัน→th",
		"the Qur‘an\u00a0School":    "Qur‘an\u00a0School→q",
		"Af\u00adghani\u200bstan":   "Af\u00adghani\u200bstan→af",
		"Afghanistan\u200dis":       "",
		"军 军队":                      "",
		"میخوانم":                   "میخوانم→fa",
		"在Kabul的":                   "Kabul→k",
		"Kab\ufffdul Kabul\xff":     "Kabul→k",
		"":                          "",
	} {
		if got := found(n, src); got != want {
			t.Errorf("%q: found %s, want %s", src, got, want)
		}
	}
}

// A name that goes on behind a tag is part of a longer word, unless the tag ends
// words.
// Many names with one first word are found as few are.
func TestManyNamesWithOneFirstWord(t *testing.T) {
	few := []Name[string]{{"The Place", "p"}, {"The Place 7", "7"}, {"The Place’s End", "e"}, {"The A&B", "a"}, {"The-Place", "h"}, {"The Other Place", "o"}}
	many := few
	for i := range 100 {
		many = append(many, Name[string]{fmt.Sprintf("The Filler %d", i), "f"})
	}
	for _, src := range []string{
		"The Place, the  Place 7, The\u00a0Place&#39;s End. The Place’s End", "The Pla\u00adce 7 The Places", "The A&amp;B The-Place the\nother Place", "The", "The Place 70",
	} {
		if got, want := found(NewNames(many), src), found(NewNames(few), src); got != want {
			t.Errorf("%q: found %q among many names, %q among few", src, got, want)
		}
	}
}

func TestNamesBesideTags(t *testing.T) {
	n := NewNames([]Name[string]{{"Kabul", "k"}})
	for src, want := range map[string]bool{
		"<em>Kabul</em>i": false, "x<em>Kabul</em>": false, "<em>Kabul</em> i": true, "Kabul<sup>1</sup>": true, "<td>x</td><td>Kabul</td><td>y</td>": true, "<a href=\"x\">Kabul</a>s": false,
	} {
		at := strings.Index(src, "Kabul")
		if _, _, _, ok := n.Find([]byte(src), at, at+len("Kabul")); ok != want {
			t.Errorf("%s: found %t, want %t", src, ok, want)
		}
	}
}

func TestNextWord(t *testing.T) {
	for src, want := range map[string]string{
		"a bc, d-é3": "a bc d é3", "&amp;x &#39;y": "x y", "…": "", "": "", "漢字 x": "漢 字 x", "Goの タリバン軍": "Go の タリバン 軍", "ตาลีบัน": "ต า ลี บั น", "co\u00adop ❤\ufe0f": "co\u00adop \ufe0f",
	} {
		var words []string
		for start, end := nextWord([]byte(src), 0); start < len(src); start, end = nextWord([]byte(src), end) {
			words = append(words, src[start:end])
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%q: words %q, want %q", src, got, want)
		}
	}
}
