package singlefile

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"analysis/builder/internal/media"

	"golang.org/x/net/html"
)

// link includes a style sheet or an icon. It drops links to other files of the site, and
// keeps links to other sites, since browsers do not load them.
func (r *rewriter) link(t html.Token, raw []byte) {
	name, _, local := r.local(value(t, "href"))
	switch rel := value(t, "rel"); {
	case !local:
		r.out.Write(raw)
	case rel == "stylesheet" && !slices.Contains(r.styles, name):
		r.styles = append(r.styles, name)
	case rel == "icon":
		r.out.WriteString(`<link rel="icon" href="` + html.EscapeString(r.data(name)) + `">`)
	}
}

// script includes a script: here if it is in the frame and not deferred, otherwise at the
// end of the file.
func (r *rewriter) script(t html.Token, raw []byte) {
	name, _, local := r.local(value(t, "src"))
	deferred := slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return a.Key == "defer" })
	switch {
	case !local: // data
		r.out.Write(raw)
		return
	case r.frame && !deferred:
		r.inlineScript(r.files[name])
	case !slices.Contains(r.scripts, name):
		r.scripts = append(r.scripts, name)
	}
	r.skip = t.Data
}

// inlineScripts returns the scripts for the end of the file. The first creates the search
// index, so the parts, which add themselves to it, come after it.
func (m *maker) inlineScripts() string {
	for i, name := range m.scripts {
		m.inlineScript(m.files[name])
		for _, part := range slices.Sorted(maps.Keys(m.files)) {
			if i == 0 && strings.HasPrefix(part, "search/") && path.Ext(part) == ".js" {
				m.inlineScript(m.indexPart(m.files[part]))
			}
		}
	}
	return m.take()
}

// scriptEnd matches text that would end a script element, or hide its end.
var scriptEnd = regexp.MustCompile(`(?i)<(/script|!--)`)

func (m *maker) inlineScript(src []byte) {
	src = scriptEnd.ReplaceAll(bytes.TrimSpace(src), []byte(`<\$1`))
	m.scriptHashes = append(m.scriptHashes, hash(src))
	m.out.WriteString("<script>" + string(src) + "</script>\n")
}

// pageURL matches the address of a page in a part of the index.
var pageURL = regexp.MustCompile(`"u":\s*("(?:[^"\\]|\\.)*")`)

// indexPart returns a part of the index with addresses in the single file.
func (m *maker) indexPart(src []byte) []byte {
	return pageURL.ReplaceAllFunc(src, func(match []byte) []byte {
		var address string
		if err := json.Unmarshal(pageURL.FindSubmatch(match)[1], &address); err != nil {
			return match
		}
		file, fragment, _ := strings.Cut(address, "#")
		anchor, ok := m.anchor(file, fragment)
		if text, err := json.Marshal(anchor); ok && err == nil {
			return append([]byte(`"u":`), text...)
		}
		return match
	})
}

// styleURL matches an address in a style sheet.
var styleURL = regexp.MustCompile(`url\(\s*(["']?)([^"')]+)["']?\s*\)`)

// inlineStyles returns the style sheets, each in its own element.
func (m *maker) inlineStyles() string {
	for _, name := range m.styles {
		src := styleURL.ReplaceAllFunc(m.files[name], func(match []byte) []byte {
			file := path.Join(path.Dir(name), string(styleURL.FindSubmatch(match)[2]))
			if m.files[file] == nil {
				return match
			}
			return []byte(`url("` + m.data(file) + `")`)
		})
		src = bytes.ReplaceAll(bytes.TrimSpace(src), []byte("</"), []byte(`<\/`))
		m.styleHashes = append(m.styleHashes, hash(src))
		m.out.WriteString("<style>" + string(src) + "</style>\n")
	}
	return m.take()
}

func hash(src []byte) string {
	sum := sha256.Sum256(src)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// policy returns the file's content security policy. It needs all hashes.
func (m *maker) policy() string {
	list := func(hashes []string) string { return cmp.Or(strings.Join(hashes, " "), "'none'") }
	return "default-src 'none'; script-src " + list(m.scriptHashes) + "; style-src " + list(m.styleHashes) +
		"; img-src data:; form-action 'none'; base-uri 'none'"
}

func (m *maker) data(name string) string {
	return "data:" + strings.ReplaceAll(media.Type(name), " ", "") +
		";base64," + base64.StdEncoding.EncodeToString(m.files[name])
}
