package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
)

// allocsCommand is the first argument with which this program builds the site of
// a corpus in itself, to see what our builder allocates. It is a process of its
// own so that the one that measures stays small.
const allocsCommand = "allocs"

func (c corpus) options() pipeline.Options {
	return pipeline.Options{Content: c.ours("content"), Layouts: c.ours("layouts"), Static: c.ours("static")}
}

// allocs prints the number of allocations of a build, and their bytes. What is
// written to the disk is not part of it.
func allocs(dir string) error {
	c := corpus{dir: dir}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s, err := pipeline.New(c.options()).Build(context.Background(), publish.Memory{})
	runtime.ReadMemStats(&after)
	if err != nil {
		return err
	}
	if !s.OK() {
		return errors.New("the corpus has errors")
	}
	fmt.Println(after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc)
	return nil
}

func (b *bench) printAllocs(c corpus) error {
	p := b.command(b.self, allocsCommand, c.dir)
	p.Stderr = os.Stderr
	out, err := p.Output()
	if err != nil {
		return fmt.Errorf("count allocations: %w", err)
	}
	var number, bytes float64
	if _, err := fmt.Sscan(string(out), &number, &bytes); err != nil {
		return err
	}
	size := float64(c.size)
	fmt.Printf("%7d  ours allocates %.0f times and %.0f KiB a page\n", c.size, number/size, bytes/size/(1<<10))
	return nil
}
