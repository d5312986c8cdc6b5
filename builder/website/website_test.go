package website

import (
	"testing"

	"analysis/builder/internal/pipeline"
)

// Built twice, in any edition, a site is the same.
func TestTwoBuildsAreEqual(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		for name, edition := range map[string]func(){
			"folder": func() {}, "portable": func() { o.Portable = true }, "single": func() { o.Single = true },
		} {
			t.Run(name, func(t *testing.T) {
				before := o
				defer func() { o = before }()
				if edition(); o.Single {
					Shows(t, Build(t, before), "whole")
				}
				one, two := Build(t, o).Files, Build(t, o).Files
				if len(one) != len(two) {
					t.Errorf("%d files and %d", len(one), len(two))
				}
				for name, f := range one {
					if other := two[name]; other == nil || string(other.Data) != string(f.Data) {
						t.Errorf("%s differs from one build to the next", name)
					}
				}
			})
		}
	})
}
