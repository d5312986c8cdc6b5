// Package gitlog holds the dates of pages against the history of their files in git, and the
// folders that are read against a revision.
//
// `check` and `verify` call it, and nothing else does: a build, and so what it publishes, does
// not depend on git. Check takes the content folder and the Site made of it. It returns
// warnings about pages whose key `updated` is older than their last commit. Differs says
// which files are not those of a revision. Outside a repository, or without git, both return
// nothing.
//
// Invariant: git only reads, for Check once. Its output is read from the newest commit on,
// until each dated page was seen, so the time is bounded by the length of the history.
//
// Deliberately absent: changes that are not committed, since that would need today's date;
// merges, which change nothing themselves; and the history of single claims.
package gitlog

import (
	"bufio"
	"context"
	"os/exec"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/frontmatter"
	"analysis/builder/internal/site"
	"analysis/builder/internal/text"
)

// Differs returns the files of a folder that are not as in a revision, or that it does not
// have, as paths below the folder. known is false if git does not know the revision.
func Differs(ctx context.Context, folder, revision string) (files []string, known bool) {
	if run(ctx, folder, "rev-parse", "--git-dir") == nil {
		return nil, true
	}
	if run(ctx, folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}") == nil {
		return nil, false
	}
	changed := run(ctx, folder, "diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--end-of-options", revision, "--", ".")
	added := run(ctx, folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
	files = strings.Split(string(changed)+string(added), "\x00")
	return files[:len(files)-1], true
}

// run returns what git prints, or nil if it fails.
func run(ctx context.Context, folder string, args ...string) []byte {
	git := exec.CommandContext(ctx, "git", args...)
	git.Dir, git.Env = folder, append(git.Environ(), "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0")
	out, err := git.Output()
	if err != nil {
		return nil
	}
	return out
}

// Check returns a warning for each page whose file was committed on a later day than it
// says that it was updated. Days are those of the committer's time zone. If the history is
// cut off (a shallow clone) before the last commit of some page, it returns one note
// instead.
func Check(ctx context.Context, folder string, s *site.Site) (found []diag.Diagnostic) {
	dated := map[string]*frontmatter.Front{}
	for _, p := range s.Pages {
		if p.Claim == nil && p.Doc.Front.Updated != "" {
			dated[text.Spelling(p.Doc.Path)] = &p.Doc.Front
		}
	}
	whole := committed(ctx, folder, func(file string, day frontmatter.Date) (more bool) {
		if front := dated[text.Spelling(file)]; front != nil && day.After(front.Updated) {
			found = append(found, diag.Warningf(front.UpdatedAt, "this file was last committed on %s, after it was updated", day).
				WithHint("write `updated: %s`, or a later day if you change it again", day))
		}
		delete(dated, text.Spelling(file))
		return len(dated) > 0
	})
	if !whole {
		return []diag.Diagnostic{diag.Notef(diag.Position{}, "the dates of pages were not checked, since git has only a part of the history").
			WithHint("run git fetch --unshallow; in a workflow, check out with fetch-depth: 0")}
	}
	return found
}

// committed calls f for the files of each commit, the newest first, with the day of the
// commit, until it returns false. whole is false if it comes to where the history is cut
// off: git decorates the commit there with "grafted".
func committed(ctx context.Context, folder string, f func(file string, day frontmatter.Date) (more bool)) (whole bool) {
	const begin = "commit \x01" // of the line of a commit; no file has it in its name
	ctx, stop := context.WithCancel(ctx)
	git := exec.CommandContext(ctx, "git", "-c", "core.quotePath=false", "log", "--format="+begin+"%cs, %D,", "--decorate=full",
		"--name-only", "--relative", "--no-renames", "--no-merges", "--no-show-signature", "--", ".")
	git.Dir, git.Env = folder, append(git.Environ(), "GIT_NO_LAZY_FETCH=1") // so that it asks no server for what a clone left out
	out, err := git.StdoutPipe()
	if err == nil {
		err = git.Start()
	}
	if err != nil {
		stop()
		return true
	}
	defer git.Wait() // its error is of no interest: what it has said is true
	defer stop()
	day := frontmatter.Date("")
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		if commit, found := strings.CutPrefix(line, begin); found {
			if strings.Contains(commit, ", grafted,") {
				return false
			}
			day = frontmatter.Date(commit[:len("2006-01-02")])
		} else if line != "" && !f(line, day) {
			return true
		}
	}
	return true
}
