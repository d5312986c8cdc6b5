package devserver

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// hints are what the watcher said since the last build: which files to look at
// first. A save is shown after a look at one file, and not at all of them. No hint is
// ever relied on for good: after each build that followed some, the bell rings once
// more and everything is looked at.
type hints struct {
	mutex sync.Mutex
	names map[string]bool // absolute
	all   bool            // what changed, and not only where a file's bytes did

	again *time.Timer // rings for all; nil if none is due
}

// most is how many hints are worth following one by one.
const most = 100

// secondLook is how long after a build that followed hints everything is looked
// at. Saves that follow each other do not put it off.
const secondLook = 300 * time.Millisecond

// hear notes that a file changed.
func (h *hints) hear(name string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.all = h.all || len(h.names) == most; h.all {
		return
	}
	if h.names == nil {
		h.names = map[string]bool{}
	}
	h.names[name] = true
}

// doubt notes that anything may have changed.
func (h *hints) doubt() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.all = true
}

// take returns the names heard, and forgets them; all if they do not tell enough.
func (h *hints) take() (names []string, all bool) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for name := range h.names {
		names = append(names, name)
	}
	all = h.all || len(names) == 0
	h.names, h.all = nil, false
	return names, all
}

// stop cancels the ring that is due.
func (h *hints) stop() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.again != nil {
		h.again.Stop()
	}
}

// later has f called once everything is to be looked at.
func (h *hints) later(f func()) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.again != nil {
		return
	}
	h.again = time.AfterFunc(secondLook, func() {
		h.mutex.Lock()
		h.again = nil
		h.mutex.Unlock()
		f()
	})
}

// changed returns the files to look at, named as the options name their folders,
// or none if everything must be looked at. It must be called before each scan: then
// it also watches what is not watched yet.
func (b *doorbell) changed() []string {
	names, all := b.hints.take()
	var files []string
	for _, name := range names {
		file, ok := b.plainFile(name)
		if !ok {
			all = true
			break
		}
		files = append(files, file)
	}
	if all {
		b.subscribe()
		return nil
	}
	b.hints.later(b.ringForAll)
	return files
}

// plainFile returns a name as the options have it, if it is or was that of a plain
// file in one of the folders. Folders and links ask for more than a look.
func (b *doorbell) plainFile(name string) (file string, ok bool) {
	if _, dir := b.watched[name]; dir {
		return "", false
	}
	info, err := os.Lstat(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
		return "", false
	}
	for _, folder := range foldersOf(b.options.Build) {
		for _, root := range b.rootOf[folder] {
			if rel, err := filepath.Rel(root, name); err == nil && filepath.IsLocal(rel) && rel != "." {
				return folder + "/" + filepath.ToSlash(rel), true
			}
		}
	}
	return "", false
}
