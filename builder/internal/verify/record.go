package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/paths"
	"analysis/builder/internal/publish"
)

// Name is the name of the file that holds the Record of a site.
const Name = "build.json"

// Record says what a site was built of.
type Record struct {
	Builder  string `json:"builder"`            // as `builder version` prints it
	Revision string `json:"revision,omitempty"` // of the source, if it was named
	Flags    Flags  `json:"flags"`
	Files    []File `json:"files"` // all but build.json, ascending by path
}

// Flags are the flags of `builder build` that change the bytes of the site, by their names.
type Flags struct {
	BaseURL  string           `json:"base-url,omitempty"`
	Drafts   bool             `json:"drafts,omitempty"`
	Portable bool             `json:"portable,omitempty"`
	Edition  frontmatter.Date `json:"edition-banner,omitempty"`
}

// String returns the revision and the flags, as they are written on a command line.
func (r *Record) String() string {
	s := r.Flags.String()
	if r.Revision != "" {
		s += " -revision " + r.Revision
	}
	return "builder build" + s
}

// String returns the flags as they are written on a command line, each after a space.
func (f Flags) String() (s string) {
	if f.BaseURL != "" {
		s += " -base-url " + f.BaseURL
	}
	if f.Drafts {
		s += " -drafts"
	}
	if f.Portable {
		s += " -portable"
	}
	if f.Edition != "" {
		s += " -edition-banner " + string(f.Edition)
	}
	return s
}

// File describes a published file.
type File struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// List describes the files of a site but its Record.
func List(files map[string]*publish.File) []File {
	list := make([]File, 0, len(files))
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != Name {
			list = append(list, File{name, files[name].Size, files[name].Sum})
		}
	}
	return list
}

// Encode returns the bytes of build.json.
func (r *Record) Encode() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		panic(err) // strings, numbers and lists can be encoded
	}
	return b.Bytes()
}

// maxRecord is the largest size of a build.json that is read, enough for 100,000 files.
const maxRecord = 32 << 20

// maxText is the length that a revision or the name of a builder may have.
const maxText = 200

var (
	revision = regexp.MustCompile(`^[0-9A-Za-z][\w./+-]*$`) // so it is no flag of git, and no range
	sum      = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// IsRevision reports whether a text has the form of a commit, tag or branch.
func IsRevision(s string) bool { return len(s) <= maxText && revision.MatchString(s) }

// parse reads a build.json that anybody may have written.
func parse(data []byte) (*Record, error) {
	if len(data) > maxRecord {
		return nil, fmt.Errorf("it is larger than %d MiB", maxRecord>>20)
	}
	var r Record
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands behind its object")
	}
	if r.Builder == "" || len(r.Builder) > maxText || diag.Printable(r.Builder) != r.Builder {
		return nil, errors.New("it names no builder")
	}
	if r.Revision != "" && !IsRevision(r.Revision) {
		return nil, fmt.Errorf("%.80q is no revision", r.Revision)
	}
	if clean, ok := frontmatter.CleanBaseURL(r.Flags.BaseURL); r.Flags.BaseURL != "" && (!ok || clean != r.Flags.BaseURL) {
		return nil, fmt.Errorf("%.80q is no base URL", r.Flags.BaseURL)
	}
	if _, ok := frontmatter.ParseDay(string(r.Flags.Edition)); r.Flags.Edition != "" && !ok {
		return nil, fmt.Errorf("%.80q is not a day", r.Flags.Edition)
	}
	for i, f := range r.Files {
		switch {
		case !fs.ValidPath(f.Path) || f.Path == "." || f.Path == Name || paths.TooLong(f.Path) || diag.Printable(f.Path) != f.Path:
			return nil, fmt.Errorf("it lists the bad path %.80q", f.Path)
		case i > 0 && f.Path <= r.Files[i-1].Path:
			return nil, fmt.Errorf("it lists %q twice, or not in its order", f.Path)
		case f.Bytes < 0 || !sum.MatchString(f.SHA256):
			return nil, fmt.Errorf("it lists %q without its size and SHA-256", f.Path)
		}
	}
	return &r, nil
}
