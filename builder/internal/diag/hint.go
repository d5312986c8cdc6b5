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

// HintOf returns the hint of an error, or of one that it wraps; "" if none has
// one.
func HintOf(err error) string {
	var h hinted
	errors.As(err, &h)
	return h.hint
}

// Describe gives the message of an error, and a second, indented line for its
// hint.
func Describe(err error) string { return withHint(err.Error(), HintOf(err)) }

func withHint(message, hint string) string {
	if hint == "" {
		return message
	}
	return message + "\n  hint: " + hint
}
