package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"analysis/builder/internal/audit"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/passage"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// newSource writes the page of a source with the fingerprints of its text. If the page
// exists, it prints instead what differs.
func (c *command) newSource(s *site.Site, list []starter, file string) error {
	copied, err := readText(file)
	paragraphs := passage.Paragraphs(copied)
	switch {
	case err != nil:
		return err
	case len(paragraphs) == 0:
		return usageError("put the text of the source into it, one paragraph a line", "%s is empty", file)
	}
	if i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Doc.Path == list[0].name }); i >= 0 {
		return c.compare(audit.Copy{Page: s.Pages[i], File: file, Text: copied})
	}
	var b strings.Builder
	sentences := 0
	for i, p := range paragraphs {
		n := len(passage.Sentences(p.Text))
		if n > frontmatter.MaxSentences {
			return usageError("divide the line where the source begins a new one", "%s:%d has %s, and a passage at most %d", file, p.Line, diag.Number(n, "sentence"), frontmatter.MaxSentences)
		}
		fmt.Fprintf(&b, entry, i+1, "", proof(p))
		sentences += n
	}
	list[0].text = strings.Replace(list[0].text, "\n---\n", "\npassages:\n"+b.String()+"---\n", 1)
	if err = c.write(list); err == nil {
		fmt.Fprintf(c.stdout, "%s, one a line, with %s\n", diag.Number(len(paragraphs), "paragraph"), diag.Number(sentences, "sentence"))
	}
	return err
}

// compare prints what differs between the page of a source and its text, and the lines
// that would be right.
func (c *command) compare(copied audit.Copy) error {
	page := copied.Page.Doc
	_, _, found := audit.Compare(copied)
	if errors, _ := diag.Count(page.Diagnostics); errors > 0 { // what it lists may not be read whole
		c.print(diag.In(c.options.Content, page.Diagnostics))
		return errDiagnostics
	}
	diag.Sort(found)
	c.print(diag.In(c.options.Content, found))
	var proofs []string
	has := map[string]bool{}
	for _, p := range passage.Paragraphs(copied.Text) {
		proofs = append(proofs, proof(p))
		has[proofs[len(proofs)-1]] = true
	}
	listed, gists := map[string]bool{}, map[string]string{} // by number and proof; by proof, or by number where the text lacks that
	for _, p := range page.Front.Passages {
		var prints []string
		for _, s := range p.Sentences {
			prints = append(prints, s.Print)
		}
		lines, n := passage.Proof(p.SHA256, prints), fmt.Sprint(p.N)
		listed[n+lines] = true
		if gists[lines] = p.Gist; !has[lines] {
			gists[n] = p.Gist
		}
	}
	var b strings.Builder
	for i, lines := range proofs {
		if n := fmt.Sprint(i + 1); !listed[n+lines] {
			fmt.Fprintf(&b, entry, i+1, cmp.Or(gists[lines], gists[n]), lines)
		}
	}
	switch name := c.options.Content + "/" + page.Path; {
	case b.Len() > 0:
		fmt.Fprintf(c.stdout, "if %s is right, these lines belong to %s:\n%s", copied.File, name, b.String())
	case len(found) == 0:
		fmt.Fprintf(c.stdout, "%s: all %s are those of %s\n", name, diag.Number(len(proofs), "paragraph"), copied.File)
		return nil
	}
	return errDiagnostics
}

// entry formats an entry under the key passages: its number, gist and proof.
const entry = "  - n: %d\n    gist: %q\n%s"

func proof(p passage.Paragraph) string {
	return passage.Proof(passage.Fingerprint(p.Text), passage.Prints(p.Text))
}

// newWalk writes a section that walks through the passages of a source, with a claim to
// be written for each sentence that no claim cites yet.
func (c *command) newWalk(s *site.Site, list []starter, of string) error {
	sources := audit.Sources(s)
	source := sources[path.Base(of)]
	if source == nil {
		return usageError(cmp.Or(diag.DidYouMean(of, maps.Keys(sources)), "run builder new source "+text.Slug(of)+" -text FILE"), "no source %q", of)
	}
	holder, more, err := holderOf(s, source)
	if err != nil {
		return err
	}
	walk, left := walkThrough(s, source, holder)
	if walk == "" {
		return usageError("run builder check -todo, or builder new source "+of+" -text FILE, which prints its lines", "the page of %q lists no sentence that lacks a claim", of)
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
	id = text.Slug(name)
	if i := slices.IndexFunc(s.Pages, func(p *site.Page) bool { return p.Kind == kind.Actor && (p.Title == name || p.ID == id) }); i >= 0 {
		return s.Pages[i].ID, nil, nil
	}
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
