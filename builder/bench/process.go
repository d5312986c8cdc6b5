package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// process is a program that is run and measured.
type process = exec.Cmd

// command makes one that ends with this program.
func (b *bench) command(name string, args ...string) *process {
	p := exec.CommandContext(b.ctx, name, args...)
	p.WaitDelay = 5 * time.Second
	return p
}

// cost is what a process took. On Linux its peak cannot be lower than that of
// the process which started it, so this program stays small: whatever needs
// memory is a process of its own.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes; 0 where the system does not say
}

// finish runs a process to its end.
func (b *bench) finish(p *process) (cost, error) {
	var said bytes.Buffer
	if p.Stdout == nil {
		p.Stdout = &said
	}
	p.Stderr = &said
	start := time.Now()
	err := p.Run()
	wall := time.Since(start)
	if b.ctx.Err() != nil {
		return cost{}, context.Cause(b.ctx)
	}
	took := cost{wall: wall}
	if s := p.ProcessState; s != nil {
		took.cpu, took.peak = s.UserTime()+s.SystemTime(), peak(s)
	}
	if err != nil {
		return took, fmt.Errorf("%s: %w\n%s", strings.Join(p.Args, " "), err, tail(said.String()))
	}
	return took, nil
}

// tail is the end of what a program said.
func tail(s string) string {
	if len(s) > 2000 {
		s = "…" + s[len(s)-2000:]
	}
	return strings.TrimSpace(s)
}

// stop ends a server that was started.
func stop(p *process) error {
	if err := p.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	var ended *exec.ExitError
	if err := p.Wait(); err != nil && !errors.As(err, &ended) {
		return err
	}
	return nil
}

// median is the middle of a list, or the mean of the two in the middle.
func median[T ~int64](list []T) T {
	s := slices.Sorted(slices.Values(list))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// medians is the median of each part by itself.
func medians(list []cost) cost {
	var wall, cpu []time.Duration
	var peak []int64
	for _, c := range list {
		wall, cpu, peak = append(wall, c.wall), append(cpu, c.cpu), append(peak, c.peak)
	}
	return cost{median(wall), median(cpu), median(peak)}
}
