package edition

import (
	"cmp"
	"slices"
	"strings"

	"analysis/builder/internal/content"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
)

// Step is what changed from one edition to the next, or to the present.
type Step struct {
	Before, Date frontmatter.Date // Date is "" for the present
	Changes      []Change
}

// Change is what became of a claim.
type Change struct {
	ID, Title, Version string
	How                string   // "added", "changed", "renamed", "merged", "withdrawn" or "replaced"
	First              bool     // no earlier change of the claim has this version
	Also               []string // versions of later editions in which it says the same; only in a History
	Ref                *site.Ref
	Before, Date       frontmatter.Date // of the editions, see Step
	Fields             []Field
}

// Field is a part of a claim that changed, as it was and as it is.
type Field struct {
	Name          string
	Before, After []Part
}

// Part is a part of a text. Changed is set if the other text does not have it.
type Part struct {
	Text    string
	Changed bool
}

// History is what became of the claims of a site, from edition to edition.
type History struct {
	Latest frontmatter.Date    // the day of the last edition
	Steps  []Step              // the latest first
	claims map[string][]Change // by id, the latest first
}

// Input is what a History is made of: the claims of a site, also those that are gone, and
// its editions, sorted by date.
type Input struct {
	Claims, Gone []site.PlacedClaim
	Editions     []*Edition
}

// Same reports whether two Inputs are equal.
func (in Input) Same(o Input) bool {
	return slices.Equal(in.Claims, o.Claims) && slices.Equal(in.Gone, o.Gone) && slices.Equal(in.Editions, o.Editions)
}

// History compares the editions with one another and with the present. It returns nil if
// there are none.
func (in Input) History() *History {
	editions := in.Editions
	if len(editions) == 0 {
		return nil
	}
	h := &History{Latest: editions[len(editions)-1].Date, claims: map[string][]Change{}}
	now, placed := map[string]string{}, map[string]site.PlacedClaim{} // present ids by former ones; claims by id
	for _, c := range slices.Concat(in.Claims, in.Gone) {
		placed[c.ID] = c
		for _, id := range append(slices.Clone(c.Was), c.ID) {
			now[id] = c.ID
		}
	}
	before := &Edition{}
	for i, e := range append(slices.Clone(editions), Of(in.Claims, "")) {
		step := compare(before, e, now, placed)
		before = e
		for _, c := range step.Changes {
			id := now[c.ID]
			c.First = !has(h.claims[id], c.Version)
			h.claims[id] = slices.Insert(h.claims[id], 0, c)
		}
		for _, c := range e.Claims {
			if list := h.claims[now[c.ID]]; e.Date != "" && len(list) > 0 && !has(list, c.Version) {
				list[0].Also = append(list[0].Also, c.Version)
			}
		}
		if i > 0 && (e.Date != "" || len(step.Changes) > 0) {
			h.Steps = slices.Insert(h.Steps, 0, step)
		}
	}
	return h
}

// has reports whether a claim had a version at or after one of its changes.
func has(list []Change, version string) bool {
	return slices.ContainsFunc(list, func(c Change) bool { return c.Version == version || slices.Contains(c.Also, version) })
}

// Of returns what became of a claim, the latest first.
func (h *History) Of(id string) []Change {
	if h == nil {
		return nil
	}
	return h.claims[id]
}

// Since returns the day of the edition in which a claim came to say what it says, or "".
func (h *History) Since(id string) frontmatter.Date {
	for _, c := range h.Of(id) {
		if c.How != "renamed" && c.How != "merged" { // else it says the same
			return c.Date
		}
	}
	return ""
}

// compare returns what changed between two editions. now maps ids to present ones.
func compare(old, e *Edition, now map[string]string, placed map[string]site.PlacedClaim) Step {
	step := Step{Before: old.Date, Date: e.Date}
	was := map[string]*site.Said{} // the claims of old by their present ids
	for i := range old.Claims {
		was[now[old.Claims[i].ID]] = &old.Claims[i]
	}
	stays, kept := map[string]bool{}, map[*site.Said]bool{} // present ids in e, and claims of old that e has
	add := func(c *site.Said, how string, fields []Field) {
		change := Change{ID: c.ID, Title: c.Title, Version: c.Version, How: how, Before: old.Date, Date: e.Date, Fields: fields}
		if p := placed[now[c.ID]]; p.Claim != nil {
			change.Ref = p.Ref
		}
		step.Changes = append(step.Changes, change)
	}
	for i := range e.Claims {
		c := &e.Claims[i]
		id := now[c.ID]
		before := cmp.Or(old.byID[c.ID], was[id]) // of two that became one, the one with its id
		stays[id], kept[before] = true, true
		if before == nil || id == "" {
			add(c, "added", nil)
		} else if what := fields(before, c, now); len(what) == 1 && before.ID != c.ID {
			add(c, "renamed", what)
		} else if len(what) > 0 {
			add(c, "changed", what)
		}
	}
	for i := range old.Claims {
		if c := &old.Claims[i]; !kept[c] {
			how, why := ended(c.ID, now[c.ID], stays[now[c.ID]], placed)
			add(c, how, why)
		}
	}
	return step
}

// ended says how a claim ended that an edition has no longer, and why, as the site says it
// now. merged is set if it became a part of the claim with its present id.
func ended(id, present string, merged bool, placed map[string]site.PlacedClaim) (how string, why []Field) {
	if merged {
		return "merged", []Field{{"id", []Part{{id, true}}, []Part{{present, true}}}}
	}
	how = "withdrawn"
	if c := placed[present].Claim; c != nil {
		if c.Ended.Reason != "" {
			why = append(why, Field{"reason", nil, []Part{{c.Ended.Reason, true}}})
		}
		for _, by := range c.Ended.By {
			how, why = "replaced", append(why, Field{content.Replaced, nil, []Part{{by.ID, true}}})
		}
	}
	return how, why
}

// fields returns the parts of a claim that differ: not the order of its lines, and not how
// a claim is called that it names.
func fields(a, b *site.Said, now map[string]string) (list []Field) {
	if a.Version == b.Version && a.ID == b.ID {
		return nil
	}
	text := func(name, before, after string) {
		if before != after {
			from, to := words(before, after)
			list = append(list, Field{name, from, to})
		}
	}
	items := func(name string, before, after []string) {
		from, to := without(before, after), without(after, before)
		if len(from)+len(to) > 0 {
			list = append(list, Field{name, from, to})
		}
	}
	text("id", a.ID, b.ID)
	text("kind", a.Kind, b.Kind)
	text("title", a.Title, b.Title)
	text("text", a.Text, b.Text)
	items("held by", a.HeldBy, b.HeldBy)
	items("source", a.Sources, b.Sources)
	text("hedge", a.Wording, b.Wording)
	text("horizon", a.Horizon, b.Horizon)
	text("outcome", a.Outcome, b.Outcome)
	text("cause", a.Cause, b.Cause)
	text("probability", a.Likely, b.Likely)
	items("addressee", a.Addressee, b.Addressee)
	items("check", a.Checked, b.Checked)
	items("relation", named(a.Relations, now), named(b.Relations, now))
	return list
}

// named returns relations with the present ids of the claims that they name.
func named(relations []string, now map[string]string) (list []string) {
	for _, r := range relations {
		for _, key := range content.Relations {
			if rest, found := strings.CutPrefix(r, key+" "); found {
				id, note, _ := strings.Cut(rest, " ")
				r = strings.TrimSpace(key + " " + cmp.Or(now[id], id) + " " + note)
				break
			}
		}
		list = append(list, r)
	}
	return list
}

// without returns the items of a list that another one lacks.
func without(list, other []string) (parts []Part) {
	has := map[string]bool{}
	for _, s := range other {
		has[s] = true
	}
	for _, s := range list {
		if !has[s] {
			parts = append(parts, Part{s, true})
		}
	}
	return parts
}

// maxCells bounds the table of words that two texts have in common.
const maxCells = 1 << 20

// words compares two texts word by word, by their longest common subsequence.
func words(before, after string) (from, to []Part) {
	a, b := strings.Fields(before), strings.Fields(after)
	if len(a)*len(b) > maxCells {
		return []Part{{before, true}}, []Part{{after, true}}
	}
	common := make([][]int, len(a)+1) // common[i][j] is the length for a[i:] and b[j:]
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			from, to = joined(from, a[i], false), joined(to, b[j], false)
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			from, i = joined(from, a[i], true), i+1
		default:
			to, j = joined(to, b[j], true), j+1
		}
	}
	return from, to
}

// joined appends a word to parts.
func joined(parts []Part, word string, changed bool) []Part {
	if n := len(parts); n > 0 && parts[n-1].Changed == changed {
		parts[n-1].Text += " " + word
		return parts
	}
	return append(parts, Part{word, changed})
}
