package export

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"analysis/builder/internal/frontmatter"
)

// argdownHead begins claims.argdown (https://argdown.org/syntax/), which has a statement for each
// claim below the title of the page that it is told on.
func argdownHead(c *frontmatter.Config) []byte {
	head := "===\ntitle: " + inData(c.Title) + "\n"
	if c.License != "" {
		head += "license: " + inData(c.LicenseURL()) + "\n"
	}
	return []byte(head + "===\n")
}

// argdown returns the claim as a statement with its holders as tags. Argdown has support and
// attack between statements. Its undercut is only for an inference, and it has nothing for
// the rest, so the other relations are data, by their own names.
func (c claimData) argdown() string {
	data := map[string]any{"kind": c.Kind, "sources": strings.Split(joined(c.Sources, citeData.text), "; "), "url": c.URL, "result": c.Result}
	if c.Wording != "" {
		data["wording"] = c.Wording
	}
	var lines, tags string
	for _, p := range c.HeldBy {
		tags += " #(" + strings.NewReplacer("(", "", ")", "").Replace(p.ID) + ")"
	}
	for _, r := range c.Relations {
		sign := map[string]string{"supports": "+>", "contradicts": "->"}[r.Type]
		switch list, _ := data[r.Type].([]string); {
		case r.Direction == "in":
		case sign != "":
			lines += "  " + sign + " [" + r.Claim + "]\n"
		default:
			data[r.Type] = append(list, r.Claim)
		}
	}
	return fmt.Sprintf("\n[%s]: %s%s {%s}\n%s", c.ID, special.ReplaceAllString(c.Title, `\$0`), tags, inData(data), lines)
}

// inData returns a value as JSON, which is YAML, without the braces around it and the signs that
// end data or front matter for Argdown.
func inData(v any) string {
	text, err := json.Marshal(v) // texts, and maps and lists of them, cannot fail
	if err != nil {
		panic(err)
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(string(text), "{"), "}")
	return strings.NewReplacer("{", `\u007b`, "}", `\u007d`, "=", `\u003d`).Replace(inner)
}

// special matches the signs that mean something to Argdown in a text. A backslash goes before them.
var special = regexp.MustCompile(`[\\@#*_\[\]<>{}/.:=+]`)
