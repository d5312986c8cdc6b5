package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"analysis/builder/internal/content"
	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/kind"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/scan"
	"analysis/builder/internal/site"
)

// starters are files to start from: a page for each kind in the folder kind, with TITLE
// instead of a title and TODAY instead of the date, the files of sets, and in the folder
// site what a new site has beside its pages.
//
//go:embed starters
var starters embed.FS

// sets are files that are written together and take no id. The first file of a set must
// not exist yet. The others may, and are then kept. There is a set for each overview.
var sets = map[string][]string{
	"home": {"index.md", frontmatter.ConfigFile, "search.md"},
	"claims": {"claims/index.md", "claims/tensions.md", "claims/forecasts.md", "claims/evidence.md",
		"claims/who-says-what.md", "claims/map.md", "claims/matrix.md", "claims/chain.md", "data.md"},
	"tensions":    {"claims/tensions.md", "claims/index.md"},
	"forecasts":   {"claims/forecasts.md", "claims/index.md"},
	"evidence":    {"claims/evidence.md", "claims/index.md"},
	"holders":     {"claims/who-says-what.md", "claims/index.md"},
	"map":         {"claims/map.md", "claims/index.md"},
	"matrix":      {"claims/matrix.md", "claims/index.md"},
	"chain":       {"claims/chain.md", "claims/index.md"},
	"sources":     {"sources/index.md"},
	"timeline":    {"timeline.md"},
	"glossary":    {"glossary.md"},
	"whole":       {"whole.md"},
	"search":      {"search.md"},
	"audit":       {"audit.md"},
	"corrections": {"corrections.md"},
	"changes":     {"changes.md"},
	"data":        {"data.md"},
}

// begunWith returns the summaries of starters for which a page needs its own: those of each
// kind and of the home page.
func begunWith() map[string]bool {
	names, err := fs.Glob(starters, "starters/kind/*.md")
	if err != nil {
		panic(err) // the pattern is valid
	}
	summaries := map[string]bool{}
	for _, name := range append(names, "starters/index.md") {
		summaries[content.NewParser().Parse(name, []byte(starterText(name))).Front.Summary] = true
	}
	delete(summaries, "")
	return summaries
}

// starter is a file to be written.
type starter struct {
	name, text string
	mayExist   bool // an existing file is kept
}

// validID matches a path of names of letters, digits and hyphens.
var validID = regexp.MustCompile(`^[\pL\p{Nd}_-][\pL\pM\p{Nd}._-]*(/[\pL\p{Nd}_-][\pL\pM\p{Nd}._-]*)*$`)

// new writes a set of files, or a page to start from, which is valid as it is, and the
// index of its folder if there is none.
func (c *command) new(args []string) error {
	text := c.flags.String("text", "", "file with the text of a new source")
	source := c.flags.String("of", "", "source that a new section walks through")
	withExample := c.flags.Bool("example", false, "write the example of a site")
	if err := c.parseFlags(args); err != nil {
		return err
	}
	of, id, want := c.flags.Arg(0), c.flags.Arg(1), 2
	if sets[of] != nil && c.flags.NArg() == 1 {
		want = 1
	}
	switch err := c.wantArguments(want); {
	case err != nil:
		return err
	case c.given("text") && (of != "source" || *text == ""), c.given("of") && (of != "section" || *source == ""):
		return usageError("write builder new source ID -text FILE, or builder new section ID -of SOURCE", "-text FILE belongs to a source and -of SOURCE to a section")
	case of == "site":
		return c.newSite(id, *withExample)
	case c.given("example"):
		return usageError("write builder new site DIR -example", "-example belongs to a site")
	case sets[of] == nil:
		return c.newPage(kind.Kind(of), id, *text, *source)
	case want == 2:
		return usageError("run builder new "+of, "%s takes no id", of)
	}
	var list []starter
	for i, name := range sets[of] {
		list = append(list, starter{name, starterText("starters/" + name), i > 0})
	}
	return c.write(list)
}

func (c *command) newPage(of kind.Kind, id, text, source string) error {
	list, err := page(of, id, titleFor(id))
	if err != nil {
		return err
	}
	s, err := c.placed(nil)
	switch {
	case err != nil:
		return err
	case text != "":
		return c.newSource(s, list, text)
	case source != "":
		return c.newWalk(s, list, source)
	}
	return c.write(list)
}

// page returns a page to start from, and the index of its folder, which may exist.
func page(of kind.Kind, id, title string) ([]starter, error) {
	text, err := starters.ReadFile("starters/kind/" + string(of) + ".md")
	if err != nil {
		return nil, usageError("write one of section, actor, place, event, concept, source, page, "+strings.Join(slices.Sorted(maps.Keys(sets)), ", "), "unknown kind %q", of)
	}
	if !validID.MatchString(id) || paths.TooLong(id+".md") || paths.Refused(id) != "" || slices.ContainsFunc(strings.Split(id+".md", "/"), scan.Ignored) {
		return nil, usageError("use letters, digits and hyphens, such as tea-board, and no name of a device, such as con", "%q cannot be an id", id)
	}
	name := path.Join(kind.Folder(of), id) + ".md"
	if is := kind.Of(name); is != of && !(of == kind.Page && (is == kind.Index || is == kind.Home)) {
		return nil, usageError("choose another kind, or another id", "%s would be a page of kind %s", name, is)
	}
	list := []starter{{name, strings.ReplaceAll(dated(string(text)), `"TITLE"`, strconv.Quote(title)), false}}
	if folder := path.Dir(name); folder != "." {
		list = append(list, starter{folder + "/index.md", "---\ntitle: \"" + titleFor(folder) + "\"\n---\n", true})
	}
	return list, nil
}

// write writes starters, unless a page or claim has the id or the name of one of them.
func (c *command) write(list []starter) error {
	if err := c.clash(list); err != nil {
		return err
	}
	for _, s := range list {
		if err := c.create(s.name, s.text, s.mayExist); err != nil {
			return err
		}
	}
	return nil
}

// clash returns the first error that the site has with the starters and not without them.
func (c *command) clash(list []starter) error {
	before, err := c.placed(nil)
	if err != nil {
		return err
	}
	after, err := c.placed(list)
	if err != nil {
		return err
	}
	for _, d := range after.Diagnostics {
		if d.Severity == diag.Error && !slices.Contains(before.Diagnostics, d) {
			d := diag.In(c.options.Content, []diag.Diagnostic{d})[0]
			return usageError("choose another id, or rename the other", "%s: %s", d.Position, d.Message)
		}
	}
	return nil
}

// placed returns the site of the pages that exist, with those of list that do not behind
// all others, so that errors say what is there already.
func (c *command) placed(list []starter) (*site.Site, error) {
	folder := scan.Folder{Name: c.options.Content}
	if err := folder.Scan(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	parser, in := content.NewParser(), site.Input{Drafts: true}
	for _, f := range folder.Files {
		if path.Ext(f.Name) == ".md" {
			in.Docs = append(in.Docs, parser.Parse(f.Name, f.Data))
		}
	}
	for _, s := range list {
		if folder.File(s.name) == nil && path.Ext(s.name) == ".md" {
			in.Docs = append(in.Docs, parser.Parse(s.name, []byte(s.text)))
		}
	}
	return site.NewPlacer().Place(in), nil
}

// create writes a file below the content folder and prints its name. It never changes an
// existing file: that is an error unless mayExist is true.
func (c *command) create(name, text string, mayExist bool) error {
	written, err := create(c.options.Content, name, text)
	switch {
	case err == nil && !written && !mayExist:
		return usageError("edit it, or choose another id", "%s/%s exists already", c.options.Content, name)
	case written:
		fmt.Fprintf(c.stdout, "wrote %s/%s\n", c.options.Content, name)
	}
	return err
}

// create writes a file below a folder, and makes the folders that it needs. It does not
// change a file that exists, and says so.
func create(folder, name, text string) (written bool, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return false, diag.WithHint(fmt.Errorf("make folder %q: %w", folder, err), "name a folder, or one that can be made")
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return false, err
	}
	defer root.Close()
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return false, err
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = f.WriteString(text)
	return true, errors.Join(err, f.Close())
}

// titleFor makes a title from the last name of a path: "tea-board" becomes "Tea board".
func titleFor(name string) string {
	words := []rune(strings.ReplaceAll(path.Base(name), "-", " "))
	words[0] = unicode.ToUpper(words[0])
	return string(words)
}
