// Live reload. The preview puts this script into every page it serves; the
// published site does not have it.
//
// Each message names the newest build and what is wrong with it. The page then
// asks for itself again. If it is the same, nothing happens; if only the names
// of style sheets differ, those are swapped; otherwise it is loaded anew and
// stands where it stood.

let sum = document.querySelector("script[data-sum]").dataset.sum; // of the page as it is shown
let source = null; // its HTML as it was served, without the names of style sheets; null if not known
let pictures = null; // the tags of the pictures on it; null if not known
let queue = Promise.resolve();

const place = "live:" + location.pathname;
const kept = sessionStorage.getItem(place);
if (kept) {
  sessionStorage.removeItem(place);
  const [left, top] = JSON.parse(kept);
  const restore = () => scrollTo({ left, top, behavior: "instant" });
  restore();
  addEventListener("load", restore, { once: true });
}

const events = new EventSource("/.live/events");
events.onmessage = ({ data }) => {
  const news = JSON.parse(data);
  overlay(news.failed ? news.diagnostics : []);
  queue = queue.then(() => refresh(news.build), () => refresh(news.build));
};
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

async function refresh(build) {
  const answer = await fetch(location.href, { cache: "no-store" });
  const latest = answer.headers.get("X-Sum");
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const bare = withoutStyles(page);
  if (latest !== sum && latest !== null) {
    if (bare !== source) {
      sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
      location.reload();
      return;
    }
    await swapStyles(styles(page));
    sum = latest;
  }
  if (await picturesDiffer()) {
    location.reload();
    return;
  }
  source = bare;
  document.documentElement.dataset.build = build;
}

// picturesDiffer tells whether a picture on the page was replaced under the same
// name since the last message.
async function picturesDiffer() {
  const ask = (picture) => fetch(picture.src, { method: "HEAD", cache: "no-store" }).then((answer) => answer.headers.get("ETag"));
  const tags = (await Promise.all([...document.images].map(ask))).join();
  const differ = pictures !== null && pictures !== tags;
  pictures = tags;
  return differ;
}

function styles(page) {
  return [...page.querySelectorAll('link[rel="stylesheet"]')];
}

function withoutStyles(page) {
  const copy = page.documentElement.cloneNode(true);
  for (const sheet of copy.querySelectorAll('link[rel="stylesheet"]')) sheet.removeAttribute("href");
  copy.querySelector("script[data-sum]")?.remove();
  return copy.outerHTML;
}

// swapStyles loads each new style sheet before it takes the old one away, so
// that the page is never without.
function swapStyles(next) {
  return Promise.all(
    styles(document).map((old, i) => {
      const href = next[i].getAttribute("href");
      if (old.getAttribute("href") === href) return;
      const sheet = old.cloneNode();
      sheet.setAttribute("href", href);
      return new Promise((done) => {
        sheet.onload = sheet.onerror = () => {
          old.remove();
          done();
        };
        old.after(sheet);
      });
    }),
  );
}

// overlay shows what is wrong over the last good page, and goes away when
// nothing is.
function overlay(diagnostics) {
  document.querySelector("live-overlay")?.remove();
  if (diagnostics.length === 0) return;
  const host = document.createElement("live-overlay");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
    section { max-height: 60vh; overflow: auto; padding: 1rem 1.25rem; background: #2a0f12; color: #fff;
      border-top: 4px solid #ff6b6b; font: 15px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    h2 { margin: 0 3rem .5rem 0; font: 700 1rem/1.4 sans-serif; }
    li { margin-block: .5rem; overflow-wrap: anywhere; }
    ol { margin: 0; padding: 0; list-style: none; }
    .at { color: #ffb3b3; } .hint { color: #cde7ff; } .warning { color: #ffe08a; }
    button { position: absolute; top: .75rem; right: 1rem; min-width: 2rem; min-height: 2rem; color: inherit;
      background: none; border: 1px solid currentColor; font: inherit; cursor: pointer; }`);
  root.adoptedStyleSheets = [sheet];
  const section = document.createElement("section");
  section.setAttribute("role", "alert");
  const count = diagnostics.length;
  const heading = element("h2", "", `${count} ${count === 1 ? "finding" : "findings"}; what you see is from before`);
  const list = document.createElement("ol");
  for (const d of diagnostics) {
    const item = document.createElement("li");
    const at = [d.file, d.line, d.column].filter(Boolean).join(":");
    item.append(element("div", "at", at), element("div", d.severity, `${d.severity}: ${d.message}`));
    if (d.hint) item.append(element("div", "hint", `hint: ${d.hint}`));
    list.append(item);
  }
  const close = element("button", "", "×");
  close.setAttribute("aria-label", "Hide until the next build");
  close.onclick = () => host.remove();
  section.append(heading, list, close);
  root.append(section);
  document.body.append(host);
}

function element(tag, className, text) {
  const e = document.createElement(tag);
  if (className) e.className = className;
  e.textContent = text;
  return e;
}
