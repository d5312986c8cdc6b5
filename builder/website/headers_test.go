package website

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

// Hosts that read _headers send the policy that the pages state.
func TestHeadersStateThePolicyOfThePages(t *testing.T) {
	s := Build(t, Options(Analysis))
	file := s.Files["_headers"]
	if file == nil {
		t.Fatal("static/_headers is not published under its name")
	}
	m := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindSubmatch(s.Files["index.html"].Data)
	if m == nil {
		t.Fatal("the home page states no policy")
	}
	for _, line := range []string{
		"Content-Security-Policy: " + html.UnescapeString(string(m[1])), "X-Content-Type-Options: nosniff", "/*\n  Content-Security-Policy: ", "\n  X-Frame-Options: DENY\n", "/claims/:id/card/*\n  Content-Security-Policy: " + html.UnescapeString(string(m[1])), "; frame-ancestors *\n", "Referrer-Policy: ", "/css/*\n  Cache-Control: ", "/js/*\n  Cache-Control: ",
	} {
		if !strings.Contains(string(file.Data), line) {
			t.Errorf("_headers lacks %q", line)
		}
	}
}
