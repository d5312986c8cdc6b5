package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/passage"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// newSource writes the page of a source with the fingerprints of its text. If the page
// exists, it prints instead what differs.
func (c *command) newSource(id, file string) error {
	list, err := page(kind.Source, id, titleFor(id))
	if err != nil {
		return err
	}
	copied, err := readText(file)
	if err != nil {
		return err
	}
	s, err := c.placed(nil)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Doc.Path == list[0].name }); i >= 0 {
		return c.compare(s.Pages[i], file, copied)
	}
	paragraphs, sentences := passage.Paragraphs(copied), 0
	passages := "\npassages:\n"
	for i, paragraph := range paragraphs {
		passages += passage.Entry(i+1, paragraph)
		sentences += len(passage.Sentences(paragraph))
	}
	list[0].text = strings.Replace(list[0].text, "\n---\n", passages+"---\n", 1)
	if err := c.write(list); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s, one a line, with %s\n", diag.Number(len(paragraphs), "paragraph"), diag.Number(sentences, "sentence"))
	return nil
}

func readText(file string) ([]byte, error) {
	copied, err := os.ReadFile(file)
	switch {
	case err != nil:
		return nil, err
	case !utf8.Valid(copied):
		return nil, usageError("save it as plain text in UTF-8", "%s is not text in UTF-8", file)
	case len(copied) == 0:
		return nil, usageError("put the text of the source into it, one paragraph a line", "%s is empty", file)
	case len(passage.Paragraphs(copied)) == 0:
		return nil, usageError("a paragraph is a line that is not empty", "%s has no paragraphs", file)
	}
	return copied, nil
}

// compare prints what differs between the page of a source and its text.
func (c *command) compare(p *site.Page, file string, copied []byte) error {
	same, found := lint.Verify(p, copied)
	if c.print(diag.In(c.options.Content, found)); len(found) > 0 {
		return errDiagnostics
	}
	fmt.Fprintf(c.stdout, "%s/%s: all %s are those of %s\n", c.options.Content, p.Doc.Path, diag.Number(same, "paragraph"), file)
	return nil
}

// newWalk writes a section that walks through the passages of a source, with a claim to
// be written for each sentence that no claim cites yet.
func (c *command) newWalk(id, of string) error {
	list, err := page(kind.Section, id, titleFor(id))
	if err != nil {
		return err
	}
	s, err := c.placed(nil)
	if err != nil {
		return err
	}
	sources := lint.Sources(s)
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
	form, err := starters.ReadFile("starters/claim.md")
	if err != nil {
		return err
	}
	walk, left := walkThrough(s, source, strings.ReplaceAll(string(form), "HOLDER", holder))
	if walk == "" {
		return usageError("run builder check -todo, which lists what is still to be done", "claims cite every sentence of %q already", of)
	}
	list[0].text += walk
	if err := c.write(append(list, more...)); err != nil {
		return err
	}
	if left > 0 {
		fmt.Fprintf(c.stdout, "left out %s that claims cite or that need none\n", diag.Number(left, "sentence"))
	}
	return nil
}

// holderOf returns the id of the actor who holds most of the claims that cite a source.
// If there are none, it is that of the source's author, and more the page to be written
// for them if there is none.
func holderOf(s *site.Site, source *site.Page) (id string, more []starter, err error) {
	claims, most := map[string]int{}, 0
	for _, c := range s.Claims {
		for _, cite := range c.Cites {
			if cite.Source != source.Ref {
				continue
			}
			for _, h := range c.HeldBy {
				if claims[h.ID]++; claims[h.ID] > most {
					id, most = h.ID, claims[h.ID]
				}
			}
		}
	}
	if id != "" {
		return id, nil, nil
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

// walkThrough returns a heading for each paragraph of a source and, for each sentence that
// no claim cites and that needs one, a claim to be written. left is the number of others.
func walkThrough(s *site.Site, source *site.Page, form string) (walk string, left int) {
	gists := map[int]string{}
	for _, passage := range source.Doc.Front.Passages {
		gists[passage.N] = special.ReplaceAllString(passage.Gist, `\$0`)
		left += max(1, len(passage.Sentences))
	}
	last := 0 // the paragraph before
	for _, t := range lint.Todo(s) {
		if t.Source != source.Ref || !t.Uncovered {
			continue
		}
		if t.Place.N != last {
			last = t.Place.N
			walk += fmt.Sprintf("\n## %s\n", cmp.Or(gists[last], fmt.Sprintf("¶%d", last)))
		}
		id := text.Slug(source.ID + " " + t.Place.String())
		walk += "\n" + strings.NewReplacer("TITLE", lint.ToWrite(t.Place), "ID", id, "SOURCE", source.ID, "PLACE", "¶"+t.Place.String()).Replace(form)
		left--
	}
	return walk, left
}
