package site

import "testing"

func TestRedirects(t *testing.T) {
	s := place(t, files{
		"index.md": page("title: Home\nredirect_from: [start]", ""),
		"a/b.md":   page("title: B\nredirect_from: [old/b/, /older]", ""),
	})
	for url, target := range map[string]string{"start/": "", "old/b/": "a/b/", "older/": "a/b/"} {
		p := at(t, s, url)
		to := at(t, s, target)
		if p.Kind != KindRedirect || p.Target != to.Ref || p.Title != to.Title {
			t.Errorf("%q is %+v, want a redirect to %q", url, p.Ref, target)
		}
		if p.Doc.Path != "" || len(p.Section.Pages) > 0 {
			t.Errorf("%q is listed as a page of the content", url)
		}
	}
	if got, want := at(t, s, "old/b/").Href(at(t, s, "a/b/").Ref), "../../a/b/"; got != want {
		t.Errorf("redirected to %q, want %q", got, want)
	}
	// Old addresses are for readers who come from elsewhere: nothing on the site
	// lists or names them.
	for _, p := range s.Pages {
		for _, r := range p.Section.Pages {
			if r.Kind == KindRedirect {
				t.Errorf("%q lists %q", p.URL, r.URL)
			}
		}
	}
}

func TestBadRedirects(t *testing.T) {
	const hint = "\n  hint: redirect only from addresses that no page has any more"
	wantErrors(t, files{"index.md": "", "a.md": page("title: A\nredirect_from: [b, a]", ""), "b.md": ""},
		"a.md:3:17: error: the address \"b/\" belongs to b.md"+hint,
		"a.md:3:20: error: the address \"a/\" belongs to a.md"+hint)
	wantErrors(t, files{"index.md": "", "a.md": page("title: A\nredirect_from: [old]", ""), "b.md": page("title: B\nredirect_from: [old/]", "")},
		"b.md:3:17: error: the address \"old/\" belongs to a.md"+hint)
	wantErrors(t, files{"index.md": "", "a.md": page("title: A\nredirect_from: [old]\ndraft: true", ""), "b.md": page("title: B\nredirect_from: [old/]", "")})
}

func TestNotFound(t *testing.T) {
	s := place(t, files{"index.md": ""})
	p := s.Pages[len(s.Pages)-1]
	if p.Kind != KindNotFound || p.URL != "404.html" || p.Menu.Home == nil {
		t.Errorf("the last page is %+v", p.Ref)
	}
}
