package publish

import (
	"time"

	"analysis/builder/internal/diag"
)

// patience repeats what a system refuses for a moment: Windows does not replace or delete a file
// that another program has open, such as one that looks for viruses.
type patience struct {
	busy  func(error) bool // whether an error says that a file is open
	sleep func(time.Duration)
}

// try calls do until it succeeds or fails for good, for two seconds at most.
func (p patience) try(do func() error) error {
	for wait := time.Millisecond; ; wait *= 2 {
		err := do()
		if !p.busy(err) {
			return err
		}
		if wait > time.Second {
			return diag.WithHint(err, "close the program that has the file open, and build again")
		}
		p.sleep(wait)
	}
}
