// Package linkcheck asks the addresses of other sites that an analysis leads to, for
// `check -links` alone. It takes a Site and earlier answers, and returns answers and diagnostics.
//
// Invariant: at most four requests run at a time, and one for each host, also behind redirects;
// each is followed by a pause. No body is read. A host that asks for patience is left alone. Nothing
// is sent to this machine or to a private network, whatever leads there, unless Local is set.
//
// Deliberately absent: proxies, which would hide where a name leads; cookies; passwords.
package linkcheck

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/site"
)

// Checker asks addresses.
type Checker struct {
	Agent          string // how it names itself
	Today          time.Time
	Days           int // how long an answer is kept
	Local          bool
	Timeout, Pause time.Duration        // of a request, and between two
	Progress       func(asked, all int) // called after each address, one call at a time

	send http.RoundTripper // nil for the network
}

// Answer is what an address answered.
type Answer struct {
	Asked  string `json:"asked"`           // the day: 2026-11-23
	Status int    `json:"status"`          // of HTTP
	Moved  string `json:"moved,omitempty"` // where it has moved for good
	Leads  string `json:"leads,omitempty"` // where it leads for the time being
	err    error  // if there was no answer
}

// Check asks the addresses of a site for which known has no answer. It returns the answers that
// would be the same tomorrow, what is wrong, and the numbers of addresses and of those asked.
func (c *Checker) Check(ctx context.Context, s *site.Site, known map[string]Answer) (kept map[string]Answer, found []diag.Diagnostic, all, asked int) {
	c.send = cmp.Or[http.RoundTripper](c.send, &http.Transport{DialContext: (&net.Dialer{Control: c.control}).DialContext, MaxConnsPerHost: 1, ForceAttemptHTTP2: true, DisableKeepAlives: true})
	places, byHost, old, kept := addresses(s), map[string][]string{}, 0, map[string]Answer{}
	for address := range places {
		if day := known[address].Asked; day > c.Today.AddDate(0, 0, -c.Days).Format(time.DateOnly) && day <= c.Today.Format(time.DateOnly) {
			kept[address] = known[address]
		} else {
			host := strings.ToLower(strings.Split(address, "/")[2])
			byHost[host], old = append(byHost[host], address), old+1
		}
	}
	var workers sync.WaitGroup
	var mu sync.Mutex
	hosts := make(chan []string)
	for range 4 {
		workers.Go(func() {
			for list := range hosts {
				for _, address := range list {
					a := c.ask(ctx, address)
					if ctx.Err() != nil {
						break
					}
					mu.Lock()
					kept[address], asked = a, asked+1
					c.Progress(asked, old)
					mu.Unlock()
					if a.Status == 429 || a.Status == 503 {
						break
					}
					c.rest(ctx)
				}
			}
		})
	}
	for _, list := range byHost {
		hosts <- list
	}
	close(hosts)
	workers.Wait()
	for address, a := range kept {
		if what, severity := a.finding(); what != "" {
			for _, at := range places[address] {
				found = append(found, diag.Diagnostic{Position: at, Severity: severity, Message: address + " " + what,
					Hint: "look at it in a browser; name where it is now, or a copy in an archive"})
			}
		}
		if a.Status < 200 || a.Status >= 500 || a.Status == 429 {
			delete(kept, address)
		}
	}
	return kept, found, len(places), asked
}

// addresses returns where each address stands.
func addresses(s *site.Site) map[string][]diag.Position {
	places := map[string][]diag.Position{}
	add := func(address string, at diag.Position) {
		if address, _, _ = strings.Cut(address, "#"); address != "" && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
			places[address] = append(places[address], at)
		}
	}
	add(s.Config.LicenseURL(), s.Config.LicenseAt)
	for _, p := range s.Pages {
		for _, l := range p.Doc.Outside {
			add(l.Target, diag.Position{File: p.Doc.Path, Line: l.Line, Column: l.Column})
		}
		add(p.Doc.Front.URL, p.Doc.Front.URLAt)
		add(p.Doc.Front.Archived, p.Doc.Front.ArchivedAt)
	}
	return places
}

// finding says what is wrong with an address, "" if nothing is.
func (a Answer) finding() (string, diag.Severity) {
	status := fmt.Sprintf("%d %s, on %s", a.Status, http.StatusText(a.Status), a.Asked)
	switch {
	case a.err != nil:
		return "does not answer: " + a.err.Error(), diag.Warning
	case a.Status == 404, a.Status == 410:
		return "is gone: " + status, diag.Warning
	case a.Status >= 500:
		return "fails: " + status, diag.Warning
	case a.Status >= 400:
		return "does not answer a program: " + status, diag.Note
	case a.Status >= 300:
		return "leads on to nothing: " + status, diag.Warning
	case a.Moved != "":
		return "has moved to " + a.Moved, diag.Note
	case a.Leads != "":
		return "leads on to " + a.Leads + " at present", diag.Note
	}
	return "", ""
}

// ask asks an address with HEAD, and with GET if that fails.
func (c *Checker) ask(ctx context.Context, address string) Answer {
	a := c.request(ctx, http.MethodHead, address)
	if a.err == nil && a.Status < 300 || errors.Is(a.err, errLocal) || a.Status == 429 || a.Status == 503 || ctx.Err() != nil {
		return a
	}
	c.rest(ctx)
	return c.request(ctx, http.MethodGet, address)
}

// rest waits until the next request may be made.
func (c *Checker) rest(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(c.Pause):
	}
}

func (c *Checker) request(ctx context.Context, method, address string) Answer {
	a, permanent := Answer{Asked: c.Today.Format(time.DateOnly)}, true
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(c.Timeout, func() { cancel(context.DeadlineExceeded) })
	defer timer.Stop()
	client := http.Client{Transport: c.send, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if permanent = permanent && (r.Response.StatusCode == 301 || r.Response.StatusCode == 308); permanent {
			a.Moved = r.URL.String()
		} else {
			a.Leads = r.URL.String()
		}
		if len(via) > 10 {
			return errors.New("it leads on more than ten times")
		}
		timer.Stop()
		c.rest(ctx)
		timer.Reset(c.Timeout)
		return nil
	}}
	r, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err == nil {
		r.URL.User, r.Header = nil, http.Header{"User-Agent": {c.Agent}}
		var answer *http.Response
		if answer, err = client.Do(r); err == nil {
			a.Status, err = answer.StatusCode, answer.Body.Close()
		}
	}
	if err != nil && errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		a.err = fmt.Errorf("nothing came within %s", c.Timeout)
	} else if err != nil {
		a.err = cmp.Or(errors.Unwrap(err), err) // without the address again
	}
	return a
}

// special lists what netip takes for public and is not, or leads to other addresses.
var special = []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"}

var errLocal = errors.New("it leads to this machine or to a private network, which -links-local asks")

// control lets no connection be made to an address that is not public.
func (c *Checker) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	a := to.Addr().Unmap().WithZone("")
	if c.Local || err == nil && a.IsGlobalUnicast() && !a.IsPrivate() && !slices.ContainsFunc(special, func(p string) bool { return netip.MustParsePrefix(p).Contains(a) }) {
		return nil
	}
	return errLocal
}
