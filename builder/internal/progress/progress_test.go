package progress

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestLine(t *testing.T) {
	var out strings.Builder
	now := time.Date(2026, time.November, 26, 12, 0, 0, 0, time.UTC)
	l := &Line{to: &out, now: func() time.Time { return now }}
	for _, step := range []struct {
		after time.Duration
		do    func()
		want  string
	}{
		{0, func() { l.Show("parsing", 1, 10_000, "pages") }, ""},
		{999 * time.Millisecond, func() { l.Show("parsing", 3_199, 10_000, "pages") }, ""},
		{time.Millisecond, func() { l.Show("parsing", 3_200, 10_000, "pages") }, "\rparsing 3,200 of 10,000 pages\r"},
		{99 * time.Millisecond, func() { l.Show("parsing", 3_500, 10_000, "pages") }, ""},
		{time.Millisecond, func() { l.Show("writing", 1, 999, "files") }, "\rwriting 1 of 999 files       \r"},
		{0, l.End, "\r                      \r"},
		{0, l.End, ""},
		{time.Hour, func() { l.Show("asked", 1, 1_234_567, "addresses") }, ""}, // other work, which has just begun
		{0, l.End, ""},
		{0, func() { l.Show("asked", 1, 1_234_567, "addresses") }, ""},
		{time.Second, func() { l.Show("asked", 999_999, 1_234_567, "addresses") }, "\rasked 999,999 of 1,234,567 addresses\r"},
	} {
		now = now.Add(step.after)
		out.Reset()
		if step.do(); out.String() != step.want {
			t.Errorf("wrote %q, want %q", out.String(), step.want)
		}
	}
}

func TestNoTerminal(t *testing.T) {
	t.Setenv("CI", "")
	t.Setenv("TERM", "xterm")
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if On(file) != nil || On(&strings.Builder{}) != nil || On((*os.File)(nil)) != nil {
		t.Error("a log is taken for a terminal")
	}
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a device as a terminal is
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	if On(device) == nil {
		t.Error("a device is taken for a log")
	}
	for key, value := range map[string]string{"CI": "true", "TERM": "dumb"} {
		t.Run(key, func(t *testing.T) {
			if t.Setenv(key, value); On(device) != nil {
				t.Error("it is taken for a terminal")
			}
		})
	}
	var none *Line
	none.Show("parsing", 1, 2, "pages")
	none.End()
}

func TestManyGoroutines(t *testing.T) {
	var out strings.Builder
	l := &Line{to: &out, now: time.Now, next: time.Now().Add(-time.Second)}
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() { l.Show("parsing", i, 100, "pages") })
	}
	group.Wait()
	l.End()
	if lines := strings.Split(out.String(), "\r"); len(lines) < 5 || strings.TrimSpace(lines[len(lines)-2]) != "" {
		t.Errorf("the line is not cleared: %q", out.String())
	}
}
