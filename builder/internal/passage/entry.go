package passage

import (
	"fmt"
	"strings"
)

// Entry returns the lines of YAML that describe a paragraph under the key passages of its
// source's page, without its gist.
func Entry(n int, paragraph string) string {
	return fmt.Sprintf("  - n: %d\n    gist: \"\"\n%s\n", n, Prove(paragraph))
}

// Prove returns those of the lines that hold fingerprints.
func Prove(paragraph string) string {
	return fmt.Sprintf("    sha256: %s\n    sentences: [%s]", Fingerprint(paragraph), strings.Join(Prints(paragraph), ", "))
}
