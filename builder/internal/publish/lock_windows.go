package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const deleteOnClose = 0x04000000 // FILE_FLAG_DELETE_ON_CLOSE

// lock is that of other systems, by a file in the folder. The system deletes the file when
// the process ends, in whatever way.
func lock(dir string, wait bool) (*os.File, error) {
	for {
		f, err := os.OpenFile(filepath.Join(dir, OwnFolder+"-lock"), os.O_RDWR|os.O_CREATE|os.O_EXCL|deleteOnClose, 0o644)
		switch {
		case !errors.Is(err, fs.ErrExist):
			return f, err
		case !wait:
			return nil, errLocked
		}
		time.Sleep(50 * time.Millisecond)
	}
}
