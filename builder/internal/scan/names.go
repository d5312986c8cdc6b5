package scan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"analysis/builder/internal/diag"
)

// Ignored reports whether a file or folder of that name is ignored: it is hidden, or an
// editor or a file manager made it.
func Ignored(name string) bool { return isHidden(name) || isLeftover(name) }

// served are the hidden names that hosts look for. They are published.
var served = []string{".well-known", ".nojekyll", ".htaccess", ".domains"}

func isHidden(name string) bool { return name[0] == '.' && !slices.Contains(served, name) }

// leftovers are the ends of names, in lower case, of what editors and other programs keep
// beside a file: a copy, or a file that they have not finished. tools are the beginnings
// of hidden names that nobody means to publish.
var (
	leftovers = []string{"~", ".bak", ".backup", ".crdownload", ".kate-swp", ".old", ".orig", ".part", ".rej", ".save", ".swn", ".swo", ".swp", ".temp", ".tmp"}
	tools     = []string{".#", "._", ".~", ".directory", ".ds_store", ".fuse_hidden", ".git", ".goutputstream", ".hg", ".idea", ".keep", ".nfs", ".svn", ".vscode"}
	programs  = []string{"4913", "__macosx", "desktop.ini", "ehthumbs.db", "icon\r", "thumbs.db"}
)

func isLeftover(name string) bool {
	if strings.HasPrefix(name, "#") || strings.HasPrefix(name, "~$") || strings.Contains(name, "___jb_") {
		return true
	}
	name = strings.ToLower(name)
	numbered := strings.TrimSuffix(strings.TrimRight(name, "0123456789"), ".") // p.md.save.1, p.md.bak2
	ends := func(end string) bool { return strings.HasSuffix(name, end) || strings.HasSuffix(numbered, end) }
	begins := func(start string) bool { return strings.HasPrefix(name, start) }
	return slices.ContainsFunc(leftovers, ends) || name[0] == '.' && slices.ContainsFunc(tools, begins) || slices.Contains(programs, name)
}

// badName returns a finding about a name that cannot be written or shown everywhere, and
// about a hidden one that is dropped where an author may mean it. name is the whole path.
func (f *Folder) badName(name, base string) (found diag.Diagnostic) {
	pos := diag.Position{File: name}
	switch {
	case isLeftover(base):
	case isHidden(base) && f.Hidden:
		return diag.Warningf(pos, "this is hidden, and is not published").
			WithHint("give it a name without the dot, or take it away; of hidden names only %s are published", strings.Join(served, ", "))
	case isHidden(base):
	case !utf8.ValidString(base):
		return diag.Errorf(pos, "the name %q is not UTF-8", base).WithHint("rename it")
	case diag.Printable(base) != base:
		return diag.Errorf(pos, "the name %q has characters that cannot be seen", base).WithHint("rename it")
	}
	return found
}
