// Package edition compares the claims of a site with those of its editions, which are the
// files editions/DATE.json of the content folder: all claims as they were on that day.
//
// It takes a finished Site and the files. It returns what changed from each edition to the
// next one and to the present, for the whole site and for each claim, and a finding for
// each claim of an edition that the site has lost.
//
// Invariant: an edition is never changed after it was written. Claims are the same if their
// ids are, or if the record of the later one names the earlier id (`was`). They say
// the same if only the order of their lines differs, or how a claim is called that they name.
//
// Invariant: the time grows with the length of the editions. Texts are compared word by word
// only up to maxCells.
//
// Deliberately absent: a clock, and the history of versions in git.
package edition

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// Edition is all claims of a site on one day.
type Edition struct {
	Date   frontmatter.Date `json:"date"`
	Claims []site.Said      `json:"claims"`

	byID map[string]*site.Said
	at   map[string]diag.Position // of the ids of its claims in its file
}

// Of returns claims as an Edition.
func Of(claims []site.PlacedClaim, day frontmatter.Date) *Edition {
	e := &Edition{Date: day, Claims: []site.Said{}}
	for _, c := range claims {
		e.Claims = append(e.Claims, c.Said)
	}
	e.index()
	return e
}

func (e *Edition) index() {
	e.byID = make(map[string]*site.Said, len(e.Claims))
	for i := range e.Claims {
		e.byID[e.Claims[i].ID] = &e.Claims[i]
	}
}

// Encode returns the Edition as a file.
func (e *Edition) Encode() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		panic(err) // strings can be encoded
	}
	return b.Bytes()
}

var fileName = regexp.MustCompile(`^` + site.EditionFolder + `/(\d{4}-\d\d-\d\d)\.json$`)

// Read reads an edition. It returns nil, with a finding, if the file is malformed.
func Read(name string, data []byte) (*Edition, []diag.Diagnostic) {
	fail := func(pos diag.Position, format string, args ...any) (*Edition, []diag.Diagnostic) {
		return nil, []diag.Diagnostic{diag.Errorf(pos, format, args...).WithHint("bring the file back as builder edition wrote it, or take it away")}
	}
	position := func(at int64) diag.Position {
		before := data[:min(at, int64(len(data)))]
		return diag.Position{File: name, Line: 1 + bytes.Count(before, []byte{'\n'}), Column: 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])}
	}
	m := fileName.FindStringSubmatch(name)
	if m == nil {
		return fail(position(0), "the name of an edition is its day: %s/2026-12-01.json", site.EditionFolder)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	e := &Edition{at: idsIn(name, data)}
	var wrong *json.UnmarshalTypeError
	switch err := d.Decode(e); {
	case errors.As(err, &wrong):
		return fail(position(wrong.Offset), "this is no edition: %s must not be of type %s", cmp.Or(wrong.Field, "it"), wrong.Value)
	case err != nil:
		return fail(position(d.InputOffset()), "this is no edition: %v", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fail(position(d.InputOffset()), "something follows the edition")
	}
	_, ok := frontmatter.ParseDay(m[1])
	switch {
	case !ok:
		return fail(position(0), "there is no day %s", m[1])
	case string(e.Date) != m[1]:
		return fail(position(0), "the edition of %q is in a file of another day", e.Date)
	case e.Claims == nil:
		return fail(position(0), "this is no edition: it has no list of claims")
	}
	e.index()
	for i := range e.Claims {
		if c := &e.Claims[i]; c.ID == "" || e.byID[c.ID] != c || c.Version != c.Sum() {
			return fail(e.position(c.ID), "the edition was changed after it was written: the claim %q has no id, is there twice, or does not say what its version is made of", c.ID)
		}
	}
	return e, nil
}

// idsIn returns where the ids of claims stand in a file as Encode writes it.
func idsIn(name string, data []byte) map[string]diag.Position {
	at, line := map[string]diag.Position{}, 0
	for text := range bytes.Lines(data) {
		line++
		if after, found := bytes.CutPrefix(text, []byte(`   "id": "`)); found {
			id, _, _ := strings.Cut(string(after), `"`)
			at[id] = cmp.Or(at[id], diag.Position{File: name, Line: line, Column: len(`   "`)})
		}
	}
	return at
}

// position returns where a claim stands in the file of the edition.
func (e *Edition) position(id string) diag.Position {
	return cmp.Or(e.at[id], diag.Position{File: site.EditionFolder + "/" + string(e.Date) + ".json"})
}

// Lost returns an error for each claim of an edition that the site no longer has, but not of
// a page with errors, which may be why.
func Lost(s *site.Site, editions []*Edition) (found []diag.Diagnostic) {
	has, wrong := map[string]bool{}, map[string]bool{} // ids, and paths of such pages
	for _, c := range slices.Concat(s.Claims, s.Gone) {
		has[c.ID] = true
		for _, id := range c.Was {
			has[id] = true
		}
	}
	for _, p := range s.Pages {
		n, _ := diag.Count(p.Doc.Diagnostics)
		wrong[p.Doc.Path] = wrong[p.Doc.Path] || n > 0
	}
	for _, e := range slices.Backward(editions) {
		for _, c := range e.Claims {
			if !has[c.ID] && !wrong[c.ToldIn] {
				has[c.ID] = true
				found = append(found, diag.Errorf(e.position(c.ID), "the claim %q is in the edition of %s, but the site has it no longer", c.ID, e.Date).
					WithHint("bring it back, to %s or another page, and write into its record `withdrawn: DATE — reason` or `replaced by: [[id]]`, or into that of the claim that it became `was: %s`", c.ToldIn, c.ID))
			}
		}
	}
	return found
}
