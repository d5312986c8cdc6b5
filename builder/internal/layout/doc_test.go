package layout

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// entry is what the package comment says of a type.
type entry struct {
	names, builder []string // those for layouts, and those for the builder
	found          bool     // there is such a type
}

var docNames = regexp.MustCompile(`(?:^| |\{\{)(?:\.|(\+))([A-Z]\w*)`)

// documented reads the package comment. An entry begins with the name of a type at
// the left edge; two types may have the same name.
func documented(t *testing.T) map[string][]*entry {
	src, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string][]*entry{}
	var open *entry
	for line := range strings.Lines(string(src)) {
		text, isTable := strings.CutPrefix(line, "//\t")
		name, rest, _ := strings.Cut(text, " ")
		switch {
		case !isTable:
			open = nil
			continue
		case regexp.MustCompile(`^[A-Z]\w*$`).MatchString(name):
			open = &entry{}
			entries[name] = append(entries[name], open)
		case open == nil: // examples, functions
			continue
		default:
			rest = text
		}
		usable, builder, _ := strings.Cut(rest, "builder:")
		if len(open.builder) > 0 {
			usable, builder = "", usable
		}
		for _, m := range docNames.FindAllStringSubmatch(usable, -1) {
			open.names = append(open.names, m[1]+m[2])
		}
		for _, m := range docNames.FindAllStringSubmatch(builder, -1) {
			open.builder = append(open.builder, m[1]+m[2])
		}
	}
	return entries
}

// members are the exported fields and methods of a type, by name, with the types
// that they lead to. An embedded type that has an entry of its own is one of them,
// with a plus; of one that has none, all members are.
func members(typ reflect.Type, entries map[string][]*entry) map[string][]reflect.Type {
	all := map[string][]reflect.Type{}
	for m := range reflect.PointerTo(typ).Methods() {
		all[m.Name] = slices.Collect(m.Type.Outs())
	}
	if typ.Kind() != reflect.Struct {
		return all
	}
	for _, f := range reflect.VisibleFields(typ) {
		if f.IsExported() {
			all[f.Name] = []reflect.Type{f.Type}
		}
	}
	for _, f := range reflect.VisibleFields(typ) {
		switch {
		case f.Anonymous && entries[named(f.Type).Name()] != nil:
			delete(all, f.Name)
			all["+"+f.Name] = []reflect.Type{f.Type}
		case f.Anonymous && f.IsExported():
			all[f.Name] = nil // its members are those of typ
		}
	}
	for _, f := range reflect.VisibleFields(typ) {
		if f.Anonymous && entries[named(f.Type).Name()] != nil {
			for name := range members(named(f.Type), entries) {
				if direct, ok := typ.FieldByName(strings.TrimPrefix(name, "+")); !ok || len(direct.Index) > len(f.Index) {
					delete(all, name)
				}
			}
		}
	}
	return all
}

// named is the named type that a type is a pointer to, a list of or a map of.
func named(typ reflect.Type) reflect.Type {
	for typ.Name() == "" && slices.Contains([]reflect.Kind{reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map}, typ.Kind()) {
		typ = typ.Elem()
	}
	return typ
}

// "What a layout may use" in the package comment is all that there is, and no more.
func TestWhatALayoutMayUse(t *testing.T) {
	entries := documented(t)
	seen := map[reflect.Type]bool{}
	var follow func(typ reflect.Type)
	follow = func(typ reflect.Type) {
		typ = named(typ)
		all := members(typ, entries)
		if seen[typ] || !strings.HasPrefix(typ.PkgPath(), "analysis/") || len(all) == 0 {
			return
		}
		seen[typ] = true
		if typ.Kind() == reflect.Slice {
			follow(typ.Elem())
		}
		e := matching(t, typ, all, entries[typ.Name()])
		for name, types := range all {
			if e == nil || !slices.Contains(e.builder, name) {
				for _, next := range types {
					follow(next)
				}
			}
		}
	}
	for _, root := range []reflect.Type{reflect.TypeFor[View](), reflect.TypeFor[Part](), reflect.TypeFor[Nav]()} {
		follow(root)
	}
	src, _ := os.ReadFile("doc.go")
	for name := range functions(nil) {
		if !regexp.MustCompile(`\{\{(range )?` + name + ` `).Match(src) {
			t.Errorf("doc.go has no example of the function %s", name)
		}
	}
	for name, list := range entries {
		for _, e := range list {
			if !e.found {
				t.Errorf("doc.go has an entry %s with %v %v, but a template sees no such type", name, e.names, e.builder)
			}
		}
	}
}

// matching is the entry of a type that has the right names.
func matching(t *testing.T, typ reflect.Type, all map[string][]reflect.Type, entries []*entry) *entry {
	var best *entry
	var missing, extra []string
	for _, e := range entries {
		listed := slices.Concat(e.names, e.builder)
		var lacks, has []string
		for name := range all {
			if !slices.Contains(listed, name) {
				lacks = append(lacks, name)
			}
		}
		for _, name := range listed {
			if _, ok := all[name]; !ok {
				has = append(has, name)
			}
		}
		if best == nil || len(lacks)+len(has) < len(missing)+len(extra) {
			best, missing, extra = e, lacks, has
		}
	}
	slices.Sort(missing)
	switch {
	case best == nil:
		t.Errorf("doc.go has no entry for %s, in which a template sees %v", typ, all)
		return nil
	case len(missing)+len(extra) > 0:
		t.Errorf("doc.go on %s lacks %q and has %q, which are not there", typ, missing, extra)
	}
	best.found = true
	return best
}
