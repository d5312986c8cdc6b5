package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/publish"
)

// Copy is a published site.
type Copy interface {
	// open returns a file. It returns fs.ErrNotExist if there is none, and with that the
	// page that is shown in place of a file that does not exist, if that was asked for.
	open(ctx context.Context, name string) (io.ReadCloser, error)
	// others lists the files that the copy is known to have, and the folders in it that are
	// sites of their own.
	others() (files, sites []string, err error)
}

// Open opens a copy, in a folder or at an address. Close ends its use.
func Open(at string) (c Copy, close func() error, err error) {
	if strings.Contains(at, "://") {
		base, ok := frontmatter.CleanBaseURL(at)
		if !ok {
			return nil, nil, diag.WithHint(fmt.Errorf("%q is no address of a site", at), "write scheme, host and folder: https://example.org/analysis/")
		}
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConnsPerHost = workers
		return &website{base, http.Client{Transport: transport, CheckRedirect: redirect}}, func() error { transport.CloseIdleConnections(); return nil }, nil
	}
	if info, err := os.Stat(at); err == nil && !info.IsDir() {
		return nil, nil, diag.WithHint(fmt.Errorf("%q is a file, and verify takes the folder or the address of a site", at),
			"a site in a single file holds no "+Name+": build it again with -single, with another name, and compare the two files")
	}
	root, err := os.OpenRoot(at)
	if err != nil {
		return nil, nil, diag.WithHint(fmt.Errorf("open copy: %w", err), "name the folder or the address of a published site")
	}
	return folder{root}, root.Close, nil
}

// folder is a copy on disk. No link leads out of it.
type folder struct{ *os.Root }

func (f folder) open(_ context.Context, name string) (io.ReadCloser, error) {
	info, err := f.Stat(name)
	switch {
	case errors.Is(err, syscall.ENOTDIR), err == nil && info.IsDir():
		return nil, fs.ErrNotExist
	case err == nil && !info.Mode().IsRegular():
		return nil, errors.New("it is no file")
	case err != nil:
		return nil, err
	}
	return f.Open(name)
}

func (f folder) others() (files, sites []string, err error) {
	err = fs.WalkDir(f.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.IsDir():
			files = append(files, name)
		case name == publish.OwnFolder, name == ".git":
			return fs.SkipDir
		case f.isEdition(name):
			sites = append(sites, name)
			return fs.SkipDir
		}
		return nil
	})
	return files, sites, err
}

// isEdition reports whether a folder has an old state of the site, where
// `build -edition-banner` says that it belongs.
func (f folder) isEdition(name string) bool {
	day, below := strings.CutPrefix(name, "editions/")
	_, ok := frontmatter.ParseDay(day)
	_, err := f.Stat(path.Join(name, Name))
	return below && ok && err == nil
}

// website is a copy at an address.
type website struct {
	base   string // ends in a slash
	client http.Client
}

// errElsewhere is the error of a file whose address leads to another host.
type errElsewhere struct{ site string }

func (e errElsewhere) Error() string { return "it leads to another site, " + e.site }

// redirect follows redirects on the same host, and from HTTP to HTTPS.
func redirect(r *http.Request, via []*http.Request) error {
	from := via[0].URL
	if same := r.URL.Host == from.Host && r.URL.Scheme == from.Scheme; !same && (r.URL.Scheme != "https" || from.Scheme != "http" || r.URL.Hostname() != from.Hostname()) {
		return errElsewhere{r.URL.Scheme + "://" + r.URL.Host}
	}
	if len(via) > 5 {
		return errors.New("it leads on more than five times")
	}
	return nil
}

// open asks for a file as a link names it: for an index.html its folder comes first.
func (w *website) open(ctx context.Context, name string) (io.ReadCloser, error) {
	if path.Base(name) == "index.html" {
		if body, err := w.get(ctx, strings.TrimSuffix(name, "index.html")); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return body, err
		}
	}
	return w.get(ctx, name)
}

func (w *website) get(ctx context.Context, name string) (io.ReadCloser, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.base+(&url.URL{Path: name}).EscapedPath(), nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", "analysis-builder (verify)")
	answer, err := w.client.Do(r)
	if err != nil {
		return nil, errors.Unwrap(err) // without the address again
	}
	switch answer.StatusCode {
	case http.StatusOK:
		return answer.Body, nil
	case http.StatusNotFound, http.StatusGone:
		if name == "404.html" { // some hosts give no other status to the page for missing addresses
			return answer.Body, fs.ErrNotExist
		}
		err = fs.ErrNotExist
	default:
		err = fmt.Errorf("%d %s", answer.StatusCode, http.StatusText(answer.StatusCode))
	}
	return nil, errors.Join(err, answer.Body.Close())
}

// others returns nothing, because a host lists no files.
func (w *website) others() (files, sites []string, err error) { return nil, nil, nil }

// wait is the longest time in which a file of a size must have come: half a minute, and
// what it takes at 50 kB in a second.
func wait(size int64) time.Duration { return 30*time.Second + time.Duration(size/50_000)*time.Second }
