package site

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"analysis/builder/internal/content"
)

// Every field of a Page, and of what it consists of, makes two Pages differ.
// What is reached through a pointer counts by the pointer, or as a whole.
func TestSameComparesAll(t *testing.T) {
	allCount(t, (*Page).same)
	allCount(t, (*Claim).same)
	allCount(t, (*Statement).same)
	allCount(t, (*Section).same)
	allCount(t, (*Menu).same)
}

func allCount[T any](t *testing.T, same func(a, b *T) bool) {
	for _, path := range fieldsOf(reflect.TypeFor[T]()) {
		var a, b, c T
		fill(reflect.ValueOf(&a).Elem(), path, false)
		fill(reflect.ValueOf(&b).Elem(), path, false)
		fill(reflect.ValueOf(&c).Elem(), path, true)
		if !same(&a, &b) || same(&a, &c) {
			t.Errorf("%T.same passes over %s", a, path)
		}
	}
}

// fieldsOf are the fields of a struct and of the structs and lists in it, each
// as the names that lead to it.
func fieldsOf(of reflect.Type) (paths []string) {
	switch of.Kind() {
	case reflect.Struct:
		for i := range of.NumField() {
			f := of.Field(i)
			for _, rest := range fieldsOf(f.Type) {
				paths = append(paths, strings.TrimSuffix(f.Name+"."+rest, "."))
			}
		}
		return paths
	case reflect.Slice:
		return fieldsOf(of.Elem())
	}
	return []string{""}
}

// fill sets the field at the end of a path, to another value if other is true.
// Lists on the way get one element.
func fill(v reflect.Value, path string, other bool) {
	v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem() // unexported fields too
	switch v.Kind() {
	case reflect.Struct:
		name, rest, _ := strings.Cut(path, ".")
		fill(v.FieldByName(name), rest, other)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), path, other)
	case reflect.Pointer:
		if v.SetZero(); other {
			v.Set(reflect.New(v.Type().Elem()))
		}
	case reflect.String:
		v.SetString(fmt.Sprint(other))
	case reflect.Bool:
		v.SetBool(other)
	case reflect.Int:
		if v.SetZero(); other {
			v.SetInt(1)
		}
	default:
		panic("a field of kind " + v.Kind().String())
	}
}

// A Placer of long memory makes the same site as a new one, whatever was done,
// and pages that came out the same are the last ones.
func TestPlacingAgain(t *testing.T) {
	sentence := []string{"Plain text.", "Text with [[b]] and Kabul in it.", "See [it](b.md#part).", "Kunar and Kabul.\n\nAnd [[strike]].", "Read [[docs]]; [[seen]].", "A valley, Kabul valley.", "Some [[kabul]]."}
	claim := "> [!forecast] Kabul will be seen {#seen}\n> It may be, [[kunar]].\n>\n> - source: [[paper]]\n> - held by: [[king]]\n> - about: [[strike]], [[kabul]]\n> - horizon: 2025\n\n"
	for seed := range int64(20) {
		r := rand.New(rand.NewSource(seed))
		f := files{
			"sources/index.md": page("title: Sources", ""), "sources/paper.md": about("Paper", "paper", ""), "actors/index.md": page("title: Actors", ""), "actors/king.md": about("King", "person", ""),
			"claims/index.md": page("title: Claims", ""), "docs/e.md": page("title: E", claim), "docs/whole.md": page("title: Whole\nshows: whole", ""), "analysis/index.md": page("title: Analysis", ""), "analysis/one.md": page("title: One", "Kabul."),
		}
		for name, text := range sampleSite {
			f[name] = text
		}
		f["docs/d.md"] = page("title: D\nredirect_from: [old]", "")
		p := NewPlacer()
		var last Input
		was := map[string]*Page{}
		for step := range 30 {
			in := input(f)
			for _, d := range last.Docs { // what did not change is the same Document
				if i := slices.IndexFunc(in.Docs, func(n *content.Document) bool { return reflect.DeepEqual(n, d) }); i >= 0 {
					in.Docs[i] = d
				}
			}
			got, want := p.Place(in), NewPlacer().Place(in)
			a, inA := apart(got)
			b, inB := apart(want)
			if !reflect.DeepEqual(a, b) || !slices.Equal(inA, inB) {
				t.Fatalf("seed %d, step %d: a Placer with a past places otherwise than a new one", seed, step)
			}
			now := map[string]*Page{}
			for _, page := range got.Pages {
				now[page.URL] = page
				if old := was[page.URL]; old != page && reflect.DeepEqual(old, page) {
					t.Errorf("seed %d, step %d: the page %q is another although it equals the last one", seed, step, page.URL)
				}
			}
			last, was = in, now
			name := []string{"docs/a.md", "docs/b.md", "docs/c.md", "docs/e.md", "places/kabul.md", "docs/new.md", "places/valley.md", "analysis/one.md"}[r.Intn(8)]
			text := sentence[r.Intn(len(sentence))] + "\n\n## Part\n\n" + sentence[r.Intn(len(sentence))] + "\n\n"
			switch r.Intn(6) {
			case 0:
				f["docs/b.md"] = page("title: B"+fmt.Sprint(r.Intn(3)), text)
			case 1:
				f["places/kabul.md"] = about("Kabul"+[]string{"", " valley"}[r.Intn(2)], "city", "summary: "+fmt.Sprint(r.Intn(3)))
			case 2:
				if delete(f, "docs/new.md"); r.Intn(2) == 0 {
					f["docs/new.md"] = page("title: New", text)
				}
			case 3:
				if delete(f, "docs/c.md"); r.Intn(2) == 0 {
					f["docs/c.md"] = page("title: C\nweight: 3", text)
				}
			case 4:
				f["docs/e.md"] = page("title: E", text+claim+text)
			default:
				if strings.HasPrefix(name, "places/") {
					f[name] = about("Valley "+name, "region", "")
				} else {
					f[name] = page("title: "+name, text)
				}
			}
		}
	}
}

// apart is a site without the whole, whose anchors are filed by Refs and so equal
// those of no other Placer, and the texts of the whole instead.
func apart(s *Site) (*Site, []string) {
	now, texts := *s, []string{}
	now.Whole = nil
	for _, part := range s.Whole.Parts {
		texts = append(texts, string(s.Pages[0].AppendPart(nil, part, func(b []byte, st *Statement) []byte { return append(b, st.ID...) })))
	}
	return &now, texts
}
