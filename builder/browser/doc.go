// Package browser holds the tests that open the built websites in Chromium, as
// readers and editors do: pages as a server, the preview or a disk gives them.
//
// Invariant: without a browser every test of it is skipped, with a line that
// says how to get one; where CI is "true" that is a failure.
package browser
