// Audits a built site, page by page: is its HTML valid, is it accessible, is it
// light, and does it keep to itself? And are its data what they say?
//
//   node audit.mjs SITE
//
// Comes in: a folder that the builder wrote. Goes out: the findings by rule and
// the weights on stdout; exit code 1 if there is a finding, 2 if the audit could
// not be made.
//
// What must hold on every page:
//   - html-validate has nothing to say;
//   - axe-core finds nothing, in light at 1280 px and in dark at 360 px, all
//     disclosures open; on one page of each kind also with the results of a
//     search, and in every dialog that can be opened;
//   - there is no inline script or style, nothing is asked of another origin,
//     nothing that is asked for is missing, and the console stays silent;
//   - on one page of each of some kinds, Lighthouse finds nothing that keeps search engines
//     from it (seo.mjs);
//   - its linked data is in the vocabulary of schema.org (vocabulary.mjs);
//   - it weighs, gzipped, no more than the budget.
//
// The data files are opened by other programs (data.mjs). Links to claims whose
// holder is not named beside them are listed (holders.mjs).
//
// It knows the site only by its files and by the classes of <body>, kind-… and
// shows-….
import { createServer } from "node:http";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, extname, join, normalize, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { wrongData } from "./data.mjs";
import { unnamed } from "./holders.mjs";
import { hidden } from "./seo.mjs";
import { wrong } from "./vocabulary.mjs";

// The script that compares a reader's copy with a source has a budget of its own.
const budget = { html: 15_000, css: 12_000, js: 10_000, copy: 5_000 };

// Pages that are no reading pages, and what they may have any amount of: one
// holds the whole site, one looks through the index for what was meant.
const unbounded = { whole: ["html"], 404: ["js"] };

// Lighthouse takes seconds a page.
const sought = ["home", "section", "claim", "search"];

const views = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 360, height: 740 } },
];

const rules = {
  extends: ["html-validate:recommended"],
  rules: {
    // Matters of taste that html/template decides.
    "doctype-style": "off", "void-style": "off", "no-trailing-whitespace": "off",
    // A title names the page and the site; only search engines cut it.
    "long-title": "off",
    // Any id without a space is valid HTML; footnotes have a colon in theirs.
    "valid-id": ["error", { relaxed: true }],
  },
};

// One job at a time each, as many at once as asked for.
async function parallel(n, jobs, work) {
  const queue = jobs.values();
  await Promise.all(Array.from({ length: n }, async (_, worker) => {
    for (const job of queue) await work(job, worker);
  }));
}

// The findings, by rule. A rule keeps where it was broken.
class Findings {
  rules = new Map();
  add(rule, page, detail) {
    if (!this.rules.has(rule)) this.rules.set(rule, []);
    this.rules.get(rule).push({ page, detail });
  }
  get count() { return [...this.rules.values()].reduce((n, list) => n + list.length, 0); }
  print() {
    for (const [rule, list] of [...this.rules].sort()) {
      list.sort((a, b) => (a.page + a.detail < b.page + b.detail ? -1 : 1));
      console.log(`\n${rule}: ${list.length} on ${new Set(list.map((f) => f.page)).size} pages`);
      for (const { page, detail } of list.slice(0, shown)) console.log(`  ${page}: ${detail}`);
      if (list.length > shown) console.log(`  … and ${list.length - shown} more`);
    }
  }
}
const shown = Number(process.env.AUDIT_SHOW ?? 8);

// readPages lists the pages of a site by their address below its root, with
// their text and kind, in the order of their addresses.
function readPages(root) {
  return readdirSync(root, { recursive: true })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".html"))
    .sort()
    .map((name) => {
      const html = readFileSync(join(root, name), "utf8");
      const [, classes = ""] = html.match(/<body class="([^"]*)"/) ?? [];
      const of = (prefix) => classes.split(" ").find((c) => c.startsWith(prefix))?.slice(prefix.length);
      const redirect = html.includes('http-equiv="refresh"');
      return {
        file: name,
        address: name.replace(/(^|\/)index\.html$/, "$1"),
        html,
        redirect,
        kind: redirect ? "redirect" : of("shows-") ?? (name === "404.html" ? "404" : of("kind-") ?? "other"),
      };
    });
}

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".json": "application/json", ".csv": "text/csv", ".xml": "application/xml", ".txt": "text/plain", ".png": "image/png",
  ".jpg": "image/jpeg", ".webp": "image/webp", ".webmanifest": "application/manifest+json",
};

// serve publishes a folder on loopback as a plain web host would.
async function serve(root) {
  const server = createServer((request, response) => {
    let file = join(root, normalize(decodeURIComponent(new URL(request.url, "http://audit").pathname)));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const found = existsSync(file);
    if (!found) file = join(root, "404.html");
    response.writeHead(found ? 200 : 404, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(existsSync(file) ? readFileSync(file) : "");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// freePort returns the number of a port that nobody listens at.
async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function validate(pages, findings) {
  const validator = new HtmlValidate(rules);
  for (const page of pages) {
    const report = await validator.validateString(page.html, page.file);
    for (const m of report.results.flatMap((r) => r.messages)) {
      findings.add(`html-validate ${m.ruleId}`, page.file, `${m.line}:${m.column}: ${m.message}`);
    }
  }
}

// inline looks for what a strict content security policy forbids, beside the
// style attribute, which html-validate finds. Linked data is no script: it is
// never run.
function inline(pages, findings) {
  const forbidden = [
    ["script", /<script\b(?![^>]*\ssrc=)(?![^>]*\stype="?application\/(?:ld\+)?json)[^>]*>/gi],
    ["style", /<style\b[^>]*>/gi],
    ["event handler", /<[a-z][^<>]*\son[a-z]+=[^<>]*>/gi],
  ];
  for (const page of pages) {
    for (const [what, pattern] of forbidden) {
      for (const [tag] of page.html.matchAll(pattern)) findings.add(`inline ${what}`, page.file, tag);
    }
  }
}

// linked holds the linked data of each page against its vocabulary.
function linked(pages, findings) {
  for (const page of pages) {
    for (const [, text] of page.html.matchAll(/<script type="?application\/ld\+json"?>(.*?)<\/script>/gs)) {
      for (const what of wrong(JSON.parse(text))) findings.add("linked data", page.file, what);
    }
  }
}

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// check runs axe on what is now to be seen of a page, and files under each
// finding where it was seen.
async function check(tab, where, seen) {
  const violations = await tab.evaluate(
    async (values) => (await window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] })).violations,
    tags,
  );
  for (const { id, nodes } of violations) {
    for (const node of nodes) {
      const why = (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? node.html;
      const key = JSON.stringify([`axe ${id}`, `${node.target.join(" ")}: ${why}`]);
      seen.set(key, [...(seen.get(key) ?? []), where]);
    }
  }
}

// search asks every search field that is to be seen for a word, and waits for
// what it finds. It returns how many there are.
async function search(tab) {
  const fields = await tab.locator('input[type="search"]:visible').all();
  for (const field of fields) {
    await field.fill((await tab.locator("h1").first().innerText()).split(" ").at(-1));
    await tab.locator("mark:visible").first().waitFor({ timeout: 5000 }).catch(() => {});
  }
  return fields.length;
}

// look opens a page and looks at it in every view, and if it is the first of
// its kind also with what a search finds and in every dialog that it can open.
// It returns the addresses that the page asked for by itself.
async function look(tab, page, origin, first, findings) {
  const asked = new Set();
  const seen = new Map();
  let loaded;
  const watch = {
    request: (r) => asked.add(r.url()),
    response: (r) => r.status() >= 400 && findings.add("missing", page.file, r.url().replace(origin, "")),
    pageerror: (e) => findings.add("script error", page.file, e.message),
    console: (m) => ["error", "warning"].includes(m.type()) && !m.text().startsWith("Failed to load resource") && findings.add("console", page.file, m.text()),
  };
  for (const [event, f] of Object.entries(watch)) tab.on(event, f);
  for (const [i, view] of views.entries()) {
    await tab.emulateMedia({ colorScheme: view.colorScheme, reducedMotion: "reduce" });
    await tab.setViewportSize(view.viewport);
    if (i === 0) await tab.goto(`${origin}/${page.address}`, { waitUntil: "load" });
    await tab.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
    await check(tab, view.name, seen);
    loaded ??= [...asked];
    if (!first) continue;
    if (await search(tab)) await check(tab, `${view.name} with results`, seen);
    for (const opener of await tab.locator('[aria-haspopup="dialog"]:visible').all()) {
      await opener.click();
      const dialog = tab.locator("dialog[open], [role=dialog]:visible").first();
      if (await dialog.waitFor({ timeout: 5000 }).then(() => true, () => false)) {
        await search(tab);
        await check(tab, `${view.name} in a dialog`, seen);
      } else {
        findings.add("no dialog", page.file, `this says that it opens one: ${await opener.evaluate((b) => b.outerHTML)} (${view.name})`);
      }
      await tab.keyboard.press("Escape");
    }
  }
  for (const [event, f] of Object.entries(watch)) tab.off(event, f);
  for (const [key, where] of seen) {
    const [rule, detail] = JSON.parse(key);
    findings.add(rule, page.file, `${detail} (${where.join(", ")})`);
  }
  for (const url of asked) {
    if (!url.startsWith(origin + "/") && !url.startsWith("data:") && !url.startsWith("blob:")) findings.add("third-party request", page.file, url);
  }
  return loaded;
}

// weigh adds up a page and what it asked for, gzipped.
function weigh(root, origin, page, asked, size) {
  page.weight = { html: size(page.file), css: 0, js: 0, copy: 0 };
  for (const url of asked) {
    if (!url.startsWith(origin + "/")) continue;
    const name = decodeURIComponent(new URL(url).pathname).slice(1);
    const kind = /^js\/copy\b.*\.js$/.test(name) ? "copy" : { ".css": "css", ".js": "js" }[extname(name)];
    if (kind && existsSync(join(root, name))) page.weight[kind] += size(name);
  }
}

const kB = (bytes) => (bytes / 1000).toFixed(1);

function printWeights(pages) {
  const weighed = pages.filter((p) => p.weight).sort((a, b) => b.weight.html - a.weight.html || (a.file < b.file ? -1 : 1));
  const row = (...cells) => console.log("  " + cells.map((c, i) => (i === 0 ? String(c).padEnd(13) : i < 5 ? String(c).padStart(7) : ` ${c}`)).join(""));
  console.log(`\nweights in kB, gzipped; at most HTML ${budget.html / 1000}, CSS ${budget.css / 1000}, JavaScript ${budget.js / 1000}`);
  row("kind", "pages", "HTML", "CSS", "JS", "the largest page of the kind");
  for (const kind of [...new Set(weighed.map((p) => p.kind))].sort()) {
    const those = weighed.filter((p) => p.kind === kind);
    const most = (k) => kB(Math.max(...those.map((p) => p.weight[k])));
    row(kind, those.length, most("html"), most("css"), most("js"), those[0].file);
  }
  console.log("\nthe ten heaviest pages");
  for (const p of weighed.slice(0, 10)) row(p.kind, "", kB(p.weight.html), kB(p.weight.css), kB(p.weight.js), p.file);
}

// browserPath finds the browser, as the tests in Go do.
function browserPath() {
  const names = process.env.CHROMIUM ? [process.env.CHROMIUM] : ["chromium", "chromium-browser", "google-chrome"];
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];
  const paths = names.flatMap((name) => (name.includes("/") ? [name] : folders.map((folder) => join(folder, name))));
  const found = paths.find((path) => existsSync(path));
  if (!found) throw new Error("no browser found: install Debian's package chromium, or set CHROMIUM to one");
  return found;
}

async function audit(root) {
  const findings = new Findings();
  const pages = readPages(root);
  if (pages.length === 0) throw new Error(`there is no page in ${root}`);
  await validate(pages, findings);
  inline(pages, findings);
  linked(pages, findings);
  for (const [file, what] of wrongData(root)) findings.add("data", file, what);

  const sizes = new Map();
  const size = (name) => {
    if (!sizes.has(name)) sizes.set(name, gzipSync(readFileSync(join(root, name))).length);
    return sizes.get(name);
  };
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu", `--remote-debugging-port=${port}`],
    chromiumSandbox: false,
  });
  const web = await serve(root);
  try {
    const read = pages.filter((p) => !p.redirect);
    const first = new Set();
    for (const page of read) page.first = !first.has(page.kind) && Boolean(first.add(page.kind));
    const tabs = await Promise.all([0, 1].map(async () => {
      const context = await browser.newContext();
      await context.addInitScript(axe.source);
      return context.newPage();
    }));
    await parallel(tabs.length, read, async (page, worker) => {
      try {
        weigh(root, web.origin, page, await look(tabs[worker], page, web.origin, page.first, findings), size);
      } catch (err) {
        throw new Error(`${page.file}: ${err.message}`);
      }
    });
    for (const page of read.filter((p) => p.first && sought.includes(p.kind))) {
      for (const [what, why] of await hidden(`${web.origin}/${page.address}`, port)) findings.add(`lighthouse ${what}`, page.file, why);
    }
  } finally {
    await browser.close();
    web.close();
  }

  for (const page of pages.filter((p) => p.weight)) {
    for (const [k, most] of Object.entries(budget)) {
      if (page.weight[k] > most && !unbounded[page.kind]?.includes(k)) {
        findings.add(`weight of ${k}`, page.file, `${kB(page.weight[k])} kB, at most ${kB(most)}`);
      }
    }
  }
  printWeights(pages);
  const links = unnamed(root, pages);
  console.log(`\n${links.length} links to a claim in a paragraph that does not name its holder, to be looked at`);
  for (const [file, id] of links) console.log(`  ${file}: ${id}`);
  findings.print();
  console.log(`\n${pages.length} pages audited, ${findings.count} findings`);
  return findings.count === 0;
}

const [site, ...rest] = process.argv.slice(2);
if (!site || rest.length) {
  console.error("usage: node audit.mjs SITE");
  process.exit(2);
}
try {
  process.exitCode = (await audit(resolve(site))) ? 0 : 1;
} catch (err) {
  console.error(`audit: ${err.message}`);
  process.exitCode = 2;
}
