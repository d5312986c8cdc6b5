package content

import (
	"regexp"
	"strings"
	"testing"

	"analysis/builder/internal/diag"
)

// Whoever can write a page cannot run a script in its reader's browser.

func TestRawHTMLIsText(t *testing.T) {
	for in, want := range map[string]string{
		"a <b onclick=\"x()\">b</b> c":      "<p>a &lt;b onclick=&#34;x()&#34;&gt;b&lt;/b&gt; c</p>\n",
		"<script>alert('x')</script>":       "<pre class=\"raw\" tabindex=\"0\"><code>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</code></pre>\n",
		"<div>\n\n*a*\n\n</div>":            "<pre class=\"raw\" tabindex=\"0\"><code>&lt;div&gt;\n</code></pre>\n<p><em>a</em></p>\n<pre class=\"raw\" tabindex=\"0\"><code>&lt;/div&gt;</code></pre>\n",
		"<style>* { color: red }</style>":   "<pre class=\"raw\" tabindex=\"0\"><code>&lt;style&gt;* { color: red }&lt;/style&gt;</code></pre>\n",
		"a <?php x ?> <![CDATA[y]]> <!D z>": "<p>a &lt;?php x ?&gt; &lt;![CDATA[y]]&gt; &lt;!D z&gt;</p>\n",
		"&lt;b&gt; &#60;b&#62; &#x3c;":      "<p>&lt;b&gt; &lt;b&gt; &lt;</p>\n",
		"| <i>a</i> |\n|---|":               "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">&lt;i&gt;a&lt;/i&gt;</th>\n</tr>\n</thead>\n</table>\n</div>\n",
		"## <u>A</u> {#a}":                  "<h2 id=\"a\">&lt;u&gt;A&lt;/u&gt;</h2>\n",
		"[[a|<img src=x onerror=y>]]":       "<p><a href=\"{0}\">&lt;img src=x onerror=y&gt;</a></p>\n",
		"![a](a.png \"<script>\")":          "<figure><img src=\"{0}\" alt=\"a\" loading=\"lazy\"><figcaption>&lt;script&gt;</figcaption></figure>\n",
		"[a](b.md \"\\\" onclick=\\\"x\")":  "<p><a href=\"{0}\" title=\"&quot; onclick=&quot;x\">a</a></p>\n",
		"```\"onclick=x\nb\n```":            "<pre tabindex=\"0\"><code class=\"language-&quot;onclick=x\">b\n</code></pre>\n",
		"> [!note] <script>x</script>\n> b": "<div class=\"callout note\" role=\"note\">\n<p class=\"callout-title\">&lt;script&gt;x&lt;/script&gt;</p>\n<p>b</p>\n</div>\n",
	} {
		d := parse(in)
		if got := filled(d); got != want {
			t.Errorf("%q becomes\n%s\nwant\n%s", in, got, want)
		}
		for _, b := range broken(d, []byte(titled(in))) {
			t.Errorf("%q: %s", in, b)
		}
	}
}

// No name may be linked in what was meant as markup.
func TestNoRunsInRawHTML(t *testing.T) {
	d := parse("<div>\nKabul\n</div>\n\na <b title=\"Kabul\">b</b>\n")
	if got := strings.Join(runs(d), "|"); got != "a |b" {
		t.Errorf("names may be linked in %q", got)
	}
}

var anyAddress = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

func TestUnsafeSchemes(t *testing.T) {
	for _, dest := range []string{
		"javascript:alert(1)", "JavaScript:alert(1)", "javascript&colon;alert(1)", "javascript&#58;alert(1)", "javascript&#x3A;alert(1)",
		"&#106;avascript:alert(1)", "&#x6a;avascript:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "java&#10;script:alert(1)",
		"java&#0;script:alert(1)", `javascript\:alert(1)`, "&#1;javascript:alert(1)", "&#32;javascript:alert(1)", "&nbsp;javascript:alert(1)",
		"&#38;#106;avascript:alert(1)", "vbscript:x", "data:text/html;base64,AA", "file:///etc/passwd", "view-source:https://example.org/", "blob:x", "about:blank",
	} {
		for _, in := range []string{"[a](" + dest + ")", "[a](<" + dest + ">)", "![a](" + dest + ")", "[a][r]\n\n[r]: " + dest, "[[" + dest + "|a]]"} {
			d := parse(in)
			for _, m := range anyAddress.FindAllSubmatch(d.HTML, -1) {
				if len(m[1]) > 0 {
					t.Errorf("%q leaves the address %q", in, m[1])
				}
			}
			// What a wiki link or a picture calls an entity stays as it is written;
			// then it is the name of a page or file that is not there.
			if errors, _ := diag.Count(d.Diagnostics); errors == 0 && len(d.Links) != 1 {
				t.Errorf("%q is neither reported nor a link inside the site", in)
			}
			for _, b := range broken(d, []byte(titled(in))) {
				t.Errorf("%q: %s", in, b)
			}
		}
	}
}

func TestUnsafeAutolinks(t *testing.T) {
	for _, dest := range []string{"javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "file:///etc/passwd"} {
		d := parse("<" + dest + ">")
		wantReported(t, d, "4:1: error: the scheme of \""+dest+"\" is not allowed\n  hint: links may begin with https:, http: or mailto:")
		if got, want := string(d.HTML), "<p><a href=\"\" class=\"bare\">"+dest+"</a></p>\n"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestHeadingAttributes(t *testing.T) {
	for in, want := range map[string]string{
		`## A {#b onclick="x" style="y" class=c}`: `<h2 id="b" class="c">A</h2>` + "\n",
		`## A {onmouseover=x href=y data-z=1}`:    `<h2 id="a">A</h2>` + "\n",
		`## A {id="\" onclick=\"x"}`:              `<h2 id="&#34; onclick=&#34;x">A</h2>` + "\n",
		`## A {class="\"><script>"}`:              `<h2 id="a" class="&#34;&gt;&lt;script&gt;">A</h2>` + "\n",
	} {
		d := parse(in)
		if got := string(d.HTML); got != want {
			t.Errorf("%s becomes\n%s\nwant\n%s", in, got, want)
		}
		for _, b := range broken(d, []byte(titled(in))) {
			t.Errorf("%s: %s", in, b)
		}
	}
}
