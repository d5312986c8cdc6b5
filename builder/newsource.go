package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/audit"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/passage"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// newSource writes the page of a source with the fingerprints of its text. If the page
// exists, it prints instead what differs.
func (c *command) newSource(s *site.Site, list []starter, file string) error {
	copied, err := os.ReadFile(file)
	paragraphs := passage.Paragraphs(copied)
	switch {
	case err != nil:
		return err
	case !utf8.Valid(copied):
		return usageError("save it as plain text in UTF-8", "%s is not text in UTF-8", file)
	case len(paragraphs) == 0:
		return usageError("put the text of the source into it, one paragraph a line", "%s is empty", file)
	}
	if i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Doc.Path == list[0].name }); i >= 0 {
		return c.compare(s.Pages[i], file, copied)
	}
	var b strings.Builder
	sentences := 0
	for i, paragraph := range paragraphs {
		fmt.Fprintf(&b, "  - n: %d\n    gist: \"\"\n%s", i+1, passage.Proof(paragraph.Text))
		sentences += len(passage.Sentences(paragraph.Text))
	}
	list[0].text = strings.Replace(list[0].text, "\n---\n", "\npassages:\n"+b.String()+"---\n", 1)
	if err = c.write(list); err == nil {
		fmt.Fprintf(c.stdout, "%s, one a line, with %s\n", diag.Number(len(paragraphs), "paragraph"), diag.Number(sentences, "sentence"))
	}
	return err
}

// compare prints what differs between the page of a source and its text.
func (c *command) compare(p *site.Page, file string, copied []byte) error {
	texts, r, found := audit.Compare(audit.Copy{Page: p, File: file, Text: copied})
	for _, listed := range p.Doc.Front.Passages {
		if has := texts[listed.N]; len(listed.Sentences) == 0 && len(has) > 0 {
			var prints []string
			for _, s := range has {
				prints = append(prints, passage.Print(s))
			}
			found = append(found, diag.Warningf(listed.At, "¶%d of %q lists no sentences", listed.N, p.ID).WithHint("add the line `sentences: [%s]`", strings.Join(prints, ", ")))
		}
	}
	diag.Sort(found)
	if c.print(diag.In(c.options.Content, found)); len(found) > 0 {
		return errDiagnostics
	}
	fmt.Fprintf(c.stdout, "%s/%s: all %s are those of %s\n", c.options.Content, p.Doc.Path, diag.Number(r.Passages.Good, "paragraph"), file)
	return nil
}

// newWalk writes a section that walks through the passages of a source, with a claim to
// be written for each sentence that no claim cites yet.
func (c *command) newWalk(s *site.Site, list []starter, of string) error {
	sources := audit.Sources(s)
	source := sources[of]
	switch {
	case source == nil:
		return usageError(cmp.Or(diag.DidYouMean(of, maps.Keys(sources)), "run builder new source "+text.Slug(of)+" -text FILE"), "no source %q", of)
	case len(source.Doc.Front.Passages) == 0:
		return usageError("run builder new source "+of+" -text FILE, which prints them", "the page of the source %q lists no passages", of)
	}
	holder, more, err := holderOf(s, source)
	if err != nil {
		return err
	}
	walk, left := walkThrough(s, source, holder)
	if walk == "" {
		return usageError("run builder check -todo, which lists what is still to be done", "claims cite every sentence of %q already", of)
	}
	list[0].text += walk
	if err = c.write(append(list, more...)); err == nil && left > 0 {
		fmt.Fprintf(c.stdout, "left out %s that claims cite or that need none\n", diag.Number(left, "sentence"))
	}
	return err
}

// holderOf returns the id of the actor who holds most of the claims that cite a source.
// If there are none, it is that of the source's author, and more the page to be written
// for them if there is none.
func holderOf(s *site.Site, source *site.Page) (id string, more []starter, err error) {
	if holder := audit.Author(s, source.Ref); holder != nil {
		return holder.ID, nil, nil
	}
	name := cmp.Or(source.Doc.Front.Author, "The author of "+source.Title)
	for _, p := range s.Pages {
		if p.Kind == kind.Actor && (p.Title == name || p.ID == text.Slug(name)) {
			return p.ID, nil, nil
		}
	}
	id = text.Slug(name)
	more, err = page(kind.Actor, id, name)
	return id, more, err
}

// special matches what may be markup in a line of Markdown.
var special = regexp.MustCompile("[\\\\`*_\\[\\]<>#{}&|~$!]")

// emptyClaim is a claim that is still to be written.
//
//go:embed starters/claim.md
var emptyClaim string

// walkThrough returns a heading for each paragraph of a source and, for each sentence that
// no claim cites and that needs one, a claim to be written. left is the number of others.
func walkThrough(s *site.Site, source *site.Page, holder string) (walk string, left int) {
	gists := map[int]string{}
	for _, passage := range source.Doc.Front.Passages {
		gists[passage.N] = special.ReplaceAllString(passage.Gist, `\$0`)
		left += max(1, len(passage.Sentences))
	}
	var b strings.Builder
	last := 0 // the paragraph before
	for _, t := range lint.Todo(s) {
		if t.Source != source.Ref || t.Noun != "paragraph" && t.Noun != "sentence" {
			continue
		}
		if t.Place.N != last {
			last = t.Place.N
			fmt.Fprintf(&b, "\n## %s\n", cmp.Or(gists[last], fmt.Sprintf("¶%d", last)))
		}
		place := "¶" + t.Place.String()
		b.WriteString(strings.NewReplacer("TITLE", lint.ToWrite+place, "ID", text.Slug(source.ID+" "+place), "SOURCE", source.ID, "PLACE", place, "HOLDER", holder).Replace(emptyClaim))
		left--
	}
	return b.String(), left
}
