package diag

import "errors"

// hinted is an error with a hint.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// WithHint returns err with a hint, which says what to do about it.
func WithHint(err error, hint string) error { return hinted{err, hint} }

// Describe gives the message of an error, and a second, indented line for its
// hint, which may be that of an error it wraps.
func Describe(err error) string {
	var h hinted
	errors.As(err, &h)
	return withHint(err.Error(), h.hint)
}

func withHint(message, hint string) string {
	if hint == "" {
		return message
	}
	return message + "\n  hint: " + hint
}
