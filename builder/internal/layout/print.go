package layout

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// maxText limits the text that a function takes, in bytes. Without a limit, a loop that
// gives a function its own result soon fills the memory.
const maxText = 1 << 20

// limited returns f, which makes text of its arguments, with that limit.
func limited(f func(...any) string) func(...any) (string, error) {
	return func(args ...any) (string, error) {
		if err := checkText(sizeOf(args)); err != nil {
			return "", err
		}
		return f(args...), nil
	}
}

func checkText(size int) error {
	if size > maxText {
		return fmt.Errorf("more than %d MiB of text", maxText>>20)
	}
	return nil
}

// wide matches a verb whose text may be much longer than its argument.
var wide = regexp.MustCompile(`%[^%a-zA-Z]*([0-9]{4}|\*)`)

// printf is that of text/template, with the limit.
func printf(format string, args ...any) (string, error) {
	size := sizeOf(args)*strings.Count(format, "%") + len(wide.FindAllString(format, -1))*maxText/4
	if err := checkText(len(format) + size); err != nil {
		return "", err
	}
	return fmt.Sprintf(format, args...), nil
}

// sizeOf returns about how many bytes the texts in values have. It counts no further than
// it takes to exceed maxText.
func sizeOf(values []any) (n int) {
	for _, value := range values {
		switch v := reflect.ValueOf(value); v.Kind() {
		case reflect.String:
			n += v.Len()
		case reflect.Map: // which dict makes
			for each := v.MapRange(); n <= maxText && each.Next(); {
				n += 1 + sizeOf([]any{each.Value().Interface()})
			}
		}
	}
	return n
}
