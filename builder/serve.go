package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"analysis/builder/internal/devserver"
)

func (c *command) serve(args []string) int {
	var addr string
	var poll time.Duration
	var explain bool
	c.flags.StringVar(&addr, "addr", "127.0.0.1:8080", "where to listen")
	c.flags.DurationVar(&poll, "poll", 0, "look for changes that often")
	c.flags.BoolVar(&explain, "explain", false, "say what was rendered and why")
	c.flags.BoolVar(&c.options.Drafts, "drafts", false, "show drafts as well")
	if status, ok := c.parse(args, 0); !ok {
		return status
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	options := devserver.Options{Addr: addr, Poll: poll, Explain: explain, Build: c.options, Stdout: c.stdout, Stderr: c.stderr}
	if err := devserver.Serve(ctx, options); err != nil {
		return c.fail(err)
	}
	return exitOK
}
