// Package search makes the index that the search and the link previews use in the
// browser.
//
// It runs while the pages are rendered. The input is a Site, the output is files in the
// folder search/: "pages.js" lists all pages, "text-0.js" and so on hold their texts,
// and "parts.js" lists those files. Each is a script, so a browser can load
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
// Deliberately absent: a library. Those for static sites read the finished pages, are
// not written in Go, and need WebAssembly or an index that a browser cannot load from
// disk. A list of words and where they occur is also absent: excerpts need the texts
// anyway, and a browser splits them into words as fast as it would load such a list.
package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	"analysis/builder/internal/memo"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// entry describes a page in "pages.js". Its keys are short because they are repeated for
// every page.
type entry struct {
	URL     string   `json:"u"` // below the site's root
	Title   string   `json:"t"`
	Kind    string   `json:"k"`
	Type    string   `json:"y,omitempty"`
	Summary string   `json:"s,omitempty"` // of a claim, the beginning of its text
	Date    string   `json:"d,omitempty"` // "24 December 2024"
	Aliases []string `json:"a,omitempty"`
	Holder  string   `json:"h,omitempty"` // of a claim
	Cites   string   `json:"c,omitempty"` // of a claim: "The column, ¶3"
	Later   bool     `json:"l,omitempty"` // later than the analysed text
	Result  string   `json:"r,omitempty"` // of a claim that something was set beside
}

// partPages is the number of pages whose texts are in one file. It is not a number of
// bytes, so a text that grows changes only one file.
const partPages = 50

// Index makes the index and remembers it. The zero value is ready. It is not for
// concurrent use.
type Index struct {
	entries memo.Table[string, *site.Page, []byte] // JSON by address
	list    memo.Table[struct{}, [][]byte, part]   // "pages.js", of the entries
	texts   memo.Table[int, []numberedPage, part]  // the files of texts
}

// part is a file of the index. Its name has no folder and no ending.
type part struct {
	name string
	file *publish.File
}

// numberedPage is a page with its number in "pages.js".
type numberedPage struct {
	number int
	page   *site.Page
}

// Files returns the files of a site's index by name. It calls put for each file as soon
// as it is made, from several goroutines, so that not all texts are in memory at once.
// If hashed is set, names have a hash.
func (x *Index) Files(s *site.Site, hashed bool, put func(name string, data []byte) *publish.File) map[string]*publish.File {
	x.entries.SameIn = memo.Equal
	x.list.SameIn = func(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }
	x.texts.SameIn = slices.Equal
	x.texts.SameOut = func(a, b part) bool { return a.name == b.name && a.file.Sum == b.file.Sum }

	var pages []*site.Page    // pages with a file; the search does not find others
	var owners []numberedPage // pages whose text is not part of another page
	for _, p := range s.Pages {
		if p.Doc.Path == "" {
			continue
		}
		if p.Claim == nil {
			owners = append(owners, numberedPage{len(pages), p})
		}
		pages = append(pages, p)
	}
	entries, _ := x.entries.Map(len(pages),
		func(i int) (string, *site.Page) { return pages[i].URL, pages[i] },
		func(_ int, p *site.Page) []byte { return encode(entryOf(p)) })
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
		func(i int, pages []numberedPage) part { return script(textName(i), textsOf(pages)) })
	for i, p := range texts {
		add(textName(i), p)
	}
	files[fileName("parts")] = script("parts", encode(all)).file
	return files
}

func fileName(name string) string { return "search/" + name + ".js" }

func textName(part int) string { return fmt.Sprintf("text-%d", part) }

// textsOf makes the data of a file of texts: a list of [number of page, text].
func textsOf(pages []numberedPage) []byte {
	list := make([][2]any, len(pages))
	var text []byte
	for i, p := range pages {
		text = p.page.AppendText(text[:0])
		list[i] = [2]any{p.number, string(text)}
	}
	return encode(list)
}

// encode returns a value as JSON. Values of strings, numbers and lists cannot fail.
func encode(value any) []byte {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return data
}

func entryOf(p *site.Page) entry {
	e := entry{URL: p.URL, Title: p.Title, Kind: string(p.Kind), Type: p.Type, Summary: p.Summary, Date: p.Date.Format(), Later: p.Later}
	for _, a := range p.Doc.Front.Aliases {
		e.Aliases = append(e.Aliases, a.Name)
	}
	c := p.Claim
	if c == nil {
		return e
	}
	e.Summary = clip(string(p.AppendText(nil)), 200)
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
		for _, n := range cite.Passages {
			text += fmt.Sprintf(", ¶%d", n)
		}
		cites = append(cites, text)
	}
	e.Cites = strings.Join(cites, "; ")
	return e
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
