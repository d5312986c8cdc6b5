package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"
)

// oursServer previews with our program.
func (b *bench) oursServer(c corpus, port string) *process {
	return b.command(b.builder, append([]string{"serve", "-addr", "127.0.0.1:" + port}, c.folders()...)...)
}

// starts measures how long our preview takes to its first answer.
func (b *bench) starts(all []corpus) error {
	fmt.Print("\nFrom the start of our preview to its first page, median and maximum in ms\n\n")
	for _, c := range all {
		var took []time.Duration
		for range b.roundsOf(c) {
			p, d, err := b.start(c, b.oursServer)
			if err != nil {
				return err
			}
			if err := p.stop(); err != nil {
				return err
			}
			took = append(took, d)
		}
		fmt.Printf("%7d %7.0f %8.0f\n", c.size, ms(median(took)), ms(slices.Max(took)))
	}
	return nil
}

// analysis builds content/ as it is, into a new folder each time, and starts the
// preview of it. It comes first, so that a mistake in there does not end a long run.
func (b *bench) analysis() error {
	var built, started []time.Duration
	for i := range b.rounds {
		out := filepath.Join(b.dir, fmt.Sprintf("analysis-%d", i))
		c, err := b.finish(b.command(b.builder, "build", "-out", out))
		if err != nil {
			return err
		}
		p, d, err := b.startAt("/", func(port string) *process { return b.command(b.builder, "serve", "-addr", "127.0.0.1:"+port) })
		if err != nil {
			return err
		}
		if err := p.stop(); err != nil {
			return err
		}
		built, started = append(built, c.wall), append(started, d)
	}
	fmt.Printf("\nThis repository's analysis, from the start of the process: built cold median %.0f ms, maximum %.0f ms; first page served median %.0f ms, maximum %.0f ms\n",
		ms(median(built)), ms(slices.Max(built)), ms(median(started)), ms(slices.Max(started)))
	return nil
}
