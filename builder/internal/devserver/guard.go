package devserver

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"
)

// protection are headers of every answer. They keep pages of other sites from using an
// answer as a script, picture or frame, and from holding a window that shows it.
var protection = map[string]string{
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Content-Security-Policy":      "frame-ancestors 'self'",
	"X-Frame-Options":              "SAMEORIGIN",
	"X-Content-Type-Options":       "nosniff",
	"Cache-Control":                "no-cache",
}

// guard refuses the requests that the preview must not answer.
func (s *server) guard(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(plain http.ResponseWriter, r *http.Request) {
		w := patientWriter{plain, s.options.patience}
		for name, value := range protection {
			w.Header().Set(name, value)
		}
		if r.ContentLength != 0 { // package net/http reads the body, and waits for it
			w.Header().Set("Connection", "close") // after the answer
			http.NewResponseController(plain).SetReadDeadline(time.Now().Add(s.options.patience))
		}
		switch {
		case !s.answersTo(r):
			http.Error(w, fmt.Sprintf("this preview does not answer to the name %q; if it is one of yours, start the preview with -host and that name", r.Host), http.StatusMisdirectedRequest)
		case fromOtherSite(r):
			http.Error(w, "this preview answers no page of another site; open it in a tab of its own", http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "this preview answers GET and HEAD only", http.StatusMethodNotAllowed)
		case r.Header.Get("Service-Worker") != "":
			http.Error(w, "this preview installs no service worker, because it would stay in the browser", http.StatusForbidden)
		default:
			next(w, r)
		}
	})
}

// answersTo reports whether a request names a host that is this preview's: one that the
// author gave, or the IP address that the connection reached. Names of the machine
// itself are accepted only from there. No other name is, because its owner could let it
// lead here and read the preview through a browser (DNS rebinding).
func (s *server) answersTo(r *http.Request) bool {
	host, port := splitHost(r.Host)
	if slices.Contains(s.options.Hosts, host) || slices.Contains(s.options.Hosts, host+":"+port) {
		return true
	}
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if local == nil || port != portOf(local.String()) {
		return false
	}
	ip, _ := netip.ParseAddr(host) // invalid if host is a name
	if ip = ip.Unmap(); host == "localhost" || ip.IsLoopback() || ip.IsUnspecified() {
		return addressOf(r.RemoteAddr).IsLoopback()
	}
	own, _ := splitHost(s.options.Addr)
	return host != "" && host == own || ip.IsValid() && ip == addressOf(local.String())
}

// fromOtherSite reports whether a page of another origin made the request. Links to the
// preview are allowed: the other page cannot read what they lead to.
func fromOtherSite(r *http.Request) bool {
	h := r.Header
	if _, origin, ok := strings.Cut(h.Get("Origin"), "://"); h.Get("Origin") != "" && !(ok && strings.EqualFold(origin, r.Host)) {
		return true
	}
	from := h.Get("Sec-Fetch-Site") // older browsers do not send it
	if from == "" || from == "same-origin" || from == "none" {
		return false
	}
	return h.Get("Sec-Fetch-Mode") != "navigate" || h.Get("Sec-Fetch-Dest") != "document"
}

// splitHost returns the host and port that a request or an address names. The host is
// in lower case and without brackets.
func splitHost(address string) (host, port string) {
	host, port, err := net.SplitHostPort(strings.ToLower(address))
	if err != nil {
		host = strings.Trim(strings.ToLower(address), "[]")
	}
	return host, cmp.Or(port, "80")
}

func portOf(address string) string { _, port := splitHost(address); return port }

func addressOf(address string) netip.Addr {
	a, _ := netip.ParseAddrPort(address)
	return a.Addr().Unmap().WithZone("")
}

// patientWriter gives a browser time for each part of an answer, not for the whole.
type patientWriter struct {
	http.ResponseWriter
	patience time.Duration
}

func (w patientWriter) Write(data []byte) (int, error) {
	http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(w.patience))
	return w.ResponseWriter.Write(data)
}

// Unwrap is for http.ResponseController.
func (w patientWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// sitePolicies adds the policies that the site's file _headers states for a path, as hosts do
// that read it. Other headers of it are for hosts alone.
func sitePolicies(h http.Header, file []byte, path string) {
	applies := false
	for line := range strings.Lines(string(file)) {
		text := strings.TrimSpace(line)
		switch name, value, _ := strings.Cut(text, ":"); {
		case text == "" || text[0] == '#':
		case line[0] != ' ' && line[0] != '\t':
			applies = matches(text, path)
		case applies && slices.Contains([]string{"Content-Security-Policy", "Permissions-Policy", "Referrer-Policy"}, http.CanonicalHeaderKey(name)):
			h.Add(name, strings.TrimSpace(value))
		}
	}
}

// placeholder is what stands for any one part of a path in _headers.
var placeholder = regexp.MustCompile(`:[A-Za-z]\w*`)

// matches reports whether a rule of _headers is for a path.
func matches(rule, path string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta(rule), `\*`, ".*")
	ok, err := regexp.MatchString("(?s)^"+placeholder.ReplaceAllString(pattern, "[^/]+")+"$", path)
	return ok && err == nil // err is for a rule that is not UTF-8
}
