// Package search makes the index that the search and the link previews use in the
// browser.
//
// It runs while the pages are rendered. The input is a Site, the output is files in the
// folder search/: "pages.js" lists all pages and the paragraphs of sources, "text-0.js" and
// so on hold the texts of pages, "words.js" the words that are forms of each other, and
// "parts.js" lists those files. Each is a script, so a browser can load
// it from a server or from disk, and the single-file edition can contain it.
//
// The names of all but "parts.js" get a hash of the content, so that no host serves an old
// part beside new pages. Readers load "parts.js" with a query that no cache has. Pages do not
// contain the hashes: they would all change with each text.
//
// Invariant: no file contains a "<", since encoding/json escapes it. So none can end the
// script element that contains it.
//
// Invariant: a file whose data did not change is the same File as in the previous
// build.
//
// Deliberately absent: a library that searches. Those for static sites read the finished pages, are
// not written in Go, and need WebAssembly or an index that a browser cannot load from
// disk. A list of words and where they occur is also absent: excerpts need the texts
// anyway, and a browser splits them into words as fast as it would load such a list.
package search

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	"analysis/builder/internal/memo"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// entry describes a page in "pages.js". Its keys are short because they are repeated for
// every page.
type entry struct {
	URL     string   `json:"u"` // below the site's root
	Title   string   `json:"t"`
	Kind    string   `json:"k"`
	Type    string   `json:"y,omitempty"`
	Summary string   `json:"s,omitempty"` // of a claim: where it stands and what became of it
	Date    string   `json:"d,omitempty"` // "24 December 2024"
	Aliases []string `json:"a,omitempty"`
	Holder  string   `json:"h,omitempty"` // of a claim
	Cites   string   `json:"c,omitempty"` // of a claim: "The column, ¶3"
	Later   bool     `json:"l,omitempty"` // later than the analysed text
	Also    []string `json:"w,omitempty"` // words that find it
	Text    string   `json:"b,omitempty"` // of a claim: the beginning of its text
	Result  string   `json:"r,omitempty"` // of a claim that something was set beside: one of site.Results
	Hedge   string   `json:"g,omitempty"` // of a claim
	Against []string `json:"x,omitempty"` // of a claim: addresses of those of others that contradict it
}

// Sentences says in a sentence where a claim stands and what became of it. It is
// implemented by the layouts, and the same value makes the same sentences.
type Sentences interface {
	Standing(st *site.Statement) string
}

// entryInput is everything that an entry depends on.
type entryInput struct {
	page      *site.Page
	passage   int // index of a passage of the page, or -1 for the page
	sentences Sentences
}

// partPages is the number of pages whose texts are in one file. It is not a number of
// bytes, so a text that grows changes only one file.
const partPages = 50

// Index makes the index and remembers it. The zero value is ready. It is not for
// concurrent use.
type Index struct {
	entries memo.Table[string, entryInput, []byte] // JSON by address
	list    memo.Table[struct{}, [][]byte, part]   // "pages.js", of the entries
	texts   memo.Table[int, []numberedPage, textPart]
	words   memo.Table[struct{}, wordsInput, part] // "words.js"
}

// part is a file of the index. Its name has no folder and no ending.
type part struct {
	name string
	file *publish.File
}

// textPart is a file of texts and their words.
type textPart struct {
	part
	words []string
}

// numberedPage is a page with its number in "pages.js".
type numberedPage struct {
	number int
	page   *site.Page
}

// Files returns the files of a site's index by name. It calls put for each file as soon
// as it is made, from several goroutines, so that not all texts are in memory at once.
// If hashed is set, names have a hash.
func (x *Index) Files(s *site.Site, sentences Sentences, hashed bool, put func(name string, data []byte) *publish.File) map[string]*publish.File {
	x.entries.SameIn = memo.Equal
	x.list.SameIn = func(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }
	x.texts.SameIn = slices.Equal
	x.texts.SameOut = func(a, b textPart) bool {
		return a.name == b.name && a.file.Sum == b.file.Sum && slices.Equal(a.words, b.words)
	}
	x.words.SameIn = wordsInput.same

	var pages []entryInput    // pages with a file; the search does not find others
	var passages []entryInput // of sources
	var owners []numberedPage // pages whose text is not part of another page
	for _, p := range s.Pages {
		if p.Doc.Path == "" || p.Claim != nil && p.Claim.Gone {
			continue
		}
		if p.Claim == nil {
			owners = append(owners, numberedPage{len(pages), p})
		}
		pages = append(pages, entryInput{p, -1, sentences})
		for i := range p.Doc.Front.Passages {
			passages = append(passages, entryInput{p, i, sentences})
		}
	}
	pages = append(pages, passages...)
	entries, _ := x.entries.Map(len(pages), func(i int) (string, entryInput) { return pages[i].address(), pages[i] },
		func(_ int, in entryInput) []byte { return encode(entryOf(in)) })
	parts := slices.Collect(slices.Chunk(owners, partPages))
	script := func(name string, data []byte) part { // adds JSON data to the index in the browser
		data = slices.Concat([]byte(`siteIndex.add("`+name+`",`), data, []byte(");\n"))
		if hashed && name != "parts" {
			name += fmt.Sprintf(".%08x", crc32.ChecksumIEEE(data))
		}
		return part{name, put(fileName(name), data)}
	}
	all, files := map[string]string{}, map[string]*publish.File{}
	add := func(name string, p part) { all[name], files[fileName(p.name)] = p.name, p.file }
	add("pages", x.list.One(entries, func(entries [][]byte) part {
		return script("pages", slices.Concat([]byte("["), bytes.Join(entries, []byte(",")), []byte("]")))
	}))
	texts, _ := x.texts.Map(len(parts), func(i int) (int, []numberedPage) { return i, parts[i] },
		func(i int, pages []numberedPage) textPart {
			data, words := textsOf(pages)
			return textPart{script(textName(i), data), words}
		})
	in := wordsInput{s.Config.Language, s.Config.Synonyms, cmp.Or(s.Config.FigureWords, text.AmountWords), nil}
	for i, p := range texts {
		add(textName(i), p.part)
		in.found = append(in.found, p.words)
	}
	add("words", x.words.One(in, func(in wordsInput) part { return script("words", encode(wordsOf(in))) }))
	files[fileName("parts")] = script("parts", encode(all)).file
	return files
}

func fileName(name string) string { return "search/" + name + ".js" }

func textName(part int) string { return fmt.Sprintf("text-%d", part) }

// textsOf makes the data of a file of texts: a list of [number of page, text]. It also
// returns their words.
func textsOf(pages []numberedPage) (data []byte, words []string) {
	list, found := make([][2]any, len(pages)), vocabulary{has: map[string]bool{}}
	var text []byte
	for i, p := range pages {
		text = p.page.AppendText(text[:0])
		list[i] = [2]any{p.number, string(text)}
		found.add(text)
		found.add([]byte(p.page.Title + " " + p.page.Summary))
		for _, a := range p.page.Doc.Front.Aliases {
			found.add([]byte(a.Name))
		}
	}
	return encode(list), found.list
}

// encode returns a value as JSON. Values of strings, numbers and lists cannot fail.
func encode(value any) []byte {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return data
}

// address returns the address of a page or of one of its passages, below the site's root.
func (in entryInput) address() string {
	if in.passage < 0 {
		return in.page.URL
	}
	return in.page.URL + "#" + in.page.Doc.Front.Passages[in.passage].Anchor()
}

func entryOf(in entryInput) entry {
	p := in.page
	if in.passage >= 0 {
		passage := p.Doc.Front.Passages[in.passage]
		return entry{URL: in.address(), Title: fmt.Sprintf("%s, ¶%d", p.Title, passage.N), Kind: "passage", Summary: passage.Gist}
	}
	e := entry{URL: p.URL, Title: p.Title, Kind: string(p.Kind), Type: p.Type, Summary: p.Summary, Date: p.Date.Format(p.Config.Words), Also: p.Doc.Front.Also, Later: p.Later}
	for _, a := range p.Doc.Front.Aliases {
		e.Aliases = append(e.Aliases, a.Name)
	}
	if c := p.Claim; c != nil {
		e.addClaim(c)
		e.Summary, e.Text = in.sentences.Standing(c.Statement), clip(c.Said.Text, 200)
	}
	return e
}

// addClaim adds what the entry of a claim has.
func (e *entry) addClaim(c *site.Claim) {
	e.Hedge = c.Wording
	var holders, cites []string
	for _, h := range c.HeldBy {
		holders = append(holders, h.Title)
	}
	e.Holder = strings.Join(holders, ", ")
	if c.Result != "unchecked" {
		e.Result = c.Result
	}
	if c.HeldNote != "" {
		e.Holder += " (" + c.HeldNote + ")"
	}
	for _, cite := range c.Cites {
		text := cite.Source.Title
		for _, p := range cite.Places {
			text += ", ¶" + p.String()
		}
		cites = append(cites, text)
	}
	e.Cites = strings.Join(cites, "; ")
	for _, r := range c.Relations {
		if r.Key == "contradicts" && !r.Claim.SharesHolder(c.Statement) {
			e.Against = append(e.Against, r.Claim.URL)
		}
	}
}

// clip shortens a text to about n characters, at the end of a word.
func clip(s string, n int) string {
	short := fmt.Sprintf("%.*s", n, s)
	if short == s {
		return s
	}
	if i := strings.LastIndexByte(short, ' '); i > 0 {
		short = short[:i]
	}
	return short + " …"
}
