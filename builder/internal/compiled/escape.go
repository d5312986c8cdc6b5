package compiled

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"
)

// escaper makes a text safe for one context. of is the type of the original value: a
// type such as template.HTML says that the text is safe already.
type escaper func(s string, of reflect.Type) string

var (
	stringType = reflect.TypeFor[string]()
	htmlType   = reflect.TypeFor[template.HTML]()
	urlType    = reflect.TypeFor[template.URL]()
	jsType     = reflect.TypeFor[template.JS]()
)

// escapers are the supported escapers of html/template, by their names in an escaped
// tree. html/template does not promise these names. TestEscapers fails if a name or
// what the escaper does changes.
var escapers = map[string]escaper{
	"_html_template_htmlescaper": func(s string, of reflect.Type) string {
		if of == htmlType {
			return s
		}
		return htmlEscapes.Replace(s)
	},
	"_html_template_attrescaper":   escapeText,
	"_html_template_rcdataescaper": escapeText,
	"_html_template_urlfilter": func(s string, of reflect.Type) string {
		if scheme, _, ok := strings.Cut(s, ":"); ok && of != urlType && !strings.Contains(scheme, "/") &&
			!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
			return "#ZgotmplZ"
		}
		return s
	},
	"_html_template_urlnormalizer": func(s string, _ reflect.Type) string { return escapeURL(s, true) },
	"_html_template_urlescaper":    func(s string, of reflect.Type) string { return escapeURL(s, of == urlType) },
	"_html_template_jsvalescaper": func(s string, of reflect.Type) string {
		if of != jsType {
			panic(fallback("a value in a script that is not typed as safe"))
		}
		return s
	},
}

// escaperOf returns the escaper that a command calls, nil if it calls none.
func escaperOf(cmd *parse.CommandNode) escaper {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return escapers[id.Ident]
	}
	return nil
}

// stringOf converts a value to a string, as html/template's escapers do.
func stringOf(v reflect.Value) (string, reflect.Type) {
	if !v.IsValid() || v.Kind() == reflect.Pointer || !v.CanInterface() {
		panic(fallback("nil or a pointer is written"))
	}
	switch t := v.Type(); {
	case t.Kind() == reflect.String && t.NumMethod() == 0:
		return v.String(), t
	case t.Kind() == reflect.Int && t.NumMethod() == 0:
		return strconv.FormatInt(v.Int(), 10), stringType
	}
	return fmt.Sprint(v.Interface()), stringType
}

// escapeText escapes attributes and titles, in which tags have no meaning.
func escapeText(s string, of reflect.Type) string {
	if of == htmlType {
		panic(fallback("HTML in an attribute or a title"))
	}
	return htmlEscapes.Replace(s)
}

var htmlEscapes = strings.NewReplacer("\x00", "\ufffd", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")

// escapeURL replaces the bytes that an address must not contain by %xx. If s is a whole
// address, characters with a meaning there, such as / and ?, stay.
func escapeURL(s string, whole bool) string {
	const digits = "0123456789abcdef"
	var b []byte
	from := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			continue
		case whole && strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0:
			continue
		case whole && c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			continue
		}
		b = append(append(b, s[from:i]...), '%', digits[c>>4], digits[c&15])
		from = i + 1
	}
	if from == 0 {
		return s
	}
	return string(append(b, s[from:]...))
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }
