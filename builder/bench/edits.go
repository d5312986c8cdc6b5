package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
)

// edit is one way to change a site.
type edit struct {
	name   string
	change func(s *session, mark string) (change, error)
}

// change is a file with its new bytes (nil to delete it), and the question
// whether they are served.
type change struct {
	file string
	data []byte
	seen func(context.Context) (bool, error)
}

var edits = []edit{
	{"body", changeBody},
	{"title", changeTitle},
	{"new page", newPage},
	{"deleted page", deletedPage},
	{"layout", changeLayout},
	{"style sheet", changeStyle},
}

// replaced is a file with one stretch of it replaced.
func (s *session) replaced(name, old, now string) (change, error) {
	file, data, err := s.original(name)
	return change{file: file, data: bytes.Replace(data, []byte(old), []byte(now), 1)}, err
}

func changeBody(s *session, mark string) (change, error) {
	c, err := s.replaced("content/"+pageFile(3), "\n## ", "\nNow "+mark+".\n\n## ")
	c.seen = s.serves(pageURL(3), mark)
	return c, err
}

// changeTitle waits for the new title in the navigation of another page.
func changeTitle(s *session, mark string) (change, error) {
	c, err := s.replaced("content/"+pageFile(5), "title: "+pageTitle(5), "title: "+pageTitle(5)+" "+mark)
	c.seen = s.serves(pageURL(8), mark)
	return c, err
}

func newPage(s *session, mark string) (change, error) {
	c, address := s.added(mark)
	c.seen = s.serves(address, mark)
	return c, nil
}

// added is a page in the first section that no other page links to.
func (s *session) added(id string) (c change, address string) {
	name := "pages/" + sectionID(0) + "/" + id
	c.file = filepath.Join(s.dir, "content", filepath.FromSlash(name)+".md")
	c.data = []byte(matter("New "+id, "It was not there before.") + "A new page.\n")
	s.first[c.file] = nil
	return c, "/" + name + "/"
}

// deletedPage makes a page, waits for it, and has it deleted.
func deletedPage(s *session, mark string) (change, error) {
	c, address := s.added(mark)
	if err := os.WriteFile(c.file, c.data, 0o644); err != nil {
		return c, err
	}
	if err := s.await(s.ctx, patience, s.serves(address, mark)); err != nil {
		return c, err
	}
	s.settle(0)
	c.data, c.seen = nil, s.misses(address)
	return c, nil
}

// changeLayout changes the base of all pages.
func changeLayout(s *session, mark string) (change, error) {
	name := "layouts/base.html"
	if s.dialect.root == inHugo.root {
		name = "layouts/baseof.html"
	}
	c, err := s.replaced(name, "edition 0", "edition "+mark)
	c.seen = s.serves(pageURL(3), mark)
	return c, err
}

// changeStyle waits for the sheet that a page links to.
func changeStyle(s *session, mark string) (change, error) {
	name := "static/css/site.css"
	if s.dialect.root == inHugo.root {
		name = "assets/css/site.css"
	}
	c, err := s.replaced(name, "edition 0", "edition "+mark)
	c.seen = s.styles(pageURL(3), mark)
	return c, err
}
