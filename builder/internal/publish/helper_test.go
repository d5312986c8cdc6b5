package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree reads the files of a published site, without the builder's own.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if name == OwnFolder {
				return fs.SkipDir
			}
			return nil
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	}))
	return files
}

// folders lists the folders of a published site, without the builder's own.
func folders(t testing.TB, dir string) (list []string) {
	t.Helper()
	must(t, fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if name == OwnFolder {
			return fs.SkipDir
		}
		if e.IsDir() && name != "." {
			list = append(list, name)
		}
		return err
	}))
	return list
}

func mustRead(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	must(t, err)
	return string(data)
}

// filesOf makes files with these contents.
func filesOf(texts map[string]string) map[string]*File {
	files := map[string]*File{}
	for name, text := range texts {
		files[name] = NewFile([]byte(text))
	}
	return files
}

// publishInto publishes files into a folder.
func publishInto(out string, files map[string]*File) (err error) {
	f, err := Open(out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return f.Publish(files)
}
