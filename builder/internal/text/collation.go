package text

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Collation files titles as readers of a language expect (the Unicode Collation
// Algorithm, UTS #10, with the tailoring of the CLDR), and numbers by their value. It
// may be used by several goroutines.
type Collation struct {
	full, base sync.Pool // of collators; base ones see no accents and no case
}

// NewCollation returns the Collation of a language, a BCP 47 tag.
func NewCollation(tag string) *Collation {
	c := &Collation{}
	c.full.New = func() any { return &collator{Collator: collate.New(language.Make(tag), collate.Numeric)} }
	c.base.New = func() any { return &collator{Collator: collate.New(language.Make(tag), collate.Loose)} }
	return c
}

// Key returns a string that compares with those of other titles as the titles do.
func (c *Collation) Key(title string) string { return key(&c.full, title) }

// Letter returns the capital letter under which a title is filed: "A" for "äther" in
// German, "Ä" in Swedish.
func (c *Collation) Letter(title string) string {
	first, _ := utf8.DecodeRuneInString(title)
	letter := strings.ToUpper(string(first))
	plain, _ := utf8.DecodeRuneInString(norm.NFD.String(letter))
	if key(&c.base, string(plain)) == key(&c.base, letter) {
		return string(plain)
	}
	return letter
}

// A collator has a Buffer, which is large, for the keys it makes.
type collator struct {
	*collate.Collator
	buffer collate.Buffer
}

func key(pool *sync.Pool, s string) string {
	c := pool.Get().(*collator)
	defer pool.Put(c)
	c.buffer.Reset()
	return string(c.KeyFromString(&c.buffer, s))
}
