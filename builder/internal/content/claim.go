package content

import (
	"maps"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
)

// ClaimKind says what kind of statement a claim is.
type ClaimKind string

const (
	Reported       ClaimKind = "reported"       // that something is or was so
	Assessment     ClaimKind = "assessment"     // a reading or a judgement
	Forecast       ClaimKind = "forecast"       // what will, could or may come
	Recommendation ClaimKind = "recommendation" // what somebody should do
)

// ClaimKinds are all kinds, in the order in which lists show them.
var ClaimKinds = [...]ClaimKind{Reported, Assessment, Forecast, Recommendation}

// Claim is a statement of weight: what kind it is, who holds it, where it
// stands in a source, and what else bears on it.
type Claim struct {
	Kind             ClaimKind
	ID, Title        string
	At               diag.Position // of its first word, the kind
	Start, End       int           // of its text in the Document's HTML
	Wording, Horizon Phrase
	Lines            []Line    // of its record, those that name pages
	Link             int       // index of its text's first link among the Document's
	Body             *Document // its text alone, for its own page; it has no positions
}

// Phrase is a value of a claim's record that names no page.
type Phrase struct {
	Text string
	At   diag.Position
}

// Line is a line of a claim's record: a key, the pages it names, and a note.
//
//   - source: [[column]] ¶3
//   - checked: disputed by [[dawn]] — one soldier killed
type Line struct {
	Key   string
	Word  string // "disputed by": what a check or an outcome came to
	Names []Name
	Note  string // plain text behind the dash
	At    diag.Position
}

// Name is a page or claim that a Line names, and the paragraphs cited of it.
type Name struct {
	Link
	Passages []int // ascending as written; empty for the whole
}

// relation is a key that leads from one claim to others.
var relations = [...]string{"supports", "contradicts", "qualifies", "leads to", "depends on", "repeats"}

// Relations are the keys that lead from one claim to others, in the order in
// which lists show them.
func Relations() []string { return relations[:] }

// recordKey is what the vocabulary says of a key.
type recordKey struct {
	kind     ClaimKind // that alone may have it, "" for every kind
	required bool
	many     bool     // may stand on several lines
	note     bool     // may end in one
	phrase   bool     // its value is text and names no page
	words    []string // one of which must stand before the names
	alone    string   // of words, that which needs no name
}

// record is the whole vocabulary of a claim's record.
var record = func() map[string]recordKey {
	keys := map[string]recordKey{
		"source":    {required: true, many: true},
		"held by":   {required: true, note: true},
		"about":     {},
		"wording":   {phrase: true},
		"horizon":   {phrase: true, kind: Forecast},
		"outcome":   {kind: Forecast, note: true, words: []string{"open", "borne out", "not borne out", "partly"}, alone: "open"},
		"addressee": {kind: Recommendation},
		"checked":   {many: true, note: true, words: []string{"agrees with", "agrees in part with", "disputed by", "no evidence found"}, alone: "no evidence found"},
	}
	for _, r := range relations {
		keys[r] = recordKey{many: true, note: true}
	}
	return keys
}()

// requiredKeys are those that every record must have.
var requiredKeys = func() (keys []string) {
	for _, key := range slices.Sorted(maps.Keys(record)) {
		if record[key].required {
			keys = append(keys, key)
		}
	}
	return keys
}()

// isClaim reports whether a callout's word makes it a claim.
func isClaim(word string) bool {
	for _, k := range ClaimKinds {
		if word == string(k) {
			return true
		}
	}
	return false
}

// Article puts "a" or "an" before a claim's kind, for messages.
func (k ClaimKind) Article() string {
	if strings.HasPrefix(string(k), "a") {
		return "an " + string(k)
	}
	if k == Reported {
		return "a reported claim"
	}
	return "a " + string(k)
}
