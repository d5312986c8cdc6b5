package search

import (
	"encoding/json"
	"unicode/utf8"
)

// plainByte has the bytes that stand in a string of JSON as they are. That is
// encoding/json's choice: the signs of HTML do not, so that a script that is put
// into a page cannot end there.
var plainByte = func() (plain [utf8.RuneSelf]bool) {
	for c := range plain {
		plain[c] = c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c != 0x7f
	}
	return plain
}()

// appendString appends a text as a string of JSON, byte for byte as
// encoding/json does, of which it asks only the characters that are rare.
func appendString[T string | []byte](b []byte, s T) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if plainByte[c] {
				i++
				continue
			}
			b = appendEscaped(append(b, s[from:i]...), string(s[i:i+1]))
			i++
			from = i
			continue
		}
		end := min(i+utf8.UTFMax, len(s))
		r, size := utf8.DecodeRuneInString(string(s[i:end]))
		if r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			b = appendEscaped(append(b, s[from:i]...), string(s[i:i+size]))
			from = i + size
		}
		i += size
	}
	return append(append(b, s[from:]...), '"')
}

// appendEscaped appends a character as encoding/json writes it.
func appendEscaped(b []byte, char string) []byte {
	quoted, err := json.Marshal(char)
	if err != nil {
		panic(err) // no string fails
	}
	return append(b, quoted[1:len(quoted)-1]...)
}

// append appends the entry as encoding/json writes it.
func (i indexPage) append(b []byte) []byte {
	b = appendString(append(b, `{"u":`...), i.URL)
	b = appendString(append(b, `,"t":`...), i.Title)
	b = appendString(append(b, `,"k":`...), i.Kind)
	some := func(key, value string) {
		if value != "" {
			b = appendString(append(append(append(b, `,"`...), key...), `":`...), value)
		}
	}
	some("y", i.Type)
	some("s", i.Summary)
	some("d", i.Date)
	for n, a := range i.Aliases {
		if n == 0 {
			b = append(b, `,"a":[`...)
		} else {
			b = append(b, ',')
		}
		b = appendString(b, a)
	}
	if len(i.Aliases) > 0 {
		b = append(b, ']')
	}
	some("h", i.Holder)
	some("c", i.Cites)
	if i.Later {
		b = append(b, `,"l":true`...)
	}
	return append(b, '}')
}
