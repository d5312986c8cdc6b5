package search

import (
	"encoding/json"
	"testing"
)

// FuzzIndexPage holds the entries of the index against encoding/json.
func FuzzIndexPage(f *testing.F) {
	f.Add("a/b/", "It's <\"a\"> & 'b'", "x\x00\x7f\u2028\u2029\ufffd\xff\xe2\x80é漢🙂\t\n\r\b\f\\", true)
	f.Add("", "", "", false)
	f.Fuzz(func(t *testing.T, a, b, c string, later bool) {
		for _, page := range []indexPage{
			{URL: a, Title: b, Kind: c, Later: later},
			{URL: b, Title: c, Kind: a, Type: b, Summary: c, Date: a, Aliases: []string{a, b, c}, Holder: b, Cites: a, Later: later},
			{Aliases: []string{c}, Summary: a},
		} {
			want, err := json.Marshal(page)
			if err != nil {
				t.Fatal(err)
			}
			if got := page.append(nil); string(got) != string(want) {
				t.Errorf("wrote\n%s\nwant\n%s", got, want)
			}
		}
		want, _ := json.Marshal(c)
		if got := appendString(nil, []byte(c)); string(got) != string(want) {
			t.Errorf("wrote %s, want %s", got, want)
		}
	})
}
