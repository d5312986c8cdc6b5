package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"analysis/builder/internal/diag"
)

// errLocked says that another process has locked a folder.
var errLocked = errors.New("another build is writing into it")

// lockFolder creates a folder if necessary and locks it. made says that there was none.
func lockFolder(dir string, wait bool) (locked *os.File, made bool, err error) {
	for {
		_, err = os.Stat(dir)
		made = errors.Is(err, fs.ErrNotExist)
		if err = os.MkdirAll(dir, 0o755); err != nil {
			return nil, false, diag.WithHint(fmt.Errorf("create folder: %w", err),
				fmt.Sprintf("%q and the folders above it must be folders, or must not exist; a link must lead to a folder", dir))
		}
		locked, err = lock(dir, wait)
		switch {
		case err == nil:
			return locked, made, nil
		case errors.Is(err, errLocked):
			return nil, false, diag.WithHint(fmt.Errorf("another build is writing into the folder %q", dir), "wait until it has finished, or name another folder")
		case !errors.Is(err, fs.ErrNotExist):
			return nil, false, fmt.Errorf("lock folder: %w", err)
		}
	}
}
