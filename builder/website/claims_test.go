package website

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"analysis/builder/internal/pipeline"
	"analysis/builder/internal/publish"
	"analysis/builder/internal/site"
)

// reader follows links from claim to claim, as far as they stand in the text
// and its lists: the navigation leads from anywhere to anywhere and proves
// nothing.
type reader struct {
	s        *pipeline.Snapshot
	pages    map[string]*html.Node
	problems []string
	clicks   int
}

// on parses the page of a Ref.
func (r *reader) on(to *site.Ref) *html.Node {
	name := to.URL + "index.html"
	if r.pages[name] == nil {
		f := r.s.Files[name]
		if f == nil {
			r.problems = append(r.problems, name+": there is no such page")
			f = &publish.File{}
		}
		root, err := html.Parse(bytes.NewReader(f.Data))
		if err != nil {
			r.problems = append(r.problems, name+": "+err.Error())
		}
		r.pages[name] = root
	}
	return r.pages[name]
}

// first finds an element.
func first(n *html.Node, ok func(n *html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && ok(d) {
			return d
		}
	}
	return nil
}

// within finds the element of an id, or an empty one.
func within(n *html.Node, id string) *html.Node {
	found := first(n, func(n *html.Node) bool { return attr(n, "id") == id || attr(n, "aria-labelledby") == id })
	if found == nil {
		return &html.Node{}
	}
	return found
}

// addresses are those that the links below a node lead to, below the site's
// root, without those of the navigation and of mentions.
func addresses(n *html.Node, from *site.Ref) (list []string) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Data == "nav" || c.Data == "header" || attr(c, "class") == "backlinks" {
			continue
		}
		if u, err := url.Parse(attr(c, "href")); err == nil && c.Data == "a" && u.Host == "" {
			to := path.Join(from.URL, u.Path)
			if u.Path == "" {
				to = path.Clean(from.URL)
			}
			list = append(list, strings.TrimPrefix(to+"/#"+u.Fragment, "./"))
		}
		list = append(list, addresses(c, from)...)
	}
	return list
}

// click asks for a link from one page, in a part of it, to a place on another.
func (r *reader) click(part *html.Node, from, to *site.Ref, fragment, why string) {
	r.clicks++
	if want := to.URL + "#" + fragment; !slices.Contains(addresses(part, from), want) {
		r.problems = append(r.problems, fmt.Sprintf("%s: no link to %s %s", from.URL, want, why))
	}
}

// relationWords are what the layouts call a relation, out and in.
var relationWords = map[string][2]string{
	"contradicts": {"Contradicts", "Contradicts"}, "supports": {"Supports", "Supported by"}, "qualifies": {"Qualifies", "Qualified by"},
	"leads to": {"Leads to", "Follows from"}, "depends on": {"Depends on", "Needed for"}, "repeats": {"Repeats", "Repeated in"},
}

// followClaims goes from every claim to all that its record names, and back,
// one click each way: to the paragraphs it cites, to the claims it is related
// to, to the place where it is told, to those who hold it and what it is about.
func followClaims(s *pipeline.Snapshot) (problems []string, clicks int) {
	r := &reader{s: s, pages: map[string]*html.Node{}}
	for _, c := range s.Site.Claims {
		own := r.on(c.Ref)

		place := within(r.on(c.ToldOn), c.ID)
		label := first(place, func(n *html.Node) bool { return strings.Contains(attr(n, "class"), "claim-label") })
		if label == nil {
			r.problems = append(r.problems, fmt.Sprintf("%s: the claim %q has no label", c.ToldOn.URL, c.ID))
			label = &html.Node{}
		}
		r.click(label, c.ToldOn, c.Ref, "", "in its label")
		r.click(own, c.Ref, c.ToldOn, c.ID, "to the place where it is told")

		for _, cite := range c.Cites {
			source := r.on(cite.Source)
			for _, place := range cite.Places {
				anchor := place.Anchor()
				r.click(label, c.ToldOn, cite.Source, anchor, "in its label")
				r.click(own, c.Ref, cite.Source, anchor, "in its record")
				r.click(within(own, "site-source"), c.Ref, cite.Source, anchor, "beside its gist")
				r.click(within(source, anchor), cite.Source, c.Ref, "", "at its paragraph")
			}
			if len(cite.Places) == 0 {
				r.click(own, c.Ref, cite.Source, "", "as its source")
				r.click(within(source, "site-claims"), cite.Source, c.Ref, "", "among its claims")
			}
		}

		for _, rel := range c.Relations {
			r.click(related(own, rel.Key, rel.Inverse), c.Ref, rel.Claim.Ref, "", "under "+rel.Key)
			r.click(related(r.on(rel.Claim.Ref), rel.Key, !rel.Inverse), rel.Claim.Ref, c.Ref, "", "under "+rel.Key)
		}
		if listed := count(within(own, "site-relations"), "li"); listed != len(c.Relations) {
			r.problems = append(r.problems, fmt.Sprintf("%s: lists %d relations of %d", c.URL, listed, len(c.Relations)))
		}
		for _, f := range c.Dependents {
			r.click(within(own, "site-falls"), c.Ref, f.Ref, "", "among what falls")
			if f.Through != nil {
				r.click(within(own, "site-falls"), c.Ref, f.Through, "", "as the way there")
			}
		}

		for part, refs := range map[string][]*site.Ref{"site-holds": c.HeldBy, "site-claims": c.About, "site-addressed": c.Addressees} {
			for _, ref := range refs {
				r.click(own, c.Ref, ref, "", "as in its record")
				r.click(within(r.on(ref), part), ref, c.Ref, "", "in "+part)
			}
		}
		for _, check := range c.Checks {
			for _, ref := range check.Sources {
				r.click(within(own, "site-evidence"), c.Ref, ref, "", "among its checks")
				r.click(within(r.on(ref), "site-checks"), ref, c.Ref, "", "among its checks")
			}
		}
		for _, ref := range append(slices.Clone(c.Outcome.Sources), c.Cause.Sources...) {
			r.click(own, c.Ref, ref, "", "as its outcome")
			r.click(within(r.on(ref), "site-outcomes"), ref, c.Ref, "", "among outcomes")
		}
	}
	return r.problems, r.clicks
}

// related gathers the entries of one relation.
func related(page *html.Node, key string, inverse bool) *html.Node {
	word := relationWords[key][0]
	if inverse {
		word = relationWords[key][1]
	}
	all := &html.Node{}
	for li := range within(page, "site-relations").Descendants() {
		if li.Data != "li" {
			continue
		}
		span := first(li, func(n *html.Node) bool { return attr(n, "class") == "relation" })
		if span != nil && textOf(span) == word+":" {
			all.AppendChild(copied(li))
		}
	}
	return all
}

func copied(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, Data: n.Data, Attr: n.Attr}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.AppendChild(copied(child))
	}
	return c
}

// count counts the elements of a name.
func count(n *html.Node, name string) (found int) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			found++
		}
	}
	return found
}

func TestFollowClaims(t *testing.T) {
	Each(t, func(t *testing.T, o pipeline.Options) {
		s := Build(t, o)
		problems, clicks := followClaims(s)
		for _, p := range problems {
			t.Error(p)
		}
		if clicks < 8*len(s.Site.Claims) {
			t.Errorf("only %d links for %d claims", clicks, len(s.Site.Claims))
		}
		t.Logf("%d claims, %d links followed", len(s.Site.Claims), clicks)
	})
}

// Each way that a claim can be cut off is found.
func TestFollowClaimsFindsWhatIsMissing(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, want string }{
		{"a label", "analysis/pot/index.html", `class="claim-label"`, `class="x"`, `analysis/pot/: the claim "boiling" has no label`},
		{"the place in the text", "analysis/pot/index.html", `id="boiling"`, `id="x"`, `analysis/pot/: no link to claims/boiling/# in its label`},
		{"the way to the text", "claims/boiling/index.html", `#boiling"`, `"`, `claims/boiling/: no link to analysis/pot/#boiling to the place where it is told`},
		{"the way to the paragraph", "claims/boiling/index.html", `nice-cup/#p6"`, `nice-cup/#p7"`, `claims/boiling/: no link to sources/nice-cup/#p6 beside its gist`},
		{"the way back from it", "sources/nice-cup/index.html", `id="p6"`, `id="p7"`, `sources/nice-cup/: no link to claims/boiling/# at its paragraph`},
		{"a relation", "claims/tea-first/index.html", `>Contradicts: <`, `>Likes: <`, `claims/tea-first/: no link to claims/milk-goes-first/# under contradicts`},
		{"the other end", "claims/proteins/index.html", `>Needed for: <`, `>Depends on: <`, `claims/proteins/: no link to claims/milk-goes-first/# under depends on`},
		{"a holder", "actors/george-orwell/index.html", `claims/boiling/`, `claims/x/`, `actors/george-orwell/: no link to claims/boiling/# in site-holds`},
		{"the whole page", "claims/boiling/index.html", "", "", `claims/boiling/index.html: there is no such page`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Build(t, Options(Small))
			f := s.Files[c.file]
			if c.old == "" {
				delete(s.Files, c.file)
			} else if !bytes.Contains(f.Data, []byte(c.old)) {
				t.Fatalf("%s has no %s", c.file, c.old)
			} else {
				s.Files[c.file] = &publish.File{Data: bytes.ReplaceAll(f.Data, []byte(c.old), []byte(c.new))}
			}
			problems, _ := followClaims(s)
			if !strings.Contains(strings.Join(problems, "\n"), c.want) {
				t.Errorf("found %q, want %s", problems, c.want)
			}
		})
	}
}
