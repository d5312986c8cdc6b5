package frontmatter

import "analysis/builder/internal/diag"

// Front is the front matter of a page. Which keys a page may have depends on
// its kind; the others stay empty. Text is typographic: straight quotes and
// apostrophes have become curly ones.
type Front struct {
	Title        string
	Summary      string // one plain sentence of at most 300 characters
	Aliases      []Alias
	Weight       int // order in its section, 0 for none
	Draft        bool
	Updated      Date
	RedirectFrom []Redirect
	Layout       string // name of a layout, "" for the kind's own
	LayoutAt     diag.Position
	Shows        string // one of Overviews, "" for none: what the page gathers from the whole site
	NoAutolink   bool
	Picture      []Arrow
	Menu         string // of a page at the top: "foot" for the foot of every page, else the masthead
	Lang, Dir    string // BCP 47, and LeftToRight or RightToLeft; "" for the site's, Lang gives Dir by default

	Type        string // of an actor, place, concept or source
	Date        Date   // of an event
	Precision   string // of an event: day, month, year or unknown
	PrecisionAt diag.Position
	Refs        []Ref // part_of, places and actors, in the order written
	Figures     []Figure

	Author, Publisher, URL   string
	Published                Date
	Perspective, Reliability string
	Passages                 []Passage
}

// Overviews are what a page may gather from the whole site. Each is also the
// name of the layout that shows it.
var Overviews = [...]string{"claims", "tensions", "forecasts", "evidence", "holders", "timeline", "map", "matrix", "chain", "glossary", "sources", "whole", "search"}

// Alias is another name of a page.
type Alias struct {
	Name       string
	NoAutolink bool   // found by links and search, but never linked by itself
	Lang, Dir  string // as those of Front, "" for the page's
	At         diag.Position
}

// Redirect is an address that the page had before.
type Redirect struct {
	Path string // "old/name/"
	At   diag.Position
}

// Ref is a page named in front matter.
type Ref struct {
	Key string // the key it stands under: "part_of", "places", "actors"
	ID  string
	At  diag.Position
}

// Figure is a number that somebody claims about an event.
type Figure struct {
	What, Value, Claimant string
	Source                Ref
	Date                  Date
}

// Arrow is one arrow of a picture: from one page to another, for a claim.
type Arrow struct {
	From, To, Claim Ref
	Says            string // at most 30 characters
}

// Passage is one paragraph of a source, described and fingerprinted but not
// reproduced.
type Passage struct {
	N       int
	Gist    string // our own précis, one line
	NoClaim string // why no claim rests on it, "" if one must
	SHA256  string // its Fingerprint, "" if none is given
	At      diag.Position
}

// Anchor is the passage's place on its source's page: "p7".
func (p Passage) Anchor() string { return "p" + itoa(p.N) }
