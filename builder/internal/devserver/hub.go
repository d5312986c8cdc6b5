package devserver

import (
	"bytes"
	"net/url"
	"path"
	"strings"
	"sync"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/site"
)

// hub knows the browsers: who waits, and which pages they were shown.
//
// It tells those that wait that there is something new. What is new they read
// from the state, so a message says nothing and one in store is enough.
type hub struct {
	mutex   sync.Mutex
	clients map[chan struct{}]bool
	shown   map[string]*site.Page // as they last were, by file
}

// join returns a channel that receives from now on.
func (h *hub) join() chan struct{} {
	c := make(chan struct{}, 1)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.clients == nil {
		h.clients = map[chan struct{}]bool{}
	}
	h.clients[c] = true
	return c
}

func (h *hub) leave(c chan struct{}) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	delete(h.clients, c)
}

// tell never waits.
func (h *hub) tell() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for c := range h.clients {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// remember notes that a file was shown, if it is a page.
func (h *hub) remember(s *site.Site, name string) {
	if path.Ext(name) != ".html" || s == nil {
		return
	}
	address := strings.TrimSuffix(name, "index.html")
	for _, p := range s.Pages {
		if p.URL == address {
			h.mutex.Lock()
			defer h.mutex.Unlock()
			if h.shown == nil {
				h.shown = map[string]*site.Page{}
			}
			h.shown[name] = p
			return
		}
	}
}

// successor returns the address that leads on from a file that is not there:
// that of the page that stood in it, if it seems to have moved, or else of one
// nearby.
func (h *hub) successor(now *pipeline.Snapshot, name string) (address string, moved bool) {
	h.mutex.Lock()
	was := h.shown[name]
	h.mutex.Unlock()
	link := func(to string) string { return (&url.URL{Path: "/" + to}).EscapedPath() }
	has := func(to *site.Ref) bool { return to != nil && now.Files[fileOf(to.URL)] != nil }
	if was != nil && was.Kind != site.KindRedirect && now.Site != nil {
		for _, same := range []func(p *site.Page) bool{
			func(p *site.Page) bool { return p.ID == was.ID && p.ID != "" },
			func(p *site.Page) bool { return bytes.Equal(textOf(p), textOf(was)) && len(textOf(was)) > 0 },
			func(p *site.Page) bool { return p.Title == was.Title },
		} {
			for _, p := range now.Site.Pages {
				if p.Kind == was.Kind && same(p) && has(p.Ref) {
					return link(p.URL), true
				}
			}
		}
		if was.Claim != nil && has(was.Claim.On) {
			return link(was.Claim.On.URL), false
		}
		if was.Section != nil && has(was.Section.Index) {
			return link(was.Section.Index.URL), false
		}
	}
	folder := strings.TrimSuffix(name, "index.html")
	for folder != "" {
		folder = folder[:strings.LastIndex(strings.TrimSuffix(folder, "/"), "/")+1]
		if now.Files[folder+"index.html"] != nil {
			break
		}
	}
	return link(folder), false
}

// textOf returns what the file of a page says; nil if no file makes it.
func textOf(p *site.Page) []byte {
	if p.Doc == nil {
		return nil
	}
	return p.Doc.HTML
}

// fileOf returns the file that is served at an address below the root.
func fileOf(address string) string {
	if address == "" || strings.HasSuffix(address, "/") {
		return address + "index.html"
	}
	return address
}
