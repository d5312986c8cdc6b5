package diag

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
)

func TestHints(t *testing.T) {
	plain := errors.New("no port")
	hinted := WithHint(fmt.Errorf("listen: %w", fs.ErrExist), "choose another")
	wrapped := fmt.Errorf("serve: %w", hinted)
	for _, c := range []struct {
		err  error
		text string
	}{
		{plain, "no port"},
		{hinted, "listen: file already exists\n  hint: choose another"},
		{wrapped, "serve: listen: file already exists\n  hint: choose another"},
		{WithHint(plain, ""), "no port"},
	} {
		if got := Describe(c.err); got != c.text {
			t.Errorf("got  %q\nwant %q", got, c.text)
		}
	}
	if !errors.Is(wrapped, fs.ErrExist) {
		t.Error("the cause is lost")
	}
}
