package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// saved measures the time from a save to the new bytes.
func (b *bench) saved(all []corpus) error {
	fmt.Print("\nFrom save to new bytes, median and maximum in ms\n\n")
	fmt.Printf("%7s  %-8s", "pages", "program")
	for _, e := range edits {
		fmt.Printf(" %16s", e.name)
	}
	fmt.Println()
	for _, c := range all {
		if err := b.savedWith(c, "ours", inOurs, b.oursServer); err != nil {
			return err
		}
		switch {
		case b.hugo == "":
		case c.size > hugoServerLimit:
			fmt.Printf("%7d  %-8s not run\n", c.size, "hugo")
		default:
			if err := b.savedWith(c, "hugo", inHugo, b.hugoServer); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) savedWith(c corpus, name string, d dialect, server func(corpus, string) *process) (err error) {
	p, _, err := b.start(c, server)
	if err != nil {
		return err
	}
	defer p.stop()
	fmt.Printf("%7d  %-8s", c.size, name)
	s := &session{b, p, filepath.Join(c.dir, d.root), d, map[string][]byte{}}
	defer func() { err = cmp.Or(err, s.restore()) }()
	for _, e := range edits {
		took, err := s.rounds(e, b.roundsOf(c))
		if errors.Is(err, errNone) {
			fmt.Printf(" %16s", err)
			continue
		}
		if err != nil {
			fmt.Println()
			p.stop() // or it would still write what it has to say
			return fmt.Errorf("%s, %s: %w\n%s", name, e.name, err, tail(p.failed.String()))
		}
		fmt.Printf(" %7.0f %8.0f", ms(median(took)), ms(slices.Max(took)))
	}
	fmt.Println()
	return nil
}

// session is a preview whose files are edited.
type session struct {
	*bench
	*preview
	dir     string // of the site
	dialect dialect
	first   map[string][]byte // edited files as they were
}

// rounds makes the same kind of edit several times.
func (s *session) rounds(e edit, n int) (took []time.Duration, err error) {
	for i := range n {
		s.settle(i)
		c, err := e.change(s, fmt.Sprintf("%s-%d", strings.ReplaceAll(e.name, " ", "-"), i+1))
		if err != nil {
			return nil, err
		}
		d, err := s.measure(c)
		if err != nil {
			return nil, err
		}
		took = append(took, d)
	}
	return took, nil
}

// settle waits for the preview to be done with the last edit. The pauses differ,
// so that no clock in the preview falls into step with them.
func (s *session) settle(i int) {
	time.Sleep(500*time.Millisecond + time.Duration(i)*37*time.Millisecond)
}

// measure saves a file in place, as many editors do, and waits for the change to
// be served.
func (s *session) measure(c change) (time.Duration, error) {
	start := time.Now()
	if err := save(c.file, c.data); err != nil {
		return 0, err
	}
	err := s.await(s.ctx, patience, c.seen)
	return time.Since(start), err
}

func save(file string, data []byte) error {
	if data == nil {
		return os.Remove(file)
	}
	return os.WriteFile(file, data, 0o644)
}

// original is a file of the site as it was before any edit.
func (s *session) original(name string) (file string, data []byte, err error) {
	file = filepath.Join(s.dir, filepath.FromSlash(name))
	data, known := s.first[file]
	if !known {
		if data, err = os.ReadFile(file); err == nil {
			s.first[file] = data
		}
	}
	return file, data, err
}

// restore puts the edited files back.
func (s *session) restore() error {
	for file, data := range s.first {
		if err := save(file, data); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}
