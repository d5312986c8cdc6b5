package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"analysis/builder/internal/diag"
	"analysis/builder/internal/lint"
	"analysis/builder/internal/pipeline"
)

// copies are the values of check's flag -source: the file that holds a copy of
// each source, by id.
type copies map[string]string

func (c copies) set(value string) error {
	id, file, ok := strings.Cut(value, "=")
	if !ok || id == "" || file == "" {
		return fmt.Errorf("write the source's id, an equals sign and a file: column=column.txt")
	}
	if c[id] != "" {
		return fmt.Errorf("source %q is given twice", id)
	}
	c[id] = file
	return nil
}

// verify compares each copy with its source. It returns one line of result for
// each.
func (c *command) verify(s *pipeline.Snapshot, copies copies) (results []string, found []diag.Diagnostic, err error) {
	for _, id := range slices.Sorted(maps.Keys(copies)) {
		page, all := lint.Source(s.Site, id)
		if page == nil {
			hint := cmp.Or(diag.DidYouMean(id, slices.Values(all)), "name a page of the folder "+c.options.Content+"/sources")
			return nil, nil, mistake(hint, "no source %q", id)
		}
		text, err := os.ReadFile(copies[id])
		if err != nil {
			return nil, nil, err
		}
		same, differ := lint.Verify(page, text)
		found = append(found, diag.In(c.options.Content, differ)...)
		results = append(results, fmt.Sprintf("%s: %d of %s verified against %s", id, same, diag.Number(len(page.Doc.Front.Passages), "passage"), copies[id]))
	}
	return results, found, nil
}
