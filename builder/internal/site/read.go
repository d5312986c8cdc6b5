package site

// read finds what the texts mention: names, and the sentences in which other
// pages are linked. What a Document says stays the same as long as the Document,
// its links and the names of the site do.
func (w *placing) read() {
	var last *names
	if w.last != nil {
		last = w.last.work.names
	}
	w.names = newNames(w.entries, last)
	w.each(len(w.entries), func(from, to int) {
		var s sentences
		for _, e := range w.entries[from:to] {
			e.findNames(w.names, last)
			if e.same() && sameList(e.links, e.was.links) && sameList(e.names, e.was.names) {
				e.mentions = e.was.mentions
			} else {
				e.mentions = s.mentions(e)
			}
		}
	})
	w.each(len(w.claims), func(from, to int) {
		for _, c := range w.claims[from:to] {
			c.findNames(w.names, last)
		}
	})
}

// findNames finds the names in a text. If they are those of the last time, so is
// the list.
func (e *entry) findNames(names, last *names) {
	if names == last && e.same() && sameList(e.links, e.was.links) {
		e.names = e.was.names
		return
	}
	if e.names = names.find(e); e.was != nil && same(e.names, e.was.names) {
		e.names = e.was.names
	}
}
