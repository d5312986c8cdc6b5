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
		err        error
		hint, text string
	}{
		{plain, "", "no port"},
		{hinted, "choose another", "listen: file already exists\n  hint: choose another"},
		{wrapped, "choose another", "serve: listen: file already exists\n  hint: choose another"},
		{WithHint(plain, ""), "", "no port"},
	} {
		if got := HintOf(c.err); got != c.hint {
			t.Errorf("the hint of %q is %q, want %q", c.err, got, c.hint)
		}
		if got := Describe(c.err); got != c.text {
			t.Errorf("got  %q\nwant %q", got, c.text)
		}
	}
	if !errors.Is(wrapped, fs.ErrExist) {
		t.Error("the cause is lost")
	}
}
