package browser

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"analysis/builder/website"
)

// attacks is a page that tries in many ways to read a site of another origin, whose
// address is in its fragment. outcome says what each attempt got; "" is nothing.
const attacks = `<!doctype html><title>Attacks</title><button>open</button><iframe name=posted hidden></iframe><script>
const site = location.hash.slice(1), index = site + "search/text-0.js", waiting = {}, taken = [];
const attempt = (name, start) => { waiting[name] = new Promise((done) => start(done, () => done(""))).catch(() => ""); };
const element = (name, tag, attributes, got = () => "loaded") => attempt(name, (done, nothing) => {
  const e = Object.assign(document.createElement(tag), attributes);
  e.onload = e.onloadeddata = () => done(got(e));
  e.onerror = nothing;
  document.body.append(e);
});
const request = (name, address, options) => attempt(name, (done, nothing) => fetch(address, options).then((r) => done(r.type), nothing));
globalThis.siteIndex = { add: (part, data) => taken.push(data) };
addEventListener("message", (e) => taken.push(e.data));
element("script", "script", { src: index });
element("script asked for with CORS", "script", { src: index, crossOrigin: "anonymous" });
element("module", "script", { src: index, type: "module" });
element("page as a script", "script", { src: site });
element("picture", "img", { src: site + "favicon.svg" });
element("style sheet", "link", { rel: "stylesheet", href: site + "probe.css" });
element("preload", "link", { rel: "preload", as: "script", href: index });
element("object", "object", { data: site + "favicon.svg", type: "image/svg+xml" });
element("frame", "iframe", { src: site + "framed.html" }, () => taken.includes("framed") ? "framed" : "");
request("fetch", index, {});
request("fetch without CORS", index, { mode: "no-cors" });
request("fetch of a page without CORS", site, { mode: "no-cors" });
request("post", site, { method: "POST", mode: "no-cors", body: "x" });
attempt("worker", (done) => {
  const text = "siteIndex = { add() {} }; try { importScripts('" + index + "'); postMessage('loaded') } catch { postMessage('') }";
  new Worker(URL.createObjectURL(new Blob([text]))).onmessage = (e) => done(e.data);
});
attempt("events", (done, nothing) => Object.assign(new EventSource(site + ".live/events"), { onmessage: done, onerror: nothing }));
attempt("socket", (done, nothing) => Object.assign(new WebSocket(site.replace("http", "ws") + ".live/events"), { onopen: done, onerror: nothing }));
const look = () => attempt("window", (done) => {
  const other = open(site), until = () => !other ? done("no window") : other.closed ? done("") : setTimeout(until, 10);
  until();
});
document.querySelector("button").onclick = look;
const form = Object.assign(document.createElement("form"), { action: site, method: "post", target: "posted" });
document.body.append(form);
form.submit();
const outcome = async () => {
  for (const name in waiting) waiting[name] = await Promise.race([waiting[name], new Promise((done) => setTimeout(done, 20000, "no end"))]);
  return { ...waiting, taken: taken.join() };
};
</script>`

// hostile serves a page on another port, which is another origin.
func hostile(t *testing.T, page string) string {
	return web(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, page)
	}))
}

// A page of another origin, which the author has open beside the preview, gets nothing
// from it. A server without protection shows what the attempts are worth.
func TestOtherSitesReadNothingOfThePreview(t *testing.T) {
	const secret = "Nobody else may read this draft."
	safe, root := preview(t, map[string]string{
		"site.yaml": "title: Secret\n", "index.md": "# Secret\n\n" + secret + "\n", "search.md": "---\ntitle: Search\nshows: search\n---\n",
		"probe.css": "h1 { color: red }\n", "framed.html": "<!doctype html><script>parent.postMessage('framed', '*')</script>",
	})
	options := website.Options(root + "/content")
	options.PlainNames = true // as the preview has them
	open := web(t, hosted(website.Build(t, options)))
	page := hostile(t, attacks)
	b := newTab(t)
	b.open(page+"?1#"+open, 800, 600)
	worth := see[map[string]string](b, "outcome()")
	if !strings.Contains(worth["taken"], secret) || !strings.Contains(worth["taken"], "framed") {
		t.Errorf("without protection it took %q", worth["taken"])
	}
	b.open(page+"?2#"+safe, 800, 600)
	b.do(chromedp.Click(chromedp.CSS("button")))
	for name, got := range see[map[string]string](b, "outcome()") {
		if got != "" {
			t.Errorf("%s got %q, and without protection %q", name, got, worth[name])
		}
	}
}

// A file beside a page runs no script when it is opened by itself: it would run as a
// page of the preview and could read all others. Pages of the site do run theirs.
func TestFilesBesidePagesRunNoScript(t *testing.T) {
	const run = `document.documentElement.setAttribute("data-ran", "")`
	address, _ := preview(t, map[string]string{
		"site.yaml": "title: Files\n", "index.md": "# Files\n\n![A drawing](a.svg)\n",
		"run.js": run, "style.css": "p { color: rgb(1, 2, 3) }",
		"a.html": `<!doctype html><link rel="stylesheet" href="style.css"><p>Text</p><script>` + run + `</script><script src="run.js"></script><img src="x" onerror='` + run + `'>`,
		"a.svg":  `<svg xmlns="http://www.w3.org/2000/svg"><script>` + run + `</script><script href="run.js"/></svg>`,
		"a.xml":  `<html xmlns="http://www.w3.org/1999/xhtml"><script src="run.js"></script></html>`,
	})
	b := newTab(t)
	for _, name := range []string{"a.html", "a.svg", "a.xml"} {
		b.open(address+name, 800, 600)
		b.becomes(`document.readyState === "complete"`)
		b.is(`!document.documentElement.hasAttribute("data-ran")`)
	}
	b.open(address+"a.html", 800, 600)
	b.is(`getComputedStyle(document.querySelector("p")).color === "rgb(1, 2, 3)"`)
	b.open(address, 800, 600)
	b.becomes(`document.documentElement.dataset.build !== undefined && document.querySelector("img").complete`)
}
