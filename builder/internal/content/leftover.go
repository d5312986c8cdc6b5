package content

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// leftover is a form of markup that stayed text, because it is not quite right or is not
// part of the dialect. In the message and the hint, {whole} is the text and {group} what the
// group in the form matches.
type leftover struct {
	form, message, hint string
}

// inlineLeftovers are sought in text; the first form that fits counts. One without a
// message is no mistake.
var inlineLeftovers = newForms("", []leftover{
	{form: `(\\!?\[\[[^\[\]\n]*\]\]|\[\[\[[^\[\]\n]*\]\]\]|\]\][(\[]|\\.\{?|\]\{|\[[^\[\]\n]+\[[^\[\]\n]*\]\])`}, // escaped, reported by findSpans, or nested brackets
	{`(<!--)`, "this comment has no end", "write --> behind it; begin it on a line of its own if it has an empty line in it"},
	{`!\[\[([^\[\]|\n]*)(?:[^\n]*?\]\])?`, "{whole} shows no picture", "write ![what it shows]({group})"},
	{`\[\[([^\[\]|\n]*)(?:[^\n]*?\]\]|[^\[\]\n]*)`, "{whole} is no link", "write [[id]] or [[id|label]]"},
	{`\[!\s*(\pL(?:[^\[\]\n]*[^\[\]\s])?)\s*\]`, "{whole} begins no callout", "let a quotation begin with it: > [!{group}]"},
	{`\[\^([^\[\]\n]+)\]`, `no footnote "{group}"`, "write it at the end of the file: [^{group}]: text"},
	{`\^\[([^\[\]\n]+ [^\[\]\n]*)\]`, "{whole} is no footnote", "write [^1], and at the end of the file: [^1]: text"},
	{`(?:!?\[[^\[\]\n]*)?\]\(([^()\n]*)\)?`, "{whole} is no link", "write [text](address), and angles around an address with spaces: (<{group}>); a link holds no other link"},
	{`\B!?\[[^\[\]\n]*\]\[([^\[\]\n]*[^\d\s\[\]\n][^\[\]\n]*)\]`, "{whole} is no link", "write at the end of the file: [{group}]: address"},
	{`\[[^\[\]\n]*\] \(((?:https?://|[^()\s]*\.md\b)[^()\n]*)\)`, "{whole} is no link", "take the space away: [text]({group})"},
	{`\([^()\n]*\)\[((?:https?://|[^\[\]\s]*\.md\b)[^\[\]\n]*)\]`, "{whole} is no link", "write [text]({group})"},
	{`\[-?@([\pL\d_][^\[\]\s;,]*)[^\[\]\n]*\]`, "{whole} is no citation", "link to the page of the source: [[{group}]]"},
	{`[“„«‹‘‚「『（、。，：\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}](https?://[^\s<>“”„«»‹›‘’‚「」『』（）、。，]+)`, `"{group}" is no link`, "write <{group}>"},
	{`(\]\])`, "{whole} ends no link", "write [[id]] or [[id|label]]"},
	{`\{[ \t]*([#.][\pL_][^{}\n]*|[a-z-]{2,}=[^{}\n]*)\}`, "{whole} is shown as text", "an id of letters, digits, - and _ stands behind the title of a heading or a claim: {#id}; a language directly behind words: [words]{lang=ur}"},
	{`(\{\{|\{%)[^{}\n]*[%}]?\}?`, "{whole} is shown as text", "pages have no templates; write what it should show"},
	{`\B(%%)(?:[^%\n]*%%|[^\s%]|$)`, "{whole} is shown as text", "write <!-- --> around what readers must not see"},
	{`\B==([^=\s>](?:[^=\n]*[^=\s])?)==\B`, "{whole} is shown as text", "write **{group}**"},
	{`\B(\*\*|~~)[^\s*~]+(?:[^*~\n]*(?:\*\*|~~))?`, "{whole} is shown as text", "write {group} directly before the first word and directly behind the last"},
	{"\\B(`+)[^`\\s]+", "nothing closes {whole}", "write {group} behind the code as well"},
	{`\$\$?([^$\s][^$\n]*[\\^_{][^$\n]*[^$\s]|[\\^_{]\w+)\$`, "{whole} is shown as text", "formulas are not set; write plain characters"},
})

// lineLeftovers are sought at the beginning of the lines of a paragraph.
var lineLeftovers = newForms("^", []leftover{
	{`(##+|#[\x{a0}\x{3000}]|#[\p{Lu}\p{Lo}])[^#\s][^\n#]*(?:\n|$)`, "{whole} is no heading", "write a space behind the signs: ## Title"},
	{`(#{7,})\s[^\n]*`, "{whole} is no heading", "headings have at most six signs"},
	{`\|([^\n]*)\|[ \t]*(?:\n|$)`, "{whole} is a row of no table", "write below the head a line with as many cells: |---|---|"},
	{`:?-+:?[ \t]*\|([-:| \t]*)(?:\n|$)`, "{whole} begins no table", "write as many cells as the head above it has"},
	{`(:{3,}|(?:!!!|\?\?\?\+?)[ \t]+\w)[^\n]*`, "{whole} is shown as text", "for a callout write > [!note] Title"},
	{`\[_?(?i:(toc))_?\][ \t]*(?:\n|$)`, "{whole} is shown as text", "take it away; layouts show the headings of a page"},
	{`\[[^\[\]\n]+\]:[ \t]+([^\n]*(?:://|\.md\b)[^\n]*)`, "{whole} defines no link", "write the address alone, in angles if it has spaces: [name]: <address>"},
	{`(?:-[ \t]?)?\[([ xX]?)\][ \t][^\n]*`, "{whole} is no task", "write - [ ] or - [x] before the words"},
	{`([-+*])[ \t]+\S[^\n]*`, "{whole} is no item of a list", "put an empty line before the list, and do not indent it"},
	{`([-+•]\pL|•[ \t]|\d{1,9}[.)][ \t]?\pL)[^\n]*`, "{whole} is no item of a list", "write a space behind its sign, and an empty line before the list"}, // if there are two
})

// forms match the first of some leftovers.
type forms struct {
	re   *regexp.Regexp // the i-th group is that of the i-th leftover
	list []leftover
}

func newForms(prefix string, list []leftover) forms {
	var all []string
	for _, l := range list {
		all = append(all, l.form)
	}
	return forms{regexp.MustCompile(prefix + "(?:" + strings.Join(all, "|") + ")"), list}
}

// reportLeftover reports the leftover of a match in the body, from the offset at.
func (w *writer) reportLeftover(f forms, m []int, at int) {
	for i, l := range f.list {
		g := m[2+2*i : 4+2*i]
		if g[0] < 0 || l.message == "" {
			continue
		}
		whole, group := w.src[at+m[0]:at+m[1]], string(w.src[at+g[0]:at+g[1]])
		fill := strings.NewReplacer("{whole}", strconv.Quote(shorten(string(bytes.TrimSpace(whole)))), "{group}", group)
		message, hint := fill.Replace(l.message), fill.Replace(l.hint)
		switch w.leftovers++; {
		case w.leftovers > maxLeftovers:
			w.warn(at+m[0], "mend those above first", "more markup of this page is shown as text")
		case whole[0] != '<' && !bytes.HasPrefix(whole, []byte("[^")):
			w.warn(at+m[0], hint+`; if it is text, write \ before it`, "%s", message)
		case string(unescapeMarkdown([]byte(group))) == group: // with an entity it is text
			w.errorAt(w.position(at+m[0]), hint, "%s", message)
		}
	}
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// mayBegin are characters without which a text has no inlineLeftovers, mayBeginLine those
// at the beginning of lineLeftovers.
var mayBegin, mayBeginLine = setOf("[]{%=*~`$<:"), setOf("#|:!?[-+*0123456789\xe2")

func setOf(chars string) (set [256]bool) {
	for i := range len(chars) {
		set[chars[i]] = true
	}
	return set
}

// mayHaveLeftovers reports whether inlineLeftovers are to be sought in a text.
func mayHaveLeftovers(text []byte) bool {
	for i, c := range text {
		switch {
		case !mayBegin[c]:
		case c == '%', c == '=', c == ':': // matter only in %%, == and ://
			if i+1 < len(text) && (text[i+1] == c || c == ':' && text[i+1] == '/') {
				return true
			}
		default:
			return true
		}
	}
	return false
}

const (
	maxLeftover  = 200     // bytes after a text in which a leftover that begins in it may end
	maxLeftovers = 100     // of a page that are reported
	maxSought    = 1 << 16 // bytes in which the end of one is sought
)

func (w *writer) checkText(t *ast.Text) {
	w.joinTexts(t)
	if t.IsRaw() || !mayHaveLeftovers(t.Segment.Value(w.src)) {
		return
	}
	at, stop := t.Segment.Start, t.Segment.Stop
	end := min(stop+maxLeftover, len(w.src))
	if i := bytes.IndexByte(w.src[stop:end], '\n'); i >= 0 {
		end = stop + i
	}
	if at > 0 && w.src[at-1] == ']' && w.src[at] == '{' { // reported by findSpans
		at++
	}
	for at < stop && w.leftovers <= maxLeftovers {
		m := inlineLeftovers.re.FindSubmatchIndex(w.src[at:min(end, at+maxSought)])
		switch {
		case m == nil && at+maxSought < end:
			at += maxSought - maxLeftover
			continue
		case m == nil || at+m[0] >= stop:
			return
		}
		if at+m[0] >= w.checked {
			w.reportLeftover(inlineLeftovers, m, at)
		}
		at += max(m[1], 1)
		w.checked = at
	}
}

// checkLines reports the leftovers at the beginning of the lines of a paragraph, the first
// only. A line alone that looks like an item of a list is text.
func (w *writer) checkLines(n ast.Node) {
	item := -1
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		s := w.src[line.Start:line.Stop]
		if len(s) < 2 || !mayBeginLine[s[0]] || i > 0 && s[0] == '#' && s[1] != '#' && s[1] < utf8.RuneSelf {
			continue
		}
		m := lineLeftovers.re.FindSubmatchIndex(s)
		switch {
		case w.leftovers > maxLeftovers:
			return
		case m == nil:
			continue
		case m[len(m)-1] >= 0 && item < 0:
			item = line.Start
			continue
		case m[len(m)-1] >= 0:
			line.Start = item
		}
		w.reportLeftover(lineLeftovers, m, line.Start)
		return
	}
}
