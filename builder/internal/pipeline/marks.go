package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strconv"
	"strings"
)

// marks stand in rendered pages for the hashes of asset names. So a style sheet
// that changes renders no page again: ten digits in each are others.
type marks struct {
	prefix []byte            // begins every mark
	urls   map[string]string // by asset: its address with a mark for the hash
	names  []string          // of the assets that have a hash, ascending; a mark says which
}

// hashLength is how many digits of a hash stand in a published name.
const hashLength = 10

// hashIn is where the hash stands in the published name of an asset, or -1.
func hashIn(name, url string) int {
	at := len(name) - len(path.Ext(name)) + 1
	if url == name || len(url) != len(name)+1+hashLength {
		return -1
	}
	return at
}

// newMarks makes marks for assets. They depend on the layouts and on the names, and
// nobody writes them by accident.
func newMarks(urls map[string]string, layouts []*source) *marks {
	m := &marks{urls: map[string]string{}}
	sum := sha256.New()
	for _, s := range layouts {
		sum.Write([]byte(s.name + "\x00"))
		sum.Write(s.data)
	}
	for name, url := range urls {
		if hashIn(name, url) >= 0 {
			m.names = append(m.names, name)
		} else {
			m.urls[name] = url
		}
	}
	slices.Sort(m.names)
	sum.Write([]byte(strings.Join(m.names, "\x00")))
	m.prefix = []byte("mark" + hex.EncodeToString(sum.Sum(nil)[:14]))
	for i, name := range m.names {
		at := hashIn(name, urls[name])
		number := strconv.FormatInt(int64(1<<16+i), 16) // five digits
		m.urls[name] = urls[name][:at] + string(m.prefix) + number + urls[name][at+hashLength:]
	}
	return m
}

// of reports whether these are marks for assets of the same names.
func (m *marks) of(urls map[string]string) bool {
	if len(urls) != len(m.urls) {
		return false
	}
	for name, url := range urls {
		if marked := m.urls[name]; marked == "" || hashIn(name, url) < 0 && marked != url {
			return false
		}
	}
	return true
}

// same reports whether layouts that know these marks know the same assets.
func (m *marks) same(o *marks) bool {
	return m == o || slices.Equal(m.names, o.names) && len(m.urls) == len(o.urls) && o.knows(m.urls)
}

// knows reports whether there is an asset of each of these names.
func (m *marks) knows(urls map[string]string) bool {
	for name := range urls {
		if m.urls[name] == "" {
			return false
		}
	}
	return true
}

// length is that of a mark.
func (m *marks) length() int { return len(m.prefix) + 5 }

// hashed is where a hash stands in a page.
type hashed struct {
	at    int
	asset int // index into marks.names
}

// fill appends a rendered page with the hashes in place of the marks.
func (m *marks) fill(b, page []byte, hashes []string) ([]byte, []hashed) {
	var found []hashed
	start := len(b)
	for {
		at := bytes.Index(page, m.prefix)
		if at < 0 || at+m.length() > len(page) {
			return append(b, page...), found
		}
		n, err := strconv.ParseInt(string(page[at+len(m.prefix):at+m.length()]), 16, 64)
		asset := int(n) - 1<<16
		if err != nil || asset < 0 || asset >= len(hashes) { // a layout took it apart
			b, page = append(b, page[:at+1]...), page[at+1:]
			continue
		}
		b = append(b, page[:at]...)
		found = append(found, hashed{len(b) - start, asset})
		b, page = append(b, hashes[asset]...), page[at+m.length():]
	}
}

// hashes are those of the assets, in the order of names.
func (m *marks) hashes(urls map[string]string) []string {
	list := make([]string, len(m.names))
	for i, name := range m.names {
		at := hashIn(name, urls[name])
		list[i] = urls[name][at : at+hashLength]
	}
	return list
}

// refill is a page with other hashes.
func refill(page []byte, found []hashed, hashes []string) []byte {
	page = bytes.Clone(page)
	for _, h := range found {
		copy(page[h.at:], hashes[h.asset])
	}
	return page
}
