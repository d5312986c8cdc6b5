// Package progress shows on a terminal how far a command has come that takes longer than a second.
//
// Invariant: one line, which is overwritten and cleared at the end. Nothing is written where
// lines are kept: to a file, a pipe, or the log of a workflow.
package progress

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"time"
)

// Line is the line of a terminal. A nil Line shows nothing.
type Line struct {
	to  io.Writer
	now func() time.Time

	mutex sync.Mutex
	next  time.Time // when it is written next; zero before the first call of Show
	width int       // of the text that is shown, in bytes
}

// After these, the line is written for the first time, and again.
const first, again = time.Second, 100 * time.Millisecond

// On returns the line of a terminal, and nil for anything else.
func On(to io.Writer) *Line {
	f, _ := to.(*os.File)
	info, err := f.Stat() // fails for nil
	if err != nil || info.Mode()&os.ModeCharDevice == 0 || os.Getenv("CI") != "" || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return &Line{to: to, now: time.Now}
}

// Show shows that so many of all are done: "parsing 3,200 of 10,000 pages". It may be called
// by several goroutines, and as often as they like.
func (l *Line) Show(doing string, done, all int, what string) {
	if l == nil {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	now := l.now()
	if l.next.IsZero() {
		l.next = now.Add(first)
	}
	if now.Before(l.next) {
		return
	}
	l.next = now.Add(again)
	l.write(fmt.Sprintf("%s %s of %s %s", doing, grouped(done), grouped(all), what))
}

// End clears the line. What is shown next is other work.
func (l *Line) End() {
	if l == nil {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.next = (time.Time{}); l.width > 0 {
		l.write("")
	}
}

// write overwrites the line with spaces, since not every terminal knows a sequence that clears
// one. The cursor is left at its start, so that whatever else is printed takes its place.
func (l *Line) write(text string) {
	fmt.Fprintf(l.to, "\r%-*s\r", l.width, text)
	l.width = len(text)
}

// grouped writes a number with a comma before each three digits: 10,000.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
