package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

// patience is how long a change may take before it counts as not shown.
const patience = 30 * time.Second

var errNone = fmt.Errorf("none in %v", patience)

// preview is a server that runs, and the client that asks it.
type preview struct {
	process *process
	base    string // "http://127.0.0.1:8080"
	client  *http.Client
	failed  bytes.Buffer
}

// start starts a preview of a site and waits for its first page.
func (b *bench) start(c corpus, server func(c corpus, port string) *process) (*preview, time.Duration, error) {
	return b.startAt(pageURL(0), func(port string) *process { return server(c, port) })
}

// startAt starts a preview and waits for a page.
func (b *bench) startAt(page string, server func(port string) *process) (*preview, time.Duration, error) {
	port, err := freePort()
	if err != nil {
		return nil, 0, err
	}
	p := &preview{process: server(port), base: "http://127.0.0.1:" + port, client: &http.Client{Timeout: 10 * time.Minute}}
	p.process.Stderr = &p.failed
	start := time.Now()
	if err := p.process.Start(); err != nil {
		return nil, 0, err
	}
	err = p.await(b.ctx, 10*time.Minute, p.serves(page, ""))
	took := time.Since(start)
	if err != nil {
		p.stop()
		return nil, 0, fmt.Errorf("%s serves no page: %w\n%s", p.process.Path, err, tail(p.failed.String()))
	}
	return p, took, nil
}

func (p *preview) stop() error {
	p.client.CloseIdleConnections()
	return stop(p.process)
}

// freePort is a port that nobody listens on now.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// get asks for a path once, on a connection that is kept.
func (p *preview) get(ctx context.Context, path string) (status int, body []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+path, nil)
	if err != nil {
		return 0, nil, err
	}
	response, err := p.client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	return response.StatusCode, body, err
}

// await asks again and again, without pause, until the answer is as wanted.
func (p *preview) await(ctx context.Context, limit time.Duration, seen func(context.Context) (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		ok, err := seen(ctx)
		switch {
		case errors.Is(ctx.Err(), context.DeadlineExceeded):
			return errNone
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			time.Sleep(time.Millisecond) // it does not listen yet
		case ok:
			return nil
		}
	}
}

// serves asks once whether a path is served and has some bytes in it.
func (p *preview) serves(path string, want string) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		status, body, err := p.get(ctx, path)
		return status == http.StatusOK && bytes.Contains(body, []byte(want)), err
	}
}

// misses asks once whether a path is not served.
func (p *preview) misses(path string) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		status, _, err := p.get(ctx, path)
		return status == http.StatusNotFound, err
	}
}

var sheet = regexp.MustCompile(`<link rel="?stylesheet"? href="?([^" >]+)`)

// styles asks once for a page and then for its style sheet.
func (p *preview) styles(page, want string) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		_, body, err := p.get(ctx, page)
		if err != nil {
			return false, err
		}
		link := sheet.FindSubmatch(body)
		if link == nil {
			return false, nil
		}
		at, err := url.Parse(page)
		if err != nil {
			return false, err
		}
		to, err := at.Parse(string(link[1]))
		if err != nil {
			return false, err
		}
		return p.serves(to.Path, want)(ctx)
	}
}
