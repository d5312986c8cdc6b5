package main

import (
	"fmt"
	"strings"
)

// words is the vocabulary: plain, and free of the names of pages and of hedges,
// so that the builder finds nothing to warn of.
var words = strings.Fields(`
	the a of to in and that it was for on are as with they at be this from have
	or by one had not but what all were when we there can an your which their
	said if do will each about how up out them then she many some so these would
	other into has more her two like him see time look only come its over think
	also back after use work first well even want because any give most us river
	border trade market harbour mountain winter summer season council village
	treaty railway bridge garden letter silver copper harvest weather company
	village island ocean valley forest museum library painter engine lantern
	morning evening window corner table ladder basket kitchen saddle wagon`)

// random is splitmix64: tiny, and the same on every machine and in every
// version of Go.
type random uint64

func (r *random) next(n int) int {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

func (r *random) phrase(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = words[r.next(len(words))]
	}
	return strings.Join(out, " ")
}

func (r *random) sentence() string {
	s := r.phrase(8 + r.next(9))
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func (r *random) sentences(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = r.sentence()
	}
	return strings.Join(out, " ")
}

// page is a page's file: about 600 words, eight links, two footnotes, a table,
// two lists, and on every tenth page a claim.
func (d dialect) page(n, size int) string {
	r := random(n)
	var b strings.Builder
	linked := func() string { // a paragraph with a link in it
		to := r.next(size - 1)
		if to >= n {
			to++ // never to itself
		}
		return fmt.Sprintf("%s See %s %s. %s", r.sentences(3), d.link(to, r.phrase(2)), r.phrase(6), r.sentence())
	}
	heading := func(marks string) { fmt.Fprintf(&b, "\n%s A %s\n\n", marks, r.phrase(3)) }
	text := func(s string) { b.WriteString(s + "\n\n") }

	b.WriteString(matter(pageTitle(n), r.sentence()))
	text(linked() + "[^a]")
	text(linked())
	heading("##")
	text(linked())
	for range 5 {
		fmt.Fprintf(&b, "- %s\n", r.phrase(6))
	}
	heading("###")
	text(linked() + " *" + r.phrase(3) + "* and **" + r.phrase(2) + "**, ~~" + r.phrase(1) + "~~.")
	heading("##")
	b.WriteString("| what | where | when |\n|---|:---:|---:|\n")
	for range 5 {
		fmt.Fprintf(&b, "| %s | %s | %d |\n", r.phrase(2), r.phrase(2), 1900+r.next(100))
	}
	text("\n" + linked())
	if n%perClaim == 0 {
		text(d.claim(n/perClaim, size, "The "+r.phrase(5), r.sentence()))
	}
	text(linked() + "[^b]")
	heading("##")
	for i := range 4 {
		fmt.Fprintf(&b, "%d. %s\n", i+1, r.phrase(6))
	}
	text("\n" + linked())
	heading("###")
	text(linked())
	fmt.Fprintf(&b, "[^a]: %s\n[^b]: %s\n", r.sentence(), r.sentence())
	return b.String()
}
