// Package layout turns Pages into bytes with the templates of the layouts folder.
//
// It is the fourth stop of a build. The input is the files of that folder and the Pages
// of a Site, each with its Overview. The output is the bytes of each page, or a
// Diagnostic with file, line and column. The layout of a page is the one that its front
// matter names, or else the one for what it shows, or for its kind, or page.html. A
// layout that defines "main" is put into base.html; any other is a complete page. All
// layouts may use the files in partials/. html/template decides how to escape them and
// finds their mistakes; package compiled executes them faster.
//
// Parts that many pages share (the masthead, the navigation of a section, the entry of
// a claim in a list) are rendered once as a fragment. The link to the current page is
// marked in it afterwards.
//
// Invariant: the bytes depend only on the Page, its Overview, the layouts, words and the names
// of assets, not on a clock, a counter or the order of rendering.
//
// Deliberately absent: which pages there are and where the bytes go.
//
// # What a layout may use
//
// A layout is written in the language of https://pkg.go.dev/text/template. Its dot
// is a View; so is that of a partial that is given it:
//
//	<h1>{{.Title}}</h1> {{.Body}}
//	{{range .Section.Pages}}<a href="{{$.Href .}}">{{.Title}}</a>{{end}}
//	{{template "partials/links.html" (dict "page" $ "pages" .Mentions)}}
//
// Below are all types that can be reached from it. A plus means that all names of a
// type may be used directly: a Holder has a .Title, since it has those of its .Ref.
// What comes after "builder:" is there for the builder.
//
//	View             +Ref .Page .Doc .Config .Menu .Section .Crumbs .Prev .Next
//	                 .Relations .Figures .Backlinks .Mentions (pages the text links to)
//	                 .Citations .Target .Fragment (of a redirect) .Overview (if it shows one)
//	                 .Picture .Arrows .Claim (of a claim's page) .Labels (in the text)
//	                 .Roles .ByPassage .Checks (of a source)
//	  text           {{.Body}} {{.Sections}} (the same, cut before headings of level two)
//	                 {{.Text part}} (a Part of the whole, as it is here)
//	  addresses      {{.Href ref}} {{.Root}} {{.Canonical}} {{.CardAddress}} (of the claim that it tells) {{.Card}} {{.Asset "css/site.css"}}
//	                 {{.Fill .Config.Report}} ("" if it does not fit the page)
//	  partials       {{.Nav}} {{.Masthead}} {{.Part "entry.html" thing "kind holder"}}
//	                 (rendered once for all pages of a depth; its dot is the other Part)
//	  questions      {{.Relation "places" false}} {{.Role "about"}} {{.Carries 7}} {{.CarriesSentence 7 2}}
//	                 {{.Cited "p7"}} {{.Unlisted}} {{.Within ref}} {{.Minutes}} (to read)
//	                 {{.Day}} (of the last change)
//	                 {{.GroupFigures .Figures}} {{.Holders}} (of the claims in the text)
//	  other forms    {{.LinkedData}} {{.TeX "100 %"}}
//	                 builder: .AppendBody .AppendPart .AppendText
//	Sections         .Lead .Rest .Last
//	Part             (the dot of a Part) .Of (the thing) .Href .Without ("kind"?)
//	Nav              (the dot of nav.html and masthead.html) .Config .Menu .Section .Href
//	                 {{.Groups}} (the pages of the section, of a long one the neighbours)
//	Ref              .Title .Summary .URL .ID .Kind .Type .Date .Later .Weight .Lang .Dir
//	                 .Permalink
//	Date             .Precision .After .Year .Format
//	                 builder: .Compare
//	Config           .Title .Description .Author .License .LicenseURL .BaseURL .Image .Language .Locale .Dir .AsOf .Later .Edition (the day of an old state)
//	                 .Report .Source .History .Discuss
//	                 builder: .Words .Replies .ImageAt .LicenseAt .Hedges .Openers .Spellings .FigureWords .Synonyms .IgnoreKeys .AddressLinks .OutsideLinks
//	                 .SchemaTypes .SchemaType
//	Template         builder: .Fill
//	Menu             .Home .Items .Foot .Editions .Cards (whether there are any)
//	Section          .Index .Pages {{.Position ref}} (counted from 1)
//	                 builder: .Block .Groups
//	Group            .Skipped (how many pages are left out before it) .Pages
//	Relation         .Key .Inverse .Pages
//	Backlink         .From .Fragment .Before .Match .After (the sentence of the link)
//	Citation         .Anchor .Pages
//	Document         .Front .Headings .Path .Kind
//	                 builder: .Body .HTML .Holes .Runs .Links .Outside .Claims .Anchors .Unread .Diagnostics .TitleHostID
//	                 .Find .Locate .Position .Offset .Source
//	Heading          .Level .ID .Text
//	                 builder: .At .HostID .Inside
//	Front            .Title .Summary .Aliases .Also .Weight .Draft .Updated .Shows .Menu .Lang
//	                 .Dir .Type .Date .Precision .Author .Publisher .URL .Published
//	                 .Perspective .Reliability .Accessed .Archived .Origin (in words) .Passages
//	                 .Figures .NoAutolink .Layout .Image .Corrections
//	                 builder: .RedirectFrom .LayoutAt .ImageAt .Picture .PrecisionAt .Refs .Direction .Unknown
//	                 .Language .Placement .Revision .UpdatedAt .URLAt .ArchivedAt .Shown .Event .Source
//	Alias            .Name .Lang .Dir .NoAutolink
//	                 builder: .At .Direction .Language
//	Correction       (in front matter) .Date .Was .Now .By
//	Passage          (in front matter) .N .Gist .NoClaim .Anchor .SHA256 .Sentences
//	                 builder: .At
//	Sentence         .N .Print .NoClaim
//	                 builder: .At
//	Passage          (of a claim) +Place .Source .Gist .Of (sentences in the paragraph)
//	Place            .N .From .To (sentences, 0 for the paragraph) {{.String}} {{.Anchor}} {{.Has 2}}
//	Arrow            (of a picture) .From .To .Claim .Says
//	Figure           (in front matter) .What .Value .Claimant .Date
//	                 builder: .Source
//	Figure           (of an event) +Figure (in front matter) .Source
//	FigureGroup      .What .Drawn (two or more are numbers) .Rows
//	FigureRow        .Said .Rest .Claimant .Reports .Bound (">" "<" "~" "") .From .To
//	Statement        (a claim in a list) +Ref {{.SharesHolder st}} .ToldOn (the page it is told on) .HeldBy
//	                 .HeldNote .Cites .Wording .Outcomed (the word of a forecast's outcome)
//	                 .Caused (the word for its cause)
//	                 .Answer .Result ("disputed" "part" "agreed" "nothing" "unchecked")
//	                 .Reports .Opposed (by how many claims of others) .Gone
//	Reports          .All .Origins .Agree .Part .Dispute (sources set beside a claim)
//	Statements       {{.ByKind}} {{.BySection}} {{.Of "forecast"}} {{.Found "disputed"}} {{.Came "came in part"}}
//	KindStatements   .Kind .Claims
//	SectionStatements .ToldOn .Claims
//	Cite             .Source .Places {{.Has 3 2}}
//	Claim            +Statement .Passages .About .Noted .Addressees .Horizon {{.By}} (the same, for date) .Outcome .Checks
//	                 .Cause .Likely (the probability that the source prints)
//	                 .Unhedged (a note on the wording "none")
//	                 .Relations .Dependents (what depends on it) .MoreDependents
//	                 .Was (its former ids) .Ended .Replaces {{.Version}}
//	                 builder: .Said
//	Ended            .On .Reason .By (what replaces it)
//	Noted            +Ref .Note
//	Verdict          .Word .Sources .Note
//	ClaimRelation    .Key .Inverse .Claim .Note
//	Dependent        +Statement .Steps .Through
//	Role             .Key .Claims
//	PassageClaims    .N .Claims
//	Check            .Claim +Verdict
//
// What a page gathers from the whole site:
//
//	Overview         .Claims .Tensions .Forecasts .Evidence .Holders .Sources .Glossary
//	                 .Whole .Timeline .Map .Matrix .Chain {{.Ledger}} (of forecasts)
//	                 .Fingerprint (home, claims) .Strip (sections, claims' pages)
//	                 .Audits (of a source's page, its own) .Changes (from edition to edition) .Corrections .Data
//	                 .History .Since (of a claim: what became of it, and the day of its version)
//	Step             .Before .Date (editions; "" for the present) .Changes
//	Change           .How ("added" "changed" "renamed" "merged" "withdrawn" "replaced") .Ref .ID .Title
//	                 .Version .First (with it) .Also (later versions that say the same) .Before .Date (editions) .Fields
//	Field            .Name .Before .After
//	Part             (of a Field) .Text .Changed
//	Resource         (of the data) .Path .Files .Format .MediaType .Records .Fields .Bytes .Hash
//	                 builder: .Name .Type .Encoding .Schema
//	Record           (of an audit) .Source .Changed (since then) .Copy (its SHA-256)
//	                 .Passages .Sentences .Claims .Hedges .Figures
//	                 builder: .Record
//	Correction       +Correction (in front matter) .Page
//	Tally            .Good .All
//	Fingerprint      .Source .Holder .Claims (of Holder) .All .Rows .Others .Large (too large)
//	PrintRow         .N .Own .Others .ToldOn (nil without claims)
//	Strip            .Source .Index .Rows .Most {{.Dots page}} {{.Same strip}}
//	StripRow         .N .Claims
//	Dot              +Statement .N .X .Y
//	Tensions         .Within .Between (holders)
//	Tension          .A .B .Note
//	Ledger           .Outcomes .Causes .Hedges .Due .Likely .Scored .Brier
//	Forecasts        .Word .Forecasts
//	HedgeRow         .Wording .N .Cells
//	Forecast         +Statement .By .Until .Likely .Outcome .Cause
//	EventEvidence    .Event .Figures .Checks
//	ClaimChecks      .Claim .Verdicts
//	Holder           +Ref .Claims
//	Use              +Ref .Publisher .Origin .From (its page) .Carries .Checks .Outcomes .Figures
//	Letter           .Letter .Entries
//	Term             .Name .Ref
//	Whole            .Parts
//	                 builder: .Anchor
//	Part             +Ref .Headings .Outline
//	Matrix           .Concepts .Rows .Large (too large for a table)
//	MatrixRow        +Ref .Cells
//	Cell             .Concept .Held .ByOthers .Len
//	Timeline         .Years .Undated .Actors .Dated .Drawing (of Dated)
//	Year             .Year .Events .Who
//	Dated            +Ref .Places .Actors .Who
//	Participant      +Ref .Events
//	TimeAxis         .Width .Height .Years .Gaps .Cut .Marks
//	Mark             .At .Label .Before .Left .Right .Length .X .Y
//	Tick             .X .Label
//	Gap              .X .From .To
//	Map              .Apart .Voices .Pairs .Drawn .Lines .Drawing (of Drawn and Lines)
//	                 .Large (too large for it) .Single (pairs with one claim are left out)
//	Pair             .A .B .All .ByA .ByB .ByOthers .Only
//	ChordDiagram     .Width .Height .Nodes .Chords
//	Node             .X .Y .First .Left .Lines
//	Chord            .X .Y .CX .CY .X1 .Y1 .X2 .Y2
//	Chain            .Arguments .Joined .All
//	Argument         .End .Steps .Claims .Drawing (of Claims) .Drawn (if it is not too large)
//	ChainClaim       +Statement .Links
//	ChainLink        +ClaimRelation .By
//	Step             +Statement .Relation .Next .Also (those listed elsewhere)
//	LayeredGraph     .Width .Height .Boxes
//	Box              .X .Y .Width .Height .Lines .Foot .Paths (of Links)
//	Path             .Shaft .Head
//	Picture          .Pages .Holder (of most arrows) .Width .Height .Lifelines .Messages (of Arrows)
//	                 builder: .Sequence
//	Lifeline         .Node (of Pages) .X .Y .Width .Height .First .Middle .Lines
//	Message          .Hit .Shaft .Head .Anchor .First .Lines .X
//
// A drawing has its marks, nodes, lines and boxes in the order of what they show:
//
//	{{range $i, $node := .Drawing.Nodes}}{{(index $map.Drawn $i).Title}}{{end}}
//
// In partials/claim.html, which heads a claim in {{.Body}}, .page is the View and
// .claim the Statement. Beside those of text/template there are the functions
//
//	{{date .Date}}                          24 December 2024, December 2024, 2024
//	{{dict "page" $ "pages" .Mentions}}     several values for one partial
//	{{where "actor" .Mentions}}             the pages of a kind
//	{{except "actor" .Mentions}}            those of all other kinds
//	{{range byType .Section.Pages}}         groups of pages: .Name .Pages
//	{{range byKind .Backlinks}}             groups of backlinks: .Kind .Links
//	{{print .ID "x"}} {{println 7}} {{printf "%03d" 7}} {{js "x"}}  no more than 1 MiB
//
// The words that readers see are not in layouts but in words/LANGUAGE.yaml, by key, so that
// the interface has the language of the site; words/en.yaml says how such a file is written.
// The actions that name them become text when a layout is loaded, in which whatever stands
// at a placeholder is escaped as in any layout:
//
//	{{word "home"}}                                  Home
//	{{word "page-edition" "date" (date .Date)}}      fills {date}
//	{{count "claims" (len .Claims)}}                 2 claims: the form for the number, and {n}
//	{{choose "kind-" .Type}}                         the word of kind-assessment, if that is the
//	                                                 value, with hyphens for spaces; or the value
//	{{word "see" "page" (show "link" (dict "page" $ "ref" .))}}   fills {page} with a template,
//	                                                 as {{show "link" .}} alone would write it
//	{{word "label-hedge" "hedge" (word "quoted" "text" .Wording)}}   with another word
//	{{or .Label (word "later")}}                     a word without placeholders, as a value
//
// A sentence is one word with placeholders, since other languages have another order. What
// English has for a language without a word is marked as English; in an attribute it is not.
//
// A preview of a link with a fragment shows what is marked with data-card in the element
// that has the id, or in the section that the heading with the id begins, without what is
// marked data-card="no"; else the element itself. See static/js/reader.js.
//
// A page ends with an error after 3,000,000 rounds of loops and calls of templates, 1,000
// calls inside each other, or 64 MiB.
package layout
