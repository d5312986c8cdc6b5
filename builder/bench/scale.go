package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

const (
	scaleLimit  = 2.5              // how much more time twice the input may take
	scaleTime   = 60 * time.Second // after which a build is ended
	scaleRounds = 3                // of which the fastest counts
	scaleLeast  = 60 * time.Millisecond
	scaleFactor = 32 // by which n may be raised until a build takes scaleLeast
)

// scale builds each of the constructs at its size, twice that and four times that, and
// prints the processor time, less that of an empty site.
func (b *bench) scale() error {
	only, err := regexp.Compile(b.only)
	if err != nil {
		return err
	}
	empty, err := b.fastest("empty", map[string]string{}, 2*scaleRounds)
	if err != nil {
		return err
	}
	fmt.Printf("\nGrowth of single constructs: processor time in ms at n, 2n and 4n, less the %.0f ms of an empty site; how much more each doubling takes; peak at 4n\n\n", ms(empty.cpu))
	missed := 0
	for _, c := range constructs {
		if !only.MatchString(c.name) {
			continue
		}
		n, mark := b.measurable(c, empty.cpu), ""
		took, peak, err := b.doublings(c, n, empty.cpu)
		if err == nil && tooMuch(took) { // twice, since a machine that does other work measures badly
			took, peak, err = b.doublings(c, n, empty.cpu)
		}
		if err != nil {
			return err
		}
		if tooMuch(took) {
			mark, missed = "  MISSED", missed+1
		}
		fmt.Printf("%-34s %8d %8.0f %8.0f %8.0f   ×%-5.2f ×%-5.2f %6.0f MiB%s\n",
			c.name, n, ms(took[0]), ms(took[1]), ms(took[2]), ratio(took[1], took[0]), ratio(took[2], took[1]), float64(peak)/(1<<20), mark)
	}
	fmt.Printf("\n%d above ×%.1f\n", missed, scaleLimit)
	return nil
}

// doublings builds a construct at n, 2n and 4n.
func (b *bench) doublings(c construct, n int, empty time.Duration) (took [3]time.Duration, peak int64, err error) {
	for i := range took {
		best, err := b.fastest(c.name, c.files(n<<i), scaleRounds)
		if errors.Is(err, context.DeadlineExceeded) {
			best.cpu = scaleTime
		} else if err != nil {
			return took, 0, err
		}
		took[i], peak = max(best.cpu-empty, time.Millisecond), best.peak
	}
	return took, peak, nil
}

// tooMuch reports whether a doubling takes more than scaleLimit times as long.
func tooMuch(took [3]time.Duration) bool {
	return took[2] > scaleLeast && max(ratio(took[1], took[0]), ratio(took[2], took[1])) > scaleLimit
}

// measurable returns a number at which a construct takes long enough to be measured, or a
// large one if it never does.
func (b *bench) measurable(c construct, empty time.Duration) int {
	n := c.n
	for ; n < scaleFactor*c.n; n *= 2 {
		if took, err := b.fastest(c.name, c.files(n), 1); err != nil || took.cpu-empty >= scaleLeast {
			break
		}
	}
	return n
}

// fastest writes a site, builds it a few times and returns the lowest cost.
func (b *bench) fastest(name string, files map[string]string, rounds int) (best cost, err error) {
	dir, err := os.MkdirTemp(b.dir, "scale-")
	if err != nil {
		return best, err
	}
	defer os.RemoveAll(dir)
	w := &writer{dir: filepath.Join(dir, "content")}
	w.file("site.yaml", "title: Scale\nlanguage: en\n")
	for _, name := range []string{"index.md", "p/index.md"} {
		w.file(name, matter("Index of "+name, "A folder."))
	}
	for name, text := range files {
		w.file(name, text)
	}
	for i := 0; w.err == nil && i < rounds; i++ {
		ctx, stop := context.WithTimeout(b.ctx, scaleTime)
		p := exec.CommandContext(ctx, b.builder, "build", "-content", w.dir, "-out", filepath.Join(dir, fmt.Sprint(i)))
		c, err := b.finish(p)
		late := ctx.Err()
		stop()
		var exit *exec.ExitError
		if late != nil {
			return c, late
		} else if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) { // 1: findings, which are measured too
			return c, fmt.Errorf("%s: %w", name, err)
		}
		if p.ProcessState != nil {
			c.cpu = p.ProcessState.UserTime() // how long the system takes to make files depends on the disk
		}
		if i == 0 || c.cpu < best.cpu {
			best = c
		}
		if c.cpu > 5*time.Second {
			break
		}
	}
	return best, w.err
}
