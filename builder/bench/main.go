// Command bench measures the builder against a floor and against Hugo, in one
// run, on a made-up site of each size.
//
//	go run ./builder/bench [-sizes 100,1000,10000,50000] [-rounds 5] [-quick] [-scale NAMES] [-hugo FILE] [-keep DIR]
//
// The site has as many pages as its size says, of about 600 words each, with
// headings, lists, a table, footnotes and eight links to other pages; every
// tenth page tells a claim. Fifty pages are a folder, so a page's navigation
// has fifty entries. Hugo gets the same text in its own form, and layouts that
// show the same. Pages per second count those pages and no others.
//
// The floor is what no builder that starts afresh does without: for every page
// read the file, split off the front matter, convert the Markdown (with tables,
// strikethrough and footnotes), put it between strings with a navigation that
// was made before, and write the file; on all processors, as a process of its
// own. It knows no titles of other pages, checks no link and marks nothing.
//
// What is measured:
//
//   - cold builds: each program is a new process and its output folder is gone;
//     the programs take turns, round by round, and each figure is the median of
//     the rounds: wall time, processor time, peak memory (which Linux never
//     tells lower than this command's own, so that of the floor may be less);
//   - from save to new bytes: a preview runs, a file is written in place, and a
//     client asks for the page without pause until it has changed; for a title
//     the page is a neighbour that shows it in its navigation. The client takes
//     its share of the processors, from all programs alike;
//   - starts, ours only: from the start of the preview to its first answer, and
//     a cold build of the analysis in this repository;
//   - growth, ours only: of about a hundred constructs, each on a small site, the
//     processor time at n, 2n and 4n, where twice the input should take at most 2.5
//     times as long. -scale 'nested|claims' measures only those whose names match,
//     and -scale . only this table.
//
// Hugo's preview keeps serving a page whose file was deleted until it is started
// anew, so "none in 30s" is what is to be expected there.
//
// The programs do not do the same. Ours alone checks every link and anchor,
// makes a page of each claim, links names, finds the sentences around
// backlinks, and writes the index of the search and the claims as data. Hugo
// computes backlinks only as "hugo+backlinks", by the template that its sites
// use, whose time grows with the square of the pages; it is not run beyond 1000.
//
// Nothing is asserted: the command prints, and fails only if a program does. Give
// it a folder in memory (TMPDIR) to measure programs and not a disk: where making a
// file takes a millisecond, as on some disks after many were deleted, all programs
// are equally slow.
//
// # Where the time goes
//
// Of the processor time of a cold build of 10,000 pages, by pprof:
//
//	parse          36 %   goldmark's own parser and renderer 22, front matter 3.5
//	render         23     layouts 12, writing and hashing 11
//	names          10     finding and linking them, with backlinks
//	search index    6
//	lint            3.5
//	scan            3.5
//
// The rest is for the most part garbage collection and Go's runtime. A save costs
// what has changed, and for all else a comparison, mostly of pointers (see package
// memo).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) == 4 && os.Args[1] == floorCommand {
		exit(floor(os.Args[2], os.Args[3]))
	}
	if len(os.Args) == 3 && os.Args[1] == allocsCommand {
		exit(allocs(os.Args[2]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	exit(run(ctx, os.Args[1:]))
}

func exit(err error) {
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// bench is what the measurements share.
type bench struct {
	ctx     context.Context
	sizes   []int
	rounds  int
	quick   bool
	only    string // the constructs to measure, and nothing else
	dir     string // of everything that is written
	self    string // this program, which is the floor as well
	builder string // ours, built once
	hugo    string // "" if it is not installed
}

func run(ctx context.Context, args []string) (err error) {
	b := &bench{ctx: ctx}
	var keep string
	if keep, err = b.flags(args); err != nil {
		return err
	}
	if b.dir, err = workplace(keep); err != nil {
		return err
	}
	if keep == "" {
		defer os.RemoveAll(b.dir)
	}
	if err := b.prepare(); err != nil {
		return err
	}
	if b.only != "" {
		return b.scale()
	}
	if err := b.analysis(); err != nil {
		return err
	}
	all, err := b.corpora()
	if err != nil {
		return err
	}
	for _, measure := range []func([]corpus) error{b.cold, b.starts, b.saved} {
		if err := measure(all); err != nil {
			return err
		}
	}
	return b.scale()
}

func (b *bench) flags(args []string) (keep string, err error) {
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := f.String("sizes", "100,1000,10000,50000", "numbers of pages, ascending")
	f.IntVar(&b.rounds, "rounds", 5, "rounds, of which the median is taken")
	f.BoolVar(&b.quick, "quick", false, "no more than two rounds from 50000 pages on")
	f.StringVar(&b.only, "scale", "", "measure only the growth of these constructs, a regular expression; . for all")
	f.StringVar(&b.hugo, "hugo", "", "Hugo's program, if it is not on the path")
	f.StringVar(&keep, "keep", "", "empty folder in which everything is left to look at")
	if err := f.Parse(args); err != nil {
		return "", err
	}
	if f.NArg() > 0 || b.rounds < 1 {
		return "", errors.New("give flags only, and at least one round")
	}
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil {
			return "", fmt.Errorf("-sizes: %q is no number of pages", s)
		}
		b.sizes = append(b.sizes, n)
	}
	return keep, nil
}

// workplace is the folder to write into: a new one, or the one to keep.
func workplace(keep string) (string, error) {
	if keep == "" {
		return os.MkdirTemp("", "bench-")
	}
	if err := os.MkdirAll(keep, 0o755); err != nil {
		return "", err
	}
	if entries, err := os.ReadDir(keep); err != nil || len(entries) > 0 {
		return "", fmt.Errorf("-keep: the folder %q is not empty", keep)
	}
	return filepath.Abs(keep)
}

// prepare builds our program and finds the others.
func (b *bench) prepare() (err error) {
	if _, err := os.Stat("builder/main.go"); err != nil {
		return errors.New("run this in the folder of the repository")
	}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	b.builder = filepath.Join(b.dir, "builder")
	if _, err := b.finish(b.command("go", "build", "-o", b.builder, "./builder")); err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d processors, %s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), time.Now().Format(time.DateOnly))
	return b.findHugo()
}

// corpora writes the sites.
func (b *bench) corpora() (all []corpus, err error) {
	for _, size := range b.sizes {
		c, err := writeCorpus(filepath.Join(b.dir, strconv.Itoa(size)), size)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// roundsOf is how often a site of that size is measured.
func (b *bench) roundsOf(c corpus) int {
	if b.quick && c.size >= 50_000 {
		return min(b.rounds, 2)
	}
	return b.rounds
}
