// Package verify says what a site was built of, and whether a published copy of it is what
// a source makes.
//
// `build` adds a Record to the site, as build.json: the flags that change bytes, the version
// of the builder, the revision of the source if it was named, and size and sum of every
// other file. `verify` reads the Record of a copy, which is in a folder or at an address.
// The caller builds from its own source with the same flags, and Compare compares the copy
// with the files of that build, one by one.
//
// Invariant: a Record depends on the files and flags alone. The sums are those that publish
// has made, so no file is hashed for it. It names no folder that was read: who verifies has
// other ones.
//
// Invariant: nothing that a copy says is trusted. Its build.json has a largest size and is
// checked before it is used. Only paths that the own build has are opened, and at an address
// only those that build.json lists as well, so that no host is told of pages that are not
// published. Of a file no more is read than it should have, or is said to have within maxMore,
// and one byte. At most four requests run at a time, each has a time limit, and none follows a
// redirect to another host.
//
// Deliberately absent: the preview, whose site nobody publishes; a site in a single file,
// which has no Record; files at an address that build.json does not list, because a host
// says of no others that they exist.
package verify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/publish"
)

// Bounds of reading a copy: the number of files at a time, of those that do not answer
// before it is given up, and of bytes by which a file may be larger than it should be and
// still be compared with build.json.
const (
	workers  = 4
	failures = 10
	maxMore  = 1 << 20
)

// Read reads the Record of a copy.
func Read(ctx context.Context, c Copy) (r *Record, raw []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, wait(maxRecord))
	defer cancel()
	body, err := c.open(ctx, Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, diag.WithHint(errors.New("the copy has no "+Name), "name the folder or address of a whole site, built by a builder that writes this file")
	}
	if err == nil {
		raw, err = io.ReadAll(io.LimitReader(body, maxRecord+1))
		err = errors.Join(err, body.Close())
	}
	if err != nil {
		return nil, nil, diag.WithHint(fmt.Errorf("read %s of the copy: %w", Name, err), "see that it is a file, that nothing keeps it from being read, and that no link leads out of the copy; of a host, try again later")
	}
	if r, err = parse(raw); err != nil {
		return nil, nil, diag.WithHint(fmt.Errorf("%s of the copy is damaged: %w", Name, err), "have the site built and published again; a newer builder may also write what this one does not know")
	}
	return r, raw, nil
}

// Outcome says what became of a file. Its text is that of the results.
type Outcome string

// Outcomes. Host is a file for the host, which serves it to nobody.
const (
	Same    Outcome = "the same"
	Altered Outcome = "altered"
	Missing Outcome = "missing"
	Extra   Outcome = "not made by this source"
	Host    Outcome = "not served"
	Failed  Outcome = "not read"
)

// Result is what Compare found.
type Result struct {
	Lines  []string // one for each file that is not the same, ascending by path
	Counts map[Outcome]int
	Since  bool // a file was changed after it was built
}

// Differs reports whether the copy is not what the source makes.
func (r *Result) Differs() bool { return r.Counts[Altered]+r.Counts[Missing]+r.Counts[Extra] > 0 }

// String sums up the outcomes: "8 files: 6 the same, 1 altered, 1 missing".
func (r *Result) String() string {
	var parts []string
	all := 0
	for _, o := range []Outcome{Same, Altered, Missing, Extra, Host, Failed} {
		if n := r.Counts[o]; n > 0 || o == Same {
			parts, all = append(parts, fmt.Sprintf("%d %s", n, o)), all+n
		}
	}
	return diag.Number(all, "file") + ": " + strings.Join(parts, ", ")
}

// found is the outcome of a file, and why.
type found struct {
	Outcome
	name, why string
}

// Compare compares a copy, its Record and the bytes of that with the files that the source
// makes.
func Compare(ctx context.Context, c Copy, r *Record, raw []byte, made map[string]*publish.File) (*Result, error) {
	want, listed := List(made), map[string]File{}
	for _, f := range r.Files {
		listed[f.Path] = f
	}
	all, err := compare(ctx, c, want, listed)
	if err != nil {
		return nil, err
	}
	for i, f := range all {
		if f.Outcome == Same {
			listed[f.name] = want[i]
		}
	}
	names, sites, err := c.others()
	if err != nil {
		return nil, fmt.Errorf("list copy: %w", err)
	}
	all = append(all, record(r, raw, listed))
	for _, f := range r.Files {
		names = append(names, f.Path)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		switch _, ok := listed[name]; {
		case name == Name || made[name] != nil:
		case ok:
			all = append(all, found{Extra, name, Name + " lists it"})
		default:
			all = append(all, found{Extra, name, unlisted})
		}
	}
	slices.SortFunc(all, func(a, b found) int { return strings.Compare(a.name, b.name) })
	result := &Result{Counts: map[Outcome]int{}}
	for _, f := range all {
		result.Counts[f.Outcome]++
		result.Since = result.Since || f.why == since
		if f.Outcome != Same {
			result.Lines = append(result.Lines, diag.Printable(strings.TrimSuffix(fmt.Sprintf("%s: %s (%s)", f.Outcome, f.name, f.why), " ()")))
		}
	}
	for _, name := range sites {
		result.Lines = append(result.Lines, "not compared: "+name+"/ (it is a site of its own; verify it from its own revision)")
	}
	return result, nil
}

// compare compares the files of the build, and gives up if too many are not read.
func compare(ctx context.Context, c Copy, want []File, listed map[string]File) ([]found, error) {
	var group sync.WaitGroup
	var next, failed atomic.Int64
	all := make([]found, len(want))
	for range min(workers, len(want)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(want) && failed.Load() < failures && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if all[i] = file(ctx, c, want[i], listed[want[i].Path]); all[i].Outcome == Failed {
					failed.Add(1)
				}
			}
		})
	}
	group.Wait()
	if failed.Load() >= failures && ctx.Err() == nil {
		i := slices.IndexFunc(all, func(f found) bool { return f.Outcome == Failed })
		return nil, diag.WithHint(fmt.Errorf("%d files of the copy could not be read, the first %q: %s", failed.Load(), all[i].name, all[i].why), "try again later")
	}
	return all, ctx.Err()
}

// Why a file is altered or missing. One that is as build.json lists it was not changed since.
const (
	since    = "changed since it was built"
	built    = "built so, from other files or by another builder"
	unlisted = Name + " does not list it"
)

// hostFiles are read by hosts, and many serve them to nobody.
var hostFiles = []string{"_headers", "_redirects", ".nojekyll", ".htaccess", ".domains"}

// file compares a file of the copy with the one that the source makes, and with what
// build.json says of it.
func file(ctx context.Context, c Copy, want, listed File) found {
	_, served := c.(*website)
	if served && listed.Path == "" {
		return found{Missing, want.Path, unlisted}
	}
	limit := min(max(want.Bytes, listed.Bytes), want.Bytes+maxMore) + 1
	is, err := read(ctx, c, want.Path, limit)
	switch {
	case is == want.SHA256:
		return found{Same, want.Path, ""}
	case err != nil && served && slices.Contains(hostFiles, path.Base(want.Path)):
		return found{Host, want.Path, "it is for the host"}
	case errors.Is(err, fs.ErrNotExist) && listed.Path == "":
		return found{Missing, want.Path, unlisted}
	case errors.Is(err, fs.ErrNotExist):
		return found{Missing, want.Path, ""}
	case errors.As(err, new(errElsewhere)):
		return found{Altered, want.Path, err.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		return found{Failed, want.Path, fmt.Sprintf("it did not come within %s", wait(limit))}
	case err != nil:
		return found{Failed, want.Path, err.Error()}
	case is == listed.SHA256:
		return found{Altered, want.Path, built}
	case listed.Path == "":
		return found{Altered, want.Path, unlisted}
	}
	return found{Altered, want.Path, since}
}

// read returns the sum of a file of the copy, up to limit bytes.
func read(ctx context.Context, c Copy, name string, limit int64) (sum string, err error) {
	ctx, cancel := context.WithTimeout(ctx, wait(limit))
	defer cancel()
	body, err := c.open(ctx, name)
	if body == nil {
		return "", err
	}
	sum, failed := publish.Sum(io.LimitReader(body, limit))
	if err == nil {
		err = failed
	}
	if err = errors.Join(err, body.Close()); failed != nil {
		sum = "" // of a part
	}
	return sum, err
}

// record compares build.json with what it should be: as it is, and with the files that are
// the same listed as they are made.
func record(r *Record, raw []byte, listed map[string]File) found {
	right := *r
	right.Files = make([]File, 0, len(listed))
	for _, f := range listed {
		right.Files = append(right.Files, f)
	}
	slices.SortFunc(right.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	if !bytes.Equal(right.Encode(), raw) {
		return found{Altered, Name, "what it lists is not so, or not as a builder writes it"}
	}
	return found{Same, Name, ""}
}
