package layout

import (
	"bytes"
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"golang.org/x/net/html"
	"golang.org/x/text/language"

	"analysis/builder/internal/words"
)

// expander replaces the actions that write words of the interface by the text of the words,
// when a file is loaded: {{word "home"}} becomes text, and so does what stands between the
// placeholders of a longer one. It makes the source of each replacement, and parses that.
type expander struct {
	words *words.Set
	name  string
	text  []byte // of the file
	blank []byte // the file with spaces for everything but the ends of lines
	err   error
}

func newExpander(w *words.Set, name string, text []byte) *expander {
	e := &expander{words: w, name: name, text: text, blank: bytes.Repeat([]byte{' '}, len(text))}
	for i, c := range text {
		if c == '\n' {
			e.blank[i] = c
		}
	}
	return e
}

// wordFunctions are the functions that name words. Expanding a file replaces their calls.
func wordFunctions(w *words.Set) template.FuncMap {
	return template.FuncMap{
		"word": func(key string, _ ...any) (string, error) { // in an expression
			if found, ok := w.Word(key); !ok || found.Forms != nil || len(found.Placeholders()) > 0 {
				return "", fmt.Errorf("there is no word %q without placeholders", key)
			}
			return w.Text(key), nil
		},
		"count":  func(...any) (string, error) { return "", errPlace },
		"choose": func(...any) (string, error) { return "", errPlace },
		"show":   func(...any) (string, error) { return "", errPlace },
	}
}

// allFunctions returns the functions of a template and the one that an expander puts there. No
// author can call it, since the parser does not know it.
func allFunctions(w *words.Set) template.FuncMap {
	tags := map[string]language.Tag{"en": language.English, w.Tag(words.Word{}).String(): w.Tag(words.Word{})}
	f := functions(w)
	f["_form"] = func(tag string, n int) string { return words.FormOf(tags[tag], n) }
	return f
}

var errPlace = fmt.Errorf("this stands alone, or as what fills a placeholder of a word")

// list expands the nodes of a list.
func (e *expander) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	var nodes []parse.Node
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			e.branch(&n.BranchNode)
		case *parse.WithNode:
			e.branch(&n.BranchNode)
		case *parse.RangeNode:
			e.branch(&n.BranchNode)
		case *parse.ActionNode:
			if call := callOf(n.Pipe); call != nil && len(n.Pipe.Decl) == 0 {
				nodes = append(nodes, e.expand(call)...)
				continue
			}
		}
		nodes = append(nodes, n)
	}
	l.Nodes = nodes
}

func (e *expander) branch(b *parse.BranchNode) {
	e.list(b.List)
	e.list(b.ElseList)
}

// callOf returns the call of a function that names words, or nil.
func callOf(n parse.Node) *parse.CommandNode {
	pipe, ok := n.(*parse.PipeNode)
	if !ok || len(pipe.Cmds) != 1 {
		return nil
	}
	cmd := pipe.Cmds[0]
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok && slices.Contains([]string{"word", "count", "choose", "show"}, id.Ident) && len(cmd.Args) > 1 {
		if _, ok := cmd.Args[1].(*parse.StringNode); ok {
			return cmd
		}
	}
	return nil
}

// mistake reports an error at a node.
func (e *expander) mistake(n parse.Node, format string, args ...any) string {
	if e.err == nil {
		before := e.text[:n.Position()]
		line := strings.Count(string(before), "\n")
		e.err = fmt.Errorf("template: %s:%d:%d: %s", e.name, line+1, len(before)-strings.LastIndexByte(string(before), '\n')-1, fmt.Sprintf(format, args...))
	}
	return ""
}

// expand returns the nodes for a call. They have the position of the call.
func (e *expander) expand(call *parse.CommandNode) []parse.Node {
	source := e.call(call)
	if e.err != nil {
		return nil
	}
	declared := map[string]bool{}
	declareAll(call, declared)
	at := int(call.Position())
	text := string(e.blank[:at])
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		text += "{{" + name + " := 0}}"
	}
	tree := parse.New(e.name)
	tree.Mode = parse.SkipFuncCheck // the file has passed it
	if _, err := tree.Parse(text+"{{/**/}}"+source, "", "", map[string]*parse.Tree{}); err != nil {
		e.mistake(call, "%s", err)
		return nil
	}
	nodes := tree.Root.Nodes
	for len(nodes) > 0 { // the blanks and the declarations
		if a, ok := nodes[0].(*parse.ActionNode); ok && len(a.Pipe.Decl) > 0 || int(nodes[0].Position()) < at {
			nodes = nodes[1:]
		} else {
			break
		}
	}
	return nodes
}

// declareAll collects the names of the variables below a node.
func declareAll(n parse.Node, into map[string]bool) {
	switch n := n.(type) {
	case *parse.CommandNode:
		for _, arg := range n.Args {
			declareAll(arg, into)
		}
	case *parse.PipeNode:
		for _, cmd := range n.Cmds {
			declareAll(cmd, into)
		}
	case *parse.ChainNode:
		declareAll(n.Node, into)
	case *parse.VariableNode:
		if n.Ident[0] != "$" {
			into[n.Ident[0]] = true
		}
	}
}

// call returns the source that stands for a call.
func (e *expander) call(call *parse.CommandNode) string {
	key, rest := call.Args[1].(*parse.StringNode).Text, call.Args[2:]
	switch of := call.Args[0].(*parse.IdentifierNode).Ident; {
	case of == "show" && len(rest) > 1:
		return e.mistake(call, "show takes the name of a template and what it is given")
	case of == "show":
		return "{{template " + strconv.Quote(key) + " " + join(rest) + "}}"
	case of == "word":
		return e.word(call, key, "", rest)
	case len(rest) == 0 && of == "count":
		return e.mistake(call, "count takes a key and a number")
	case len(rest) == 0:
		return e.mistake(call, "choose takes the beginning of keys and a value")
	case of == "count":
		return e.word(call, key, operand(rest[0]), rest[1:])
	}
	keys, value := e.words.Keys(key), operand(rest[0])
	if len(keys) == 0 {
		return e.mistake(call, "no key begins with %q; %s", key, e.words.Suggest(key))
	}
	source, end := "", ""
	for _, k := range keys {
		source += end + "{{if eq " + value + " " + strconv.Quote(strings.ReplaceAll(strings.TrimPrefix(k, key), "-", " ")) + "}}" + e.word(call, k, "", rest[1:])
		end = "{{else}}"
	}
	return source + "{{else}}{{" + value + "}}" + strings.Repeat("{{end}}", len(keys))
}

// word returns the source of a word. n is the number that decides about its form, or "".
func (e *expander) word(call *parse.CommandNode, key, n string, pairs []parse.Node) string {
	w, ok := e.words.Word(key)
	fills := map[string]string{}
	if n != "" {
		fills["n"] = "{{" + n + "}}"
	}
	switch {
	case !ok:
		return e.mistake(call, "there is no word %q; %s", key, e.words.Suggest(key))
	case n != "" && w.Forms == nil:
		return e.mistake(call, "%q has no plural forms; name it with word", key)
	case n == "" && w.Forms != nil:
		return e.mistake(call, "%q has plural forms; name it with count and the number", key)
	case len(pairs)%2 != 0:
		return e.mistake(call, "%q takes names and values in turn", key)
	}
	known := w.Placeholders()
	for pair := range slices.Chunk(pairs, 2) {
		name, ok := pair[0].(*parse.StringNode)
		switch {
		case !ok:
			return e.mistake(call, "%q takes names in quotes, each with a value", key)
		case !slices.Contains(known, name.Text):
			return e.mistake(call, "%q has no {%s}", key, name.Text)
		}
		if inner := callOf(pair[1]); inner != nil {
			fills[name.Text] = e.call(inner)
		} else {
			fills[name.Text] = "{{" + operand(pair[1]) + "}}"
		}
	}
	for _, name := range known {
		if _, ok := fills[name]; !ok {
			return e.mistake(call, "%q lacks a value for {%s}", key, name)
		}
	}
	if w.Forms == nil {
		return e.pieces(w, w.Text, fills)
	}
	source, ends := "", 0
	for form, text := range w.Ordered() {
		if form != "other" {
			source += fmt.Sprintf("{{if eq (_form %q %s) %q}}%s{{else}}", e.words.Tag(w), n, form, e.pieces(w, text, fills))
			ends++
		} else {
			source += e.pieces(w, text, fills)
		}
	}
	return source + strings.Repeat("{{end}}", ends)
}

var letter = regexp.MustCompile(`\p{L}`)

// Around what is English on a site of another language stand these two, which are no
// characters of any text, until the page is complete.
const (
	beginEnglish = "\ufdd0"
	endEnglish   = "\ufdd1"
)

// pieces returns the source of a text. What fills its placeholders is not English.
func (e *expander) pieces(w words.Word, text string, fills map[string]string) string {
	var b strings.Builder
	for i, part := range words.Split(text) {
		switch {
		case i%2 == 1:
			b.WriteString(fills[part])
		case w.English && letter.MatchString(part):
			b.WriteString(beginEnglish + template.HTMLEscapeString(part) + endEnglish)
		default:
			b.WriteString(template.HTMLEscapeString(part))
		}
	}
	return b.String()
}

// operand returns the source of a value.
func operand(n parse.Node) string {
	if _, ok := n.(*parse.PipeNode); ok {
		return "(" + n.String() + ")"
	}
	return n.String()
}

func join(nodes []parse.Node) string {
	var list []string
	for _, n := range nodes {
		list = append(list, operand(n))
	}
	return strings.Join(list, " ")
}

var (
	saysEnglish = strings.NewReplacer(beginEnglish, `<span lang="en">`, endEnglish, "</span>")
	unmarked    = strings.NewReplacer(beginEnglish, "", endEnglish, "")
)

// markEnglish makes elements with a language of what is English in a page, but not in
// attributes and elements that hold text alone.
func markEnglish(page []byte) []byte {
	out, alone := make([]byte, 0, len(page)+len(page)/8), false
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out
		}
		raw := string(z.Raw())
		if kind == html.TextToken && !alone {
			out = append(out, saysEnglish.Replace(raw)...)
			continue
		}
		out = append(out, unmarked.Replace(raw)...)
		name, _ := z.TagName()
		alone = kind == html.StartTagToken && slices.Contains([]string{"title", "option", "script", "style", "textarea"}, string(name))
	}
}
