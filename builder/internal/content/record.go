package content

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/text"
)

// Relations are the keys for relations between claims, in the order in which lists
// show them.
var Relations = [...]string{"supports", "contradicts", "qualifies", "leads to", "depends on", "repeats"}

// Replaced is the key for the claims that stand in the place of a claim.
const Replaced = "replaced by"

// maxAnswer is the number of characters that an answer may have. It ends a sentence that
// lists and search engines show whole.
const maxAnswer = 60

// recordKey describes a key of a claim's record.
type recordKey struct {
	kind     ClaimKind // the only kind that may have the key, "" for every kind
	required bool
	many     bool                 // may have several lines
	note     bool                 // its lines may end in a note
	phrase   func(*Claim) *Phrase // the field for its value, nil if the key names pages
	words    []string             // if set, one of them must come before the names
	alone    []string             // those of words that take no name
	optional bool                 // the other words may do without one
	reasons  []string             // those of words that need a note
}

// recordKeys are all keys of a claim's record.
var recordKeys = func() map[string]recordKey {
	keys := map[string]recordKey{
		"source":      {required: true, many: true},
		"held by":     {required: true, note: true},
		"about":       {many: true, note: true},
		"wording":     {phrase: func(c *Claim) *Phrase { return &c.Wording }},
		"horizon":     {phrase: func(c *Claim) *Phrase { return &c.Horizon }, kind: Forecast},
		"outcome":     {kind: Forecast, note: true, words: Outcomes[:], alone: Outcomes[3:], reasons: Outcomes[:4]},
		"cause":       {kind: Forecast, note: true, words: Causes[:], optional: true},
		"probability": {phrase: func(c *Claim) *Phrase { return &c.Probability }, kind: Forecast},
		"addressee":   {kind: Recommendation},
		"answer":      {phrase: func(c *Claim) *Phrase { return &c.Answer }},
		"was":         {phrase: func(c *Claim) *Phrase { return &c.Was }},
		"withdrawn":   {phrase: func(c *Claim) *Phrase { return &c.Withdrawn }},
		Replaced:      {},
		"checked":     {many: true, note: true, words: []string{"agrees with", "agrees in part with", "disputed by", "no evidence found"}, alone: []string{"no evidence found"}},
	}
	for _, r := range Relations {
		keys[r] = recordKey{many: true, note: true}
	}
	return keys
}()

func (w *writer) readRecord(c *Claim, list *ast.List) {
	keys, seen := slices.Sorted(maps.Keys(recordKeys)), map[string]bool{}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		line := w.pieces(item.FirstChild())
		if item.ChildCount() != 1 || len(line) == 0 {
			w.errorf(item, "write `- key: value` on a line of its own", "this is no line of a record")
			continue
		}
		before, rest, found := strings.Cut(line[0].text, ":")
		key := strings.ToLower(strings.TrimSpace(before))
		pos := w.position(line[0].at)
		k, known := recordKeys[key]
		switch {
		case !found || line[0].link != nil:
			w.errorAt(pos, "write `- key: value`; the keys are "+strings.Join(keys, ", "), "this line of a record has no key")
		case !known:
			hint := cmp.Or(diag.DidYouMean(key, slices.Values(keys)), "the keys here are "+strings.Join(keys, ", "))
			w.errorAt(pos, hint, "unknown key %q in the record of a claim", key)
		case k.kind != "" && k.kind != c.Kind:
			w.errorAt(pos, fmt.Sprintf("take the line away, or make the claim a %s", k.kind), "%q belongs to a %s, and this is %s", key, k.kind, withArticle[c.Kind])
		case seen[key] && !k.many:
			w.errorAt(pos, "write all its values on one line", "key %q stands here twice", key)
		default:
			seen[key] = true
			line[0] = piece{text: rest, at: w.offset(line[0], len(before)+1)}
			if k.phrase != nil {
				*k.phrase(c) = w.readPhrase(key, line, pos)
			} else if l, ok := w.readLine(key, k, line, pos); ok {
				c.Lines = append(c.Lines, l)
			}
		}
	}
	if at := dash.FindStringIndex(c.Wording.Text); at != nil && c.Wording.Text[:at[0]] == "none" {
		c.Wording.Text, c.WordingNote = c.Wording.Text[:at[0]], c.Wording.Text[at[1]:]
	}
	if n := utf8.RuneCountInString(c.Answer.Text); n > maxAnswer {
		w.errorAt(c.Answer.At, "say it in a few words, such as `one dead, or none`; details stand behind the dash of a line `checked`", "this answer has %d characters, and at most %d have room", n, maxAnswer)
		c.Answer = Phrase{}
	}
	if _, _, ok := c.WithdrawnOn(); !ok && c.Withdrawn.Text != "" {
		w.errorAt(c.Withdrawn.At, "write `- withdrawn: 2026-12-01 — reason`", "this is no day with a reason")
	}
	w.checkForecast(c, seen["outcome"])
	for _, id := range c.Formerly() {
		if !ValidClaimID(id) {
			w.errorAt(c.Was.At, "write the ids that the claim had before, with commas between them", "%q cannot be the id of a claim", id)
		}
	}
	for _, key := range keys {
		if recordKeys[key].required && !seen[key] {
			w.errorAt(c.At, fmt.Sprintf("add a line `- %s: [[id]]` to its record", key), "this claim lacks %q", key)
		}
	}
}

// piece is a part of a line: a link, or the text between two links.
type piece struct {
	text string
	at   int // offset in the body
	link ast.Node
}

// offset returns the offset in the body of the i-th byte of a piece's text. If the text
// before it is written with escapes or entities, it is that of the piece.
func (w *writer) offset(p piece, i int) int {
	if bytes.HasPrefix(w.src[p.at:], []byte(p.text[:i])) {
		return p.at + i
	}
	return p.at
}

// pieces splits a line of a record, "source: [[column]] ¶3", into pieces. It returns
// nil if the node is not a line of text.
func (w *writer) pieces(n ast.Node) []piece {
	if n == nil || n.Kind() != ast.KindTextBlock && n.Kind() != ast.KindParagraph {
		return nil
	}
	var list []piece
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch text, last := plain(c, w.src), len(list)-1; {
		case c.Kind() == kindWikilink || c.Kind() == ast.KindLink:
			list = append(list, piece{at: c.Pos(), link: c})
		case last >= 0 && list[last].link == nil:
			list[last].text += text
		default:
			list = append(list, piece{text: text, at: max(c.Pos(), n.Pos())})
		}
	}
	return list
}

// readPhrase reads a value that names no page.
func (w *writer) readPhrase(key string, line []piece, pos diag.Position) Phrase {
	value, ok := w.plainWords(line, "write plain words", strconv.Quote(key)+" takes no link")
	if !ok {
		return Phrase{}
	}
	if value = strings.Trim(value, "“”"); value == "" {
		w.errorAt(pos, "write it, or take the line away", "key %q has no value", key)
	}
	return Phrase{value, pos}
}

var (
	dash      = regexp.MustCompile(`(^|\s)[—–](\s|$)`)
	cited     = regexp.MustCompile(`¶\s*(\d{1,6})(?:\.(\d{1,4})(?:[–-](\d{1,4}))?)?\b`)
	anchor    = regexp.MustCompile(`^p(\d{1,6})(?:\.(\d{1,4}))?()$`)
	separator = regexp.MustCompile(`^[\s,]*(and)?[\s,]*$`)
)

// readLine reads a line that names pages. It consists of links, each with optional
// paragraph numbers, and an optional dash and note at the end.
func (w *writer) readLine(key string, k recordKey, line []piece, pos diag.Position) (l Line, ok bool) {
	l = Line{Key: key, At: pos}
	for i, p := range line {
		if p.link != nil {
			n, ok := w.readName(p.link, key)
			if !ok {
				return l, false
			}
			l.Names = append(l.Names, n)
			continue
		}
		words, at := p.text, dash.FindStringIndex(p.text)
		if at != nil {
			words = p.text[:at[0]]
			if !k.note {
				w.errorAt(w.position(w.offset(p, at[0])), "take it away; paragraphs are named one by one: ¶1, ¶2", "%q takes no note", key)
				return l, false
			}
		}
		if k.words != nil && i == 0 {
			l.Word, words = strings.ToLower(strings.Trim(words, " \t\n,:")), ""
		}
		if key == "source" && len(l.Names) > 0 {
			n := &l.Names[len(l.Names)-1]
			for _, m := range cited.FindAllStringSubmatch(words, -1) {
				n.Places = append(n.Places, placeOf(m))
			}
			words = cited.ReplaceAllString(words, ",")
		}
		if w.reportWords(l, k, p, words) {
			return l, false
		}
		if at != nil {
			line[i].text = p.text[at[1]:]
			l.Note, _ = w.plainWords(line[i:], "put the link before the dash, or into the text above", "a note is plain text")
			break
		}
	}
	return l, w.checkLine(l, k)
}

// reportWords reports the first words of a piece that should be a link. It returns
// false if there are none.
func (w *writer) reportWords(l Line, k recordKey, p piece, words string) bool {
	for part := range strings.SplitSeq(words, ",") {
		if part = strings.TrimSpace(part); part == "" || separator.MatchString(part) {
			continue
		}
		hint := fmt.Sprintf("write [[%s]]; a note stands behind a dash: [[id]] — note", text.Slug(part))
		switch {
		case l.Key == "source" && len(l.Names) > 0:
			hint = "name paragraphs one by one, each with its sign, and sentences behind a full stop: ¶1, ¶2.3, ¶4.1–3"
		case strings.HasPrefix(part, "¶"):
			hint = "only a source is cited by paragraph"
		case strings.HasPrefix(part, "- "):
			hint = "a note stands behind a dash, not a hyphen: [[id]] — note"
		case !k.note:
			hint = fmt.Sprintf("write [[%s]]", text.Slug(part))
		}
		at := p.at + max(0, bytes.Index(w.src[p.at:], []byte(strings.Fields(part)[0]))) // on this line or a later one
		w.errorAt(w.position(at), hint, "%q is no link", part)
		return true
	}
	return false
}

// plainWords returns the text of pieces. If one of them is a link, it reports message
// and ok is false.
func (w *writer) plainWords(line []piece, hint, message string) (s string, ok bool) {
	for _, p := range line {
		if ok = p.link == nil; !ok {
			w.errorf(p.link, hint, "%s", message)
			break
		}
		s += p.text
	}
	return text.Typographic(strings.TrimSpace(s)), ok
}

// checkLine reports whether a line has the word and the names that its key requires.
func (w *writer) checkLine(l Line, k recordKey) bool {
	alone := slices.Contains(k.alone, l.Word)
	switch {
	case k.words != nil && !slices.Contains(k.words, l.Word):
		hint := cmp.Or(diag.DidYouMean(l.Word, slices.Values(k.words)), "write one of: "+strings.Join(k.words, ", "))
		if now := former[l.Key+": "+l.Word]; now != "" {
			hint = fmt.Sprintf("write %q; whether its cause is shown stands under `cause`", now)
		}
		w.errorAt(l.At, hint, "%q is no word for %q", l.Word, l.Key)
	case len(l.Names) == 0 && !alone && !k.optional:
		w.errorAt(l.At, fmt.Sprintf("name one: `- %s [[id]]`", strings.TrimSpace(l.Key+": "+l.Word)), "this line names no page")
	case len(l.Names) > 0 && alone:
		w.errorAt(l.At, "take the link away, or choose another word: "+strings.Join(k.words, ", "), "%q names no source", l.Word)
	case l.Note == "" && slices.Contains(k.reasons, l.Word):
		w.errorAt(l.At, "say behind a dash what was reported: `- "+l.Key+": "+l.Word+" … — note`", "%q needs a note", l.Word)
	default:
		return true
	}
	return false
}

// readName reads a link in a record. It does not add it to the Document's Links.
func (w *writer) readName(n ast.Node, key string) (Name, bool) {
	l, outside := (*Link)(nil), true
	switch n := n.(type) {
	case *wikilink:
		if scheme, _, found := strings.Cut(n.dest, ":"); !found || strings.ContainsAny(scheme, "#.") {
			l, outside = w.readLink(n, Wiki, n.dest)
		}
	case *ast.Link:
		l, outside = w.readLink(n, Relative, destination(n.Destination))
	}
	if outside {
		hint := "name a page of this site: [[id]]"
		if key == "source" || key == "checked" || key == "outcome" || key == "cause" {
			hint = "give the report a page under sources/ and name that"
		}
		w.errorf(n, hint, "a record names pages of this site")
	}
	if l == nil {
		return Name{}, false
	}
	name := Name{Link: *l}
	if m := anchor.FindStringSubmatch(name.Fragment); m != nil && key == "source" {
		name.Places, name.Fragment = append(name.Places, placeOf(m)), ""
	}
	return name, true
}

// placeOf returns the place of a match of cited or anchor.
func placeOf(m []string) (p Place) {
	p.N, _ = strconv.Atoi(m[1])
	p.From, _ = strconv.Atoi(m[2])
	if p.To = p.From; m[3] != "" {
		p.To, _ = strconv.Atoi(m[3])
	}
	return p
}
