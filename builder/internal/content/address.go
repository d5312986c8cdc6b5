package content

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"analysis/builder/internal/text"
)

// addressParser links bare addresses, with letters of any script. They end before a
// quotation mark.
type addressParser struct {
	parser.InlineParser
}

const (
	hostForm = `[-\pL\pM\pN@:%._+~#=]{1,256}\.(?:[a-z]+|[^\x00-\x7f]+)(?::\d+)?`
	pathForm = "(?:[/#?][^\\s<>|\\\\`*]*)?"
)

// linkAddresses makes a dialect link bare addresses.
func linkAddresses() parser.Option {
	p := extension.NewLinkifyParser(
		extension.WithLinkifyURLRegexp(regexp.MustCompile(`^(?:https?|ftp)://`+hostForm+pathForm)),
		extension.WithLinkifyWWWRegexp(regexp.MustCompile(`^www\.`+hostForm+pathForm)),
	)
	return parser.WithInlineParsers(util.Prioritized(addressParser{p}, 999))
}

func (p addressParser) Parse(parent ast.Node, block gtext.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	start := 0
	if bytes.IndexByte(p.Trigger(), line[0]) >= 0 {
		start = 1
	}
	if rest := line[start:]; bytes.HasPrefix(rest, []byte("http")) || bytes.HasPrefix(rest, []byte("www.")) || bytes.HasPrefix(rest, []byte("ftp:")) {
		block = shortened{block, start + addressEnd(rest)}
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// shortened is a Reader whose line ends early.
type shortened struct {
	gtext.Reader
	length int
}

func (s shortened) PeekLine() ([]byte, gtext.Segment) {
	line, segment := s.Reader.PeekLine()
	return line[:min(len(line), s.length)], segment
}

// quoteEntity matches an entity that is no part of an address.
var quoteEntity = regexp.MustCompile(`^&(?:quot|apos|[lr][ds]?quo|[lr]a?quo|[lr]saquo|lt|gt|nbsp|#34|#39);`)

// addressEnd returns the offset of the first character that is not part of an address
// which begins a line.
func addressEnd(line []byte) int {
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		next, _ := utf8.DecodeRune(line[i+size:])
		switch {
		case r <= ' ', r == '"', r == '\'' && !text.IsWord(next), r == '&' && quoteEntity.Match(line[i:min(len(line), i+10)]):
			return i
		case r >= utf8.RuneSelf && (unicode.In(r, unicode.Pi, unicode.Pf, unicode.Pd, unicode.Z) || strings.ContainsRune("„‚…", r) || text.IsEastAsian(r) && !unicode.IsLetter(r)):
			return i
		}
		i += size
	}
	return len(line)
}
