package content

import (
	"fmt"
	"strings"
	"testing"
)

// What would take goldmark a time that grows with the square of the text is an error
// before it is parsed; the same in small is not.
func TestLimits(t *testing.T) {
	repeat := strings.Repeat
	table := func(columns, rows int) string {
		return repeat("|a", columns) + "|\n" + repeat("|-", columns) + "|\n" + repeat("|b|\n", rows)
	}
	numbered := func(format string, n int) (s string) {
		for i := range n {
			s += fmt.Sprintf(format, i)
		}
		return s
	}
	for name, c := range map[string]struct{ good, bad, want string }{
		"nested links":      {repeat("[a](", 50), repeat("[a](", 5_000), "error: this and many"},
		"open addresses":    {repeat("[a](<b ", 30), repeat("[a](<b ", 5_000), "error: this and many"},
		"closed links":      {repeat("[a](<b> (c)", 5_000), "", ""},
		"links in a line":   {repeat("塔[a](https://example.org/a_(b))", 5_000), "", ""},
		"backticks":         {"a " + repeat("`", 100), "a " + repeat("`", 101), "5:3: error: more than 100 backticks in a row"},
		"quotations":        {repeat("> ", 100) + "a", repeat(">", 101) + "a", "5:1: error: more than 100 quotations and lists in one another"},
		"lists":             {repeat("- ", 100) + "a", repeat("1. - ", 51) + "a" + repeat("\n", 1000), "5:1: error: more than 100 quotations and lists"},
		"emphasis":          {repeat("*a _b\n", 5_000), repeat("*a _b ", 5_001), "5:1: error: more than 10000 signs of emphasis and quotation marks in one paragraph"},
		"quotation marks":   {repeat(repeat("'a' ", 1000)+"\n\n", 10), repeat("'a' ", 5_001), "5:1: error: more than 10000 signs"},
		"emphasis in items": {repeat("- *a* _b_ *c*\n", 5_000), "", ""},
		"code":              {"```\n" + repeat("\"a\": \"b\"\n", 5_000) + "```\n", "", ""},
		"indented code":     {repeat("    \"a\": \"b\"\n", 5_000), "", ""},
		"rows":              {"|a|b|\n|-|-|\n" + repeat("|*a*|_b_|\n", 5_000), "", ""},
		"wide table":        {table(100, 100), table(200, 200), "error: the rows of this table and those before lack more than 10000 cells"},
		"quoted table":      {"> |a|b|\n> |-|-|\n" + repeat("> |*a*|_b_|\n", 5_000), "", ""},
		"definitions":       {numbered("[d%d]: x\n", 5_000), numbered("[d%d]: x\n", 5_001), "5005:1: error: more than 5000 addresses of links in one paragraph"},
		"footnotes":         {"a[^1] " + numbered("b[^%d] ", 1999) + "\n\n" + numbered("[^%d]: x\n", 1999), numbered("[^%d]: x\n\n", 2001), "error: more than 2000 footnotes in one file"},
	} {
		const front = "---\ntitle: T\n---\n\n"
		for _, d := range NewParser().Parse("a.md", []byte(front+c.good+"\n")).Diagnostics {
			if strings.Contains(d.Message, "more than") || strings.Contains(d.Message, "many") {
				t.Errorf("%s: %s", name, d)
			}
		}
		if c.bad == "" {
			continue
		}
		d := NewParser().Parse("a.md", []byte(front+c.bad+"\n"))
		if len(d.Diagnostics) != 1 || !strings.Contains(d.Diagnostics[0].String(), c.want) || d.Diagnostics[0].Hint == "" || len(d.HTML) > 0 {
			t.Errorf("%s: reported %v, want %s", name, d.Diagnostics, c.want)
		}
	}
}
