package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"analysis/builder/internal/passage"
	"analysis/builder/internal/pipeline"
	"analysis/builder/website"
)

// ferry is the text of a source, whose fourth sentence stands in it twice.
var ferry = []string{
	"The ferry to Marl leaves at six. It may not sail in fog, the harbour-master says.",
	"Fares rose by 3.5 per cent in 2023. Nobody complained. “We expected worse,” said J. K. Brand – a regular.",
	"The council could, or should, buy a second boat. Nobody complained. It might also hire one from St. Ann.",
	"(The writer crosses every day)",
}

// listed writes a site with a source that lists the sentences of paragraphs, and claims
// on three of those of ferry.
func listed(t *testing.T, paragraphs []string, settings string) string {
	t.Helper()
	source := "---\ntitle: A talk\nsummary: On a ferry.\ntype: talk\npassages:\n"
	for i, p := range paragraphs {
		source += fmt.Sprintf("  - {n: %d, gist: Something, sha256: %s, no_claim: It argues nothing., sentences: [%q]}\n",
			i+1, passage.Fingerprint(p), strings.Join(passage.Prints(p), `", "`))
	}
	source = strings.NewReplacer(`", \"`, `", "`, `\", "`, `", "`, `\"`, `"`).Replace(source)
	claim := "\n> [!%s] %s {#%s}\n> It is so.\n>\n> - source: [[talk]] %s\n> - held by: [[writer]]\n> - about: [[writer]]\n> - wording: %s\n"
	return write(t, map[string]string{
		"site.yaml": "title: Ferries\n" + settings, "index.md": "# Ferries\n", "sources/index.md": "# Sources\n", "analysis/index.md": "# Analysis\n",
		"sources/talk.md": source + "---\nA talk.\n", "actors/writer.md": "---\ntitle: Writer\nsummary: Who writes.\ntype: person\n---\n",
		"analysis/boats.md": "# Boats\n\nSee [there](../sources/talk.md#p3).\n" + fmt.Sprintf(claim, "forecast", "Fog may stop it", "fog", "¶1.2", "may") + fmt.Sprintf(claim, "reported", "Fares rose", "fares", "¶2.1", "none") +
			fmt.Sprintf(claim, "recommendation", "A boat should be bought", "boat", "¶3.1, ¶3.3", "could, might"),
	})
}

// copies are copies of ferry, what is said of them, and how much of them is not in the list.
var copies = map[string]struct {
	text, want string
	extra      int
}{
	"exact":              {strings.Join(ferry, "\n"), "4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter.", 0},
	"lines of Windows":   {strings.Join(ferry, "\r\n\r\n"), "4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter.", 0},
	"wrapped":            {wrapped("\n\n", ferry...), "4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter.", 0},
	"wrapped, run on":    {wrapped("\n", ferry...), "4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter.", 0},
	"straight":           {straight(wrapped("\n\n", ferry...)), "4 of 4 paragraphs, 9 of 9 sentences\n3 to the letter, 1 with other quotation marks, dashes or spaces.", 0},
	"a web page":         {"Home\nSport\n\nLog in. It is free.\n\nA ferry in fog\n\nBy a writer\n\n" + strings.Join(ferry[:2], "\n\n") + "\n\nAdvertisement\n\n" + strings.Join(ferry[2:], "\n\n") + "\n\nShare\n© 2024 A paper. All rights reserved.\n", "4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter.", 3},
	"broken at hyphens":  {strings.NewReplacer("harbour-master", "harbour-\nmaster", "complained", "com-\nplained", "should, buy", "should,\nbuy").Replace(strings.Join(ferry, "\n")), "4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter.", 0},
	"broken words":       {strings.NewReplacer("harbour-master", "har­bour-master", "day", "day-\ndreaming").Replace(strings.Join(ferry, "\n")), "3 of 4 paragraphs, 8 of 9 sentences\n2 to the letter, 1 with other quotation marks, dashes or spaces. Hedges are underlined.\nDifferent from the text that we read: 4.1", 1},
	"a sentence more":    {strings.Replace(strings.Join(ferry, "\n"), " Nobody", " Or so it is said. Nobody", 1), "4 of 4 paragraphs, 9 of 9 sentences\n3 to the letter, 1 with other text in between.", 1},
	"title, run on":      {wrapped("\n", append([]string{"A ferry in fog", "By a writer"}, append(slices.Clone(ferry), "All rights reserved.")...)...), "4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter.", 2},
	"a saved page":       {"<!doctype html><title>x</title><script>let a = 1.</script><nav><ul><li>Home<li>Sport</ul></nav><p>" + strings.Join(ferry, "</p>\n<p>") + "<footer>About</footer>", "4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter.", 2},
	"three altered":      {strings.NewReplacer("six", "seven", "3.5", "3.6", "might", "will").Replace(strings.Join(ferry, "\n")), "1 of 4 paragraphs, 6 of 9 sentences\n1 to the letter. Hedges are underlined.\nDifferent from the text that we read: 1.1, 2.1, 3.3", 0},
	"the first altered":  {"Home\n\nA ferry in fog\n\n" + strings.Replace(strings.Join(ferry, "\n"), "six", "seven", 1), "3 of 4 paragraphs, 8 of 9 sentences\n3 to the letter. Hedges are underlined.\nDifferent from the text that we read: 1.1", 1},
	"the last altered":   {strings.Replace(strings.Join(ferry, "\n"), "day", "night", 1) + "\nShare\nAbout us.", "3 of 4 paragraphs, 8 of 9 sentences\n3 to the letter. Hedges are underlined.\nDifferent from the text that we read: 4.1", 1},
	"a paragraph less":   {strings.Join(slices.Delete(slices.Clone(ferry), 1, 2), "\n"), "3 of 4 paragraphs, 6 of 9 sentences\n3 to the letter. Hedges are underlined.\nNot in your copy: 2.1, 2.2, 2.3", 0},
	"a sentence less":    {strings.Replace(strings.Join(ferry, "\n"), " Nobody complained.", "", 1), "3 of 4 paragraphs, 8 of 9 sentences\n3 to the letter. Hedges are underlined.\nNot in your copy: 2.2", 0},
	"the beginning less": {"Home\nLog in. It is free.\nA ferry in fog\n" + strings.Join(ferry[1:], "\n"), "3 of 4 paragraphs, 7 of 9 sentences\n3 to the letter. Hedges are underlined.\nNot in your copy: 1.1, 1.2", 1},
	"another text":       {"It is not this. It is another.", "None of the 9 sentences is in this text.", 0},
	"no text":            {"%PDF-1.7 \x00", "This is not plain text.", 0},
	"too much":           {strings.Repeat("Much too much. ", 400_000), "This is more than 5 MB", 0},
}

// wrapped breaks paragraphs into short lines.
func wrapped(between string, paragraphs ...string) string {
	var list []string
	for _, p := range paragraphs {
		line, text := 0, ""
		for _, word := range strings.Fields(p) {
			switch line += len(word) + 1; {
			case line > 30:
				text, line = text+"\n"+word, len(word)
			case text != "":
				text += " " + word
			default:
				text = word
			}
		}
		list = append(list, text)
	}
	return strings.Join(list, between)
}

func straight(s string) string {
	return strings.NewReplacer("“", `"`, "”", `"`, "–", "-").Replace(s)
}

const result = `document.querySelector(".own .result").innerText`

// drop drops a file with a text on the page, and returns what is said of it.
func (b tab) drop(text string) string {
	b.Helper()
	b.run(`document.querySelector(".own .result").textContent = ""
		const data = new DataTransfer()
		data.items.add(new File([` + quoted(text) + `], "copy.txt"))
		document.querySelector(".passages").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }))`)
	b.becomes(`document.activeElement === document.querySelector(".own .result") && ` + result + `.length > 20`)
	return see[string](b, result)
}

// A copy of a source is recognised whatever its lines and quotation marks are, what
// differs is said, and nothing leaves the browser.
func TestOwnCopy(t *testing.T) {
	d := fromDisk(t)
	d.open(served(t, listed(t, ferry, ""))+"sources/talk/", 1280, 900)
	d.becomes(`document.readyState === "complete" && document.querySelector(".own").checkVisibility({ visibilityProperty: true })`)
	d.mu.Lock()
	if len(d.asked) < 5 {
		t.Error("nobody noticed what the page asked for")
	}
	clear(d.asked)
	d.mu.Unlock()
	for name, c := range copies {
		if got := d.drop(c.text); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: said %q", name, got)
		}
		if got := see[int](d.tab, `document.querySelectorAll(".extra").length`); got != c.extra {
			t.Errorf("%s: %d parts are not in the list, want %d", name, got, c.extra)
		}
	}
	d.drop(copies["three altered"].text)
	d.holds(map[string]string{
		"a sentence":         `document.getElementById("p1.2").querySelector(".yours").textContent === "It may not sail in fog, the harbour-master says."`,
		"its claim":          `document.getElementById("p1.2").querySelector(".statement.forecast").innerText === "Forecast" && document.getElementById("p1.2").querySelector(".statements a").href.endsWith("/claims/fog/")`,
		"its number":         `document.getElementById("p1.2").querySelector(".number").innerText === "1.2"`,
		"its hedge":          `document.getElementById("p1.2").querySelector("u").textContent === "may" && document.querySelectorAll(".yours u").length === 2`,
		"of two, one stands": `document.getElementById("p3.1").querySelector("u").textContent === "could" && !document.getElementById("p3.3").querySelector("u")`,
		"a claim once":       `document.querySelectorAll(".again").length === 1 && document.getElementById("p3.3").querySelector(".again").innerText.includes("A boat should be bought")`,
		"what differs":       `document.getElementById("p3.3").querySelector("mark").textContent === "It will also hire one from St. Ann." && document.getElementById("p3.3").innerText.includes("Differs from the text that we read")`,
		"beside each other":  `one(".yours").getBoundingClientRect().right < document.getElementById("p1.2").querySelector(".statements").getBoundingClientRect().left`,
		"quotation marks":    `one("ol.sentences").parentElement.parentElement.children[1].innerText.includes("“We expected worse,” said J. K. Brand – a regular.")`,
		"the form is gone":   `!one(".own .forms").checkVisibility()`,
	})

	// It can be removed, and a text be pasted, with the keyboard.
	d.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	d.becomes(`document.activeElement.type === "file" && document.activeElement.labels[0].innerText.includes("Choose a text file")`)
	d.is(`!document.querySelector(".yours, .note, .heads, .beside") && document.querySelector(".own .result").innerText === ""`)
	d.do(chromedp.KeyEvent(kb.Tab))
	d.run(`document.activeElement.value = ` + quoted(strings.Join(ferry, "\n")))
	d.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	d.becomes(result + `.startsWith("4 of 4 paragraphs, 9 of 9 sentences")`)
	d.run(`document.querySelector(".remove").click()`)

	file := filepath.Join(t.TempDir(), "copy.txt")
	text, _ := strings.CutSuffix(strings.ReplaceAll(strings.Join(ferry, "\r\n"), "“", "\x93"), "\n") // as old editors of Windows write it
	save(t, file, strings.NewReplacer("”", "\x94", "–", "\x96").Replace(text))
	d.do(chromedp.SetUploadFiles(chromedp.CSS(".own [type=file]"), []string{file}))
	d.becomes(result + `.startsWith("4 of 4 paragraphs, 9 of 9 sentences\n4 to the letter")`)
	d.mu.Lock()
	defer d.mu.Unlock()
	for asked := range d.asked {
		if !strings.HasSuffix(asked, "/favicon.svg") { // which the browser asks for at any time
			t.Errorf("it asks for %s", asked)
		}
	}
	for said := range d.said {
		t.Errorf("the browser says %s", said)
	}
}

// The script splits a text as package passage does.
func TestOwnCopyIsSplitAsTheSource(t *testing.T) {
	table, err := os.ReadFile("../internal/passage/testdata/sentences.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text      string
		Sentences []string
	}
	if err := json.Unmarshal(table, &cases); err != nil {
		t.Fatal(err)
	}
	b := newTab(t)
	var paragraphs []string
	n := 0
	for _, c := range cases {
		if len(c.Sentences) > 0 {
			paragraphs = append(paragraphs, c.Text)
			n += len(c.Sentences)
		}
	}
	paragraphs = append(paragraphs, "It ends.")
	b.open(served(t, listed(t, append(slices.Clone(ferry), paragraphs...), ""))+"sources/talk/", 1280, 900)
	want := fmt.Sprintf("%d of %d paragraphs, %d of %d sentences\n%[2]d to the letter. ", len(ferry)+len(paragraphs), len(ferry)+len(paragraphs), n+10, n+10)
	if got := b.drop(strings.Join(append(slices.Clone(ferry), paragraphs...), "\n")); !strings.HasPrefix(got, want) {
		t.Errorf("said %q, want %q", got, want)
	}
}

// A link to a sentence has a card with its claims, one to a paragraph with those of its
// sentences, each once.
func TestPreviewOfSentences(t *testing.T) {
	b := newTab(t)
	b.open(served(t, listed(t, ferry, ""))+"analysis/boats/", 1280, 800)
	for link, want := range map[string]string{"p1.2": "▲ Fog may stop it", "p3": "Something ■ A boat should be bought"} {
		b.hover(`main a[href$="#` + link + `"]`)
		b.becomes(cardShown)
		if got := see[string](b, said); strings.Count(got, want) != 1 {
			t.Errorf("the card of %s says %q", link, got)
		}
		b.do(chromedp.KeyEvent(kb.Escape), chromedp.MouseEvent(chromedp.MouseMoved, 1, 1))
	}
}

// It works from disk, in the single file too, and where there is no WebCrypto it says so.
func TestOwnCopyElsewhere(t *testing.T) {
	o := website.Options(listed(t, ferry, "language: fa\n"))
	o.Portable = true
	text := strings.Join(ferry, "\n")
	const want = "4 of 4 paragraphs, 9 of 9 sentences"
	b := newTab(t)
	b.open("file://"+filepath.ToSlash(onDisk(t, website.Build(t, o)))+"/sources/talk/index.html", 320, 800)
	if got := b.drop(text); !strings.HasPrefix(got, want) {
		t.Errorf("from disk: said %q", got)
	}
	b.holds(map[string]string{
		"from right to left":       `css(".passages", "direction") === "rtl" && document.getElementById("p1.2").querySelector(".number").getBoundingClientRect().left > one(".yours").getBoundingClientRect().left`,
		"its words are English":    `one(".own-title span").lang === "en"`,
		"a text has its direction": `one(".yours").dir === "auto" && css(".yours", "direction") === "ltr"`,
		"one below the other":      `one(".yours").getBoundingClientRect().bottom <= document.getElementById("p1.2").querySelector(".statements").getBoundingClientRect().top || document.getElementById("p1.2").querySelector(".yours").getBoundingClientRect().bottom <= document.getElementById("p1.2").querySelector(".statements").getBoundingClientRect().top`,
		"targets":                  `[...document.querySelectorAll(".own :is(button, input, textarea)")].filter(e => e.checkVisibility()).every(e => e.getBoundingClientRect().height >= 24)`,
	})
	for _, medium := range []string{"screen", "print"} {
		b.do(emulate(medium, "forced-colors", "active"))
		for _, wrong := range []string{cut, overlap, wide} {
			b.finds(medium, wrong)
		}
		b.is(`document.querySelector(".yours").checkVisibility() && document.querySelector(".own .result").checkVisibility()`)
	}
	b.do(emulate("", "", ""))
	for _, width := range []int64{320, 1024} {
		b.do(chromedp.EmulateViewport(width, 800))
		b.drop(copies["a web page"].text)
		b.run(`document.querySelectorAll("details").forEach(d => d.open = true)`)
		for _, wrong := range []string{cut, overlap, wide} {
			b.finds(fmt.Sprint(width), wrong)
		}
	}

	o.Content = listed(t, ferry, "")
	save(t, filepath.Join(o.Content, "whole.md"), "---\ntitle: Whole\nshows: whole\n---\n")
	o.Single, o.Portable = true, false
	file := filepath.Join(t.TempDir(), "one.html")
	save(t, file, string(website.Build(t, o).Files[pipeline.SingleName].Data))
	b.open("file://"+filepath.ToSlash(file), 1280, 800)
	if got := b.drop(text); !strings.HasPrefix(got, want) {
		t.Errorf("in the single file: said %q", got)
	}

	b.do(beforehand(`Object.defineProperty(Crypto.prototype, "subtle", { value: undefined })`))
	b.open(served(t, listed(t, ferry, ""))+"sources/talk/", 1280, 900)
	b.is(result + `.startsWith("Over plain HTTP a browser makes no fingerprints") && !document.querySelector(".own .forms").checkVisibility()`)
}

// Whoever has the text that this analysis is about finds all of it on its page.
func TestOwnCopyOfTheAnalysis(t *testing.T) {
	name := os.Getenv("COLUMN")
	if name == "" {
		t.Skip("set COLUMN to a copy of the source of this analysis")
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join("../..", name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b := newTab(t)
	s := atRoot(t, website.Analysis)
	for _, p := range s.Site.Pages {
		n, paragraphs := 0, len(p.Doc.Front.Passages)
		for _, passage := range p.Doc.Front.Passages {
			n += len(passage.Sentences)
		}
		if n == 0 {
			continue
		}
		b.open(web(t, hosted(s))+p.URL, 1280, 900)
		want := fmt.Sprintf("%d of %[1]d paragraphs, %d of %[2]d sentences\n%[1]d to the letter.", paragraphs, n)
		if got := b.drop(string(text)); !strings.HasPrefix(got, want) {
			t.Errorf("%s: said %q", p.URL, got)
		}
		return
	}
	t.Error("no source lists its sentences")
}
