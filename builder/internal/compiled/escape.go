package compiled

import "strings"

// escaper is one of those that html/template puts behind an expression. They are
// told by their names; what each does is described in the documentation of that
// package, and the tests hold the two side by side.
type escaper func(s string, c content) string

func escapers() map[string]escaper {
	return map[string]escaper{
		"_html_template_htmlescaper": func(s string, c content) string {
			if c == safeHTML {
				return s
			}
			return escapeHTML(s)
		},
		"_html_template_attrescaper":   inAttribute,
		"_html_template_rcdataescaper": inAttribute,
		"_html_template_urlfilter": func(s string, c content) string {
			if scheme, _, ok := strings.Cut(s, ":"); ok && c != safeURL && !strings.Contains(scheme, "/") &&
				!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
				return "#ZgotmplZ"
			}
			return s
		},
		"_html_template_urlnormalizer": func(s string, _ content) string { return escapeURL(s, true) },
		"_html_template_urlescaper":    func(s string, c content) string { return escapeURL(s, c == safeURL) },
		"_html_template_jsvalescaper": func(s string, c content) string {
			if c != safeJS {
				panic(giveUp{})
			}
			return s
		},
	}
}

// inAttribute is for attributes and titles, in which tags mean nothing.
func inAttribute(s string, c content) string {
	if c == safeHTML {
		panic(giveUp{})
	}
	return escapeHTML(s)
}

var htmlEscapes = [256]string{
	0: "\ufffd", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
}

func escapeHTML(s string) string {
	i := 0
	for i < len(s) && htmlEscapes[s[i]] == "" {
		i++
	}
	if i == len(s) {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	from := 0
	for ; i < len(s); i++ {
		if with := htmlEscapes[s[i]]; with != "" {
			b = append(append(b, s[from:i]...), with...)
			from = i + 1
		}
	}
	return string(append(b, s[from:]...))
}

// Bytes of an address: those that stay, and those that stay only if the address is
// whole already and not a part to be put in.
const (
	unreserved = 1
	reserved   = 2
)

var urlBytes = func() (table [256]uint8) {
	for c := range 256 {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", byte(c)) >= 0:
			table[c] = unreserved
		case strings.IndexByte("!#$&*+,/:;=?@[]", byte(c)) >= 0:
			table[c] = reserved
		}
	}
	return table
}()

// escapeURL puts the bytes that may not stand in an address as %xx.
func escapeURL(s string, whole bool) string {
	stays := func(i int) bool {
		switch c := s[i]; {
		case urlBytes[c] == unreserved:
			return true
		case urlBytes[c] == reserved:
			return whole
		case c == '%':
			return whole && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
		}
		return false
	}
	i := 0
	for i < len(s) && stays(i) {
		i++
	}
	if i == len(s) {
		return s
	}
	const digits = "0123456789abcdef"
	b := append(make([]byte, 0, len(s)+16), s[:i]...)
	for ; i < len(s); i++ {
		if stays(i) {
			b = append(b, s[i])
		} else {
			b = append(b, '%', digits[s[i]>>4], digits[s[i]&15])
		}
	}
	return string(b)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
