package frontmatter

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Fingerprint is the SHA-256 of a paragraph, in lower-case hex: of its text in
// the Unicode form NFC, with every run of white space made one space, none at
// its ends, in UTF-8.
func Fingerprint(paragraph string) string {
	text := strings.Join(strings.Fields(norm.NFC.String(paragraph)), " ")
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Paragraphs are the lines of a plain text that are not empty.
func Paragraphs(text []byte) []string {
	var list []string
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\ufeff"))) {
		if s := strings.TrimSpace(string(line)); s != "" {
			list = append(list, s)
		}
	}
	return list
}
