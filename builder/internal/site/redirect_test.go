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

// An old address may lead to a heading of the page, in any spelling of its id, or to a claim
// on it, which has a page of its own.
func TestRedirectsToPlaces(t *testing.T) {
	s := place(t, claimFiles("redirect_from: [{from: old/, to: \"#Part\"}, {from: older/x, to: \"#ties\"}, {from: claims/gone, to: \"#ties\"}]"))
	for url, want := range map[string][2]string{"old/": {"a/", "part"}, "older/x/": {"claims/ties/", ""}, "claims/gone/": {"claims/ties/", ""}} {
		if p := at(t, s, url); p.Kind != KindRedirect || p.Target.URL != want[0] || p.Fragment != want[1] {
			t.Errorf("%q leads to %q#%s, want %q", url, p.Target.URL, p.Fragment, want)
		}
	}
	wantErrors(t, claimFiles("redirect_from: [{from: old/, to: \"#prat\"}]"),
		"a.md:3:34: error: no heading or anchor \"prat\" on a.md\n  hint: did you mean \"part\"?")
}

func claimFiles(front string) files {
	return files{"index.md": "", "actors/p.md": page("title: P\ntype: person", ""), "sources/s.md": page("title: S\ntype: report", ""),
		"a.md": page("title: A\n"+front, "## Part\n\n> [!reported] They are tied {#ties}\n> Tied.\n>\n> - source: [[s]]\n> - held by: [[p]]\n")}
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
