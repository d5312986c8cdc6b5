package pipeline

import (
	"flag"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"analysis/builder/internal/publish"
)

var (
	operationCount = flag.Int("operations", 400, "how many operations TestLongRun makes")
	seed           = flag.Uint64("seed", 1, "which operations TestLongRun makes")
)

// FuzzIncremental is the promise of the whole builder: whatever is done to a
// site, a Builder that has seen it all makes the same of it as one that sees it
// for the first time, and so does the folder into which every state was
// published.
func FuzzIncremental(f *testing.F) {
	f.Fuzz(func(t *testing.T, moves []byte) {
		d := newEditorModel(t, Options{})
		d.moves = moves[:min(len(moves), 200)]
		for step := 1; len(d.moves) > 0; step++ {
			d.move()
			// To read a whole site and write it anew takes the most time.
			d.compare(step%4 == 0 || len(d.moves) == 0)
		}
	})
}

// TestLongRun keeps the promise for as many operations as one likes, the same ones
// for the same seed. One Builder and one output folder live through 500 of them;
// the next ones have other options. See compare for what is compared after each.
func TestLongRun(t *testing.T) {
	chance := rand.New(rand.NewPCG(*seed, 0))
	variants := []Options{{}, {Drafts: true, BaseURL: "https://example.org/"}, {}, {Portable: true}, {Single: true}}
	var d *editorModel
	compared, good := 0, 0
	for step := range *operationCount {
		if step%500 == 0 {
			if d != nil {
				compared += d.compared
			}
			d = newEditorModel(t, variants[step/500%len(variants)])
		}
		d.moves = nil
		for range 64 {
			d.moves = append(d.moves, byte(chance.Uint32()))
		}
		d.move()
		d.compare(step%20 == 0)
		if d.last.OK() {
			good++
		}
	}
	t.Logf("%d operations, %d builds compared, 0 differences (seed %d); the site was good after %d of them",
		*operationCount, compared+d.compared, *seed, good)
}

// compare builds and compares, and fails at the first difference:
//   - an incremental build with that of a new Builder: files and their sums, findings,
//     number of pages;
//   - one more build with that: it has the same, and renders no page;
//   - the Snapshot before these with itself: no build has changed its files;
//   - if the move touched only what is none of the site's, the Snapshot before
//     with the one after: no page is rendered;
//   - the folder into which every good state is published, if due, with one into
//     which this state alone is published.
func (d *editorModel) compare(due bool) {
	t := d.t
	t.Helper()
	junk, before := d.junk, d.last
	d.junk = false
	fresh := d.run(New(d.options()))
	full := d.run(d.builder)
	d.same("an incremental and a clean build", full, fresh)
	if junk && before.OK() && full.Rendered > 0 {
		d.fatal("%d pages are rendered for a file that is ignored", full.Rendered)
	}
	if junk {
		d.same("builds before and after an ignored file", full, before)
	}
	if before != nil {
		if got := sums(before); !maps.Equal(got, d.sums) {
			d.fatal("the files of the build before were\n%v\nand are\n%v", d.sums, got)
		}
	}
	d.last, d.sums = full, sums(full)
	if !full.OK() {
		return
	}
	again := d.run(d.builder)
	d.same("a build without changes and the one before", again, full)
	if again.Rendered != 0 {
		d.fatal("%d pages are rendered again though nothing changed", again.Rendered)
	}
	must(t, publishInto(d.out, full.Files))
	if !due {
		return
	}
	clean := d.path("clean")
	must(t, publishInto(clean, fresh.Files))
	if got, want := tree(t, d.out), tree(t, clean); !maps.Equal(got, want) {
		d.fatal("published step by step:\n%v\nat once:\n%v", got, want)
	}
	if got, want := strings.Join(folders(t, d.out), " "), strings.Join(folders(t, clean), " "); got != want {
		d.fatal("folders published step by step: %s; at once: %s", got, want)
	}
	d.remove("clean")
}

// sums are those of a Snapshot's files, by name, as their bytes are now.
func sums(s *Snapshot) map[string]string {
	all := make(map[string]string, len(s.Files))
	for name, f := range s.Files {
		all[name] = publish.NewFile(f.Data).Sum
	}
	return all
}

// same fails if two builds differ.
func (d *editorModel) same(what string, a, b *Snapshot) {
	d.t.Helper()
	d.compared++
	if list := differences(a, b); len(list) > 0 {
		d.fatal("%s differ:\n%s", what, strings.Join(list, "\n"))
	}
}
