// Live update. The preview puts this script at the end of every page it serves;
// the published site does not have it.
//
// Each message names the newest build and what is wrong with it. The page then
// fetches itself again, and what differs is changed in place. Style sheets and
// pictures keep their names, so the page asks for their ETags and shows those
// anew that differ. Only changed scripts need the page to be reloaded.
//
// The published scripts change a page after it is loaded, so what is served
// cannot be compared with what is shown. Served HTML is compared with served
// HTML: this script is no module and not deferred, and so runs when the page is
// parsed and the published ones have not run. It then copies the page, and
// remembers for each node of the copy the node that is shown. A change from one
// served page to the next is made to the corresponding nodes, wherever scripts
// have put something around or beside them. A page that cannot be changed so,
// because scripts removed the place, is reloaded.
(() => {
  "use strict";
  const { dataset } = document.currentScript;
  const root = document.documentElement;
  const live = new WeakMap(); // the shown node of each node as served
  let sum = dataset.sum; // of the page as it is shown
  let source = new DOMParser().parseFromString("", "text/html"); // as served; its pictures are not loaded
  source.replaceChild(source.importNode(root, true), source.documentElement);
  correspond(source.documentElement, root);
  bare(source);

  // A page that was reloaded is scrolled to where it was.
  const place = "live:" + location.pathname;
  const kept = take(place);
  if (kept) {
    const [left, top] = JSON.parse(kept);
    const restore = () => scrollTo({ left, top, behavior: "instant" });
    restore();
    addEventListener("load", restore, { once: true });
  }
  const from = take("live:moved");
  if (from) notice(`The page ${from} has moved here.`);

  function take(key) {
    const value = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return value;
  }

  function reload() {
    sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
    location.reload();
  }

  // News. A hidden tab does not listen: a browser grants a host six connections
  // for all its tabs. The first message tells the current state, so a tab that
  // listens again, after a sleep or to a preview that was restarted, catches up.
  // Each message leads to the same requests, so it does not matter whether builds
  // are counted from one again.
  let events = null;
  function listen() {
    events?.close();
    events = document.hidden ? null : new EventSource("/.live/events");
    if (!events) return;
    events.onmessage = ({ data }) => {
      const news = JSON.parse(data);
      overlay(news);
      newest = news.build;
      follow();
    };
    events.onerror = ({ target }) => {
      if (target === events && target.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  }
  listen();
  document.addEventListener("visibilitychange", listen);
  addEventListener("online", listen);
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) listen();
  });

  // One refresh at a time; of the messages in between, the last one counts.
  let newest, asked = false, busy = false;
  async function follow() {
    asked = true;
    if (busy) return;
    for (busy = true; asked;) {
      asked = false;
      try {
        await refresh(newest);
      } catch (error) { // no connection; the next message may be long in coming
        console.debug("live update:", error);
        setTimeout(follow, 1000);
      }
    }
    busy = false;
  }

  let gone = false; // whether the page is no longer part of the site

  async function refresh(build) {
    const [answer, changed] = await Promise.all([fetch(location.href, { cache: "no-store" }), changedFiles()]);
    const latest = answer.headers.get("X-Sum");
    const text = await answer.text();
    if (dataset.status !== "200") { // what is shown only says that there is no page
      if (latest !== sum || changed.size) return reload();
    } else if (answer.status === 404) {
      gone = true;
      const moved = answer.headers.get("X-Moved"), near = answer.headers.get("X-Near");
      notice("This page is no longer part of the site.", moved ? "It seems to have moved to" : "Go on to", moved ?? near ?? "/");
    } else if (answer.ok && latest !== null) {
      if (gone) notice(null);
      gone = false;
      if (scripts().some((address) => changed.has(address))) return reload();
      await showFiles(changed);
      if (latest !== sum) {
        const next = new DOMParser().parseFromString(text, "text/html");
        const to = leads(next);
        if (to && !leads(source)) {
          sessionStorage.setItem("live:moved", location.pathname);
          location.replace(new URL(to, location.href));
          return;
        }
        bare(next);
        if (fixed(next) !== fixed(source)) return reload();
        try {
          await update(next);
        } catch (error) {
          console.debug("live update:", error);
          return reload();
        }
        source = next;
        sum = latest;
        document.dispatchEvent(new CustomEvent("live:update", { detail: { build } }));
      }
    }
    root.dataset.build = build;
  }

  // leads returns the address to which a page redirects, or undefined.
  function leads(page) {
    return page.querySelector('meta[http-equiv="refresh" i]')?.content.match(/url=(.*)$/i)?.[1];
  }

  // fixed returns what cannot be changed in a page without reloading it.
  function fixed(page) {
    return [...page.querySelectorAll("script[src], script:not([src], [type]), meta[http-equiv], base")].map((e) => e.outerHTML).join("\n");
  }

  // bare removes what is not part of the page or is parsed differently where
  // scripts do not run.
  function bare(page) {
    for (const e of page.querySelectorAll("noscript")) e.textContent = "";
    const own = page.querySelector("script[data-sum]");
    while (own?.nextSibling) own.nextSibling.remove();
    own?.remove();
  }

  // correspond notes that a shown tree is that of an equal served one.
  function correspond(served, shown) {
    live.set(served, shown);
    served.childNodes.forEach((child, i) => {
      if (shown.childNodes[i]) correspond(child, shown.childNodes[i]);
    });
  }

  // inherit notes that a served tree is equal to an older one.
  function inherit(old, next) {
    if (live.has(old)) live.set(next, live.get(old));
    next.childNodes.forEach((child, i) => inherit(old.childNodes[i], child));
  }

  // update turns the page that is shown into the one that is served now. New
  // style sheets are loaded before the text changes.
  async function update(next) {
    for (const name of ["lang", "dir", "class"]) {
      const value = next.documentElement.getAttribute(name);
      if (value === source.documentElement.getAttribute(name)) continue;
      if (value === null) root.removeAttribute(name);
      else root.setAttribute(name, value);
    }
    live.set(next.documentElement, root);
    const loads = [];
    morph(source.head, next.head, loads);
    await Promise.all(loads);

    const focused = document.activeElement;
    morph(source.body, next.body, loads);
    sidenotes();
    if (focused?.id && !focused.isConnected) document.getElementById(focused.id)?.focus({ preventScroll: true });
  }

  // morph applies the difference between two served elements to the shown one.
  function morph(old, next, loads) {
    const node = live.get(old);
    if (!node?.isConnected) throw new Error(`scripts have removed ${old.localName}`);
    if (old.matches('link[rel="stylesheet"]') && old.getAttribute("href") !== next.getAttribute("href")) {
      loads.push(replaceSheet(node, next));
      return;
    }
    live.set(next, node);
    for (const { namespaceURI, name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) node.setAttributeNS(namespaceURI, name, value);
    }
    for (const { name } of old.attributes) if (!next.hasAttribute(name)) node.removeAttribute(name);

    const before = [...old.childNodes], after = [...next.childNodes];
    const { pairs, moves } = align(before, after);
    const gone = new Set(before.keys());
    for (const i of [...pairs, ...moves]) gone.delete(i);
    for (const i of gone) (childOf(node, live.get(before[i])) ?? live.get(before[i]))?.remove();

    let last = null, astray = false; // the child before the next one, and whether scripts have moved one
    after.forEach((child, j) => {
      const i = pairs[j] >= 0 ? pairs[j] : moves[j];
      const from = before[i];
      const at = i >= 0 ? childOf(node, live.get(from)) : null;
      if (i < 0 || (at && pairs[j] < 0)) {
        if (astray && !last) throw new Error(`scripts have removed what is in ${old.localName}`);
        const shown = at ?? document.importNode(child, true);
        const mark = last ? last.nextSibling : node.firstChild;
        if (at && node.moveBefore) node.moveBefore(at, mark);
        else node.insertBefore(shown, mark);
        if (!at) {
          correspond(child, shown);
          if (child.nodeType === 1 && child.matches('link[rel="stylesheet"]')) loads.push(loaded(shown));
        }
        last = shown;
      } else {
        last = at ?? last;
        astray ||= !at;
      }
      if (i < 0) return;
      if (from.isEqualNode(child)) inherit(from, child);
      else if (child.nodeType === 1) morph(from, child, loads);
      else edit(from, child);
    });
  }

  // replaceSheet shows a style sheet instead of another, which is removed when the
  // new one is loaded: at no moment the page is without styles.
  function replaceSheet(node, next, address) {
    const sheet = document.importNode(next, true);
    if (address) sheet.href = address;
    live.set(next, sheet);
    node.after(sheet);
    return loaded(sheet).then(() => node.remove());
  }

  function loaded(sheet) {
    return new Promise((done) => {
      sheet.onload = sheet.onerror = done;
    });
  }

  // childOf returns the child of a shown element that is the node or that scripts
  // have put around it; null if they have moved it elsewhere.
  function childOf(parent, node) {
    while (node && node.parentNode !== parent) node = node.parentNode;
    return node ?? null;
  }

  // edit changes only the part of a text that differs, so that a selection beside
  // it stays.
  function edit(old, next) {
    const node = live.get(old), a = node?.data, b = next.data;
    if (!node?.isConnected) throw new Error("scripts have removed a text");
    let start = 0, end = 0;
    while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
    while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
    if (a !== b) node.replaceData(start, a.length - start - end, b.slice(start, b.length - end));
    live.set(next, node);
  }

  // align returns for each new child the index of the old child that becomes it in
  // its place (pairs), or of the one that is moved there (moves); -1 for none.
  // Equal children are preferred to those with the same id, and these to those
  // that are only alike.
  function align(a, b) {
    const pairs = b.map(() => -1), moves = b.map(() => -1);
    const textOf = (n) => n.outerHTML ?? n.nodeType + n.data;
    const s = a.map(textOf), t = b.map(textOf);
    let start = 0, m = a.length, n = b.length;
    for (; start < m && start < n && s[start] === t[start]; start++) pairs[start] = start;
    while (m > start && n > start && s[m - 1] === t[n - 1]) pairs[--n] = --m;

    const ids = (list) => new Set(list.map((e) => e.id).filter(Boolean));
    const [had, has] = [ids(a), ids(b)];
    const blank = (x) => x.nodeType === 3 && !x.data.trim();
    const likeness = (i, j) => {
      const x = a[i], y = b[j];
      if (x.nodeName !== y.nodeName || (x.localName === "link" && x.rel !== y.rel)) return 0;
      if (s[i] === t[j]) return blank(x) ? 1 : 1000;
      if (x.nodeType !== 1) return blank(x) === blank(y) ? 2 : 0;
      if (x.id && x.id === y.id) return 900;
      if (has.has(x.id) || had.has(y.id)) return 0;
      const first = x.firstElementChild, other = y.firstElementChild;
      return 3 + (x.className === y.className ? 5 : 0) + (first && other && first.isEqualNode(other) ? 20 : 0) +
        (["href", "src", "name", "property", "rel"].every((k) => x.getAttribute(k) === y.getAttribute(k)) ? 10 : 0);
    };
    const width = n - start + 1;
    if ((m - start + 1) * width > 1e6) { // too many to be compared each with each
      for (let k = start; k < Math.min(m, n); k++) if (likeness(k, k)) pairs[k] = k;
    } else {
      const best = new Int32Array((m - start + 1) * width); // likeness of the children from i and j on
      const at = (i, j) => (i - start) * width + j - start;
      for (let i = m - 1; i >= start; i--) {
        for (let j = n - 1; j >= start; j--) {
          const like = likeness(i, j);
          best[at(i, j)] = Math.max(best[at(i + 1, j)], best[at(i, j + 1)], like && like + best[at(i + 1, j + 1)]);
        }
      }
      for (let i = start, j = start; i < m && j < n;) {
        if (best[at(i, j)] === best[at(i + 1, j)]) i++;
        else if (best[at(i, j)] === best[at(i, j + 1)]) j++;
        else pairs[j++] = i++;
      }
    }
    const used = new Set(pairs), free = new Map(); // old children that are in no pair, by id or text
    const keyOf = (e, text) => (e.id ? `${e.nodeName}#${e.id}` : text);
    for (let i = start; i < m; i++) if (!used.has(i) && !blank(a[i])) free.set(keyOf(a[i], s[i]), i);
    for (let j = start; j < n; j++) {
      if (pairs[j] >= 0) continue;
      const key = keyOf(b[j], t[j]);
      moves[j] = free.get(key) ?? -1;
      free.delete(key);
    }
    return { pairs, moves };
  }

  // sidenotes updates the copies of footnotes that js/reader.js has put beside the
  // text. If a copy is missing, the list at the end is shown instead.
  function sidenotes() {
    const sides = new Map([...document.querySelectorAll(".sidenote")].map((side) => [side.firstElementChild.getAttribute("href"), side]));
    if (!sides.size) return;
    let whole = true;
    for (const ref of document.querySelectorAll(".prose a.footnote-ref")) {
      const note = document.getElementById(decodeURIComponent(ref.hash.slice(1)));
      if (!note || ref.closest(".footnotes")) continue;
      const key = `#${ref.parentElement.id}`, side = sides.get(key);
      sides.delete(key);
      whole &&= Boolean(side);
      if (!side) continue;
      const back = side.firstElementChild, copy = note.cloneNode(true);
      copy.querySelectorAll(".footnote-backref").forEach((link) => link.remove());
      if (back.textContent !== ref.textContent) back.textContent = ref.textContent;
      copy.prepend(back.cloneNode(true), " ");
      if (copy.innerHTML !== side.innerHTML) side.replaceChildren(...copy.childNodes);
    }
    for (const side of sides.values()) side.remove();
    if (whole) return;
    document.querySelectorAll(".sidenote").forEach((side) => side.remove());
    document.querySelectorAll(".footnotes.beside").forEach((list) => list.classList.remove("beside"));
  }

  // The files that the page uses keep their names, and a build may change any of
  // them. Their ETags tell.
  const tags = new Map(); // of the files as shown, by address; null for one that is not there
  const plain = (address) => address.replace(/[?#].*/s, "");
  const local = (addresses) => addresses.filter((a) => a.startsWith(location.origin + "/")).map(plain);
  const scripts = () => local([...source.scripts].map((e) => e.src));
  const sheets = () => [...source.querySelectorAll('link[rel="stylesheet"]')].filter((e) => local([e.href]).length);

  // changedFiles returns the new ETags of the files that are no longer as shown.
  // A file that is new to the page is shown as the browser's cache has it.
  async function changedFiles() {
    const tagOf = async (address, options) => {
      const answer = await fetch(address, options);
      return answer.ok ? answer.headers.get("ETag") : null;
    };
    const changed = new Map();
    const files = [...scripts(), ...sheets().map((e) => plain(e.href)), ...local([...document.images].map((e) => e.src))];
    await Promise.all([...new Set(files)].map(async (address) => {
      if (!tags.has(address)) tags.set(address, await tagOf(address, { cache: "force-cache" }));
      const tag = await tagOf(address, { method: "HEAD", cache: "no-store" });
      if (tag !== tags.get(address)) changed.set(address, tag);
    }));
    return changed;
  }

  // showFiles shows the changed style sheets and pictures. The old ones are seen
  // until the new ones are there.
  async function showFiles(changed) {
    const anew = (address, show) => {
      const tag = changed.get(plain(address));
      return tag && show(`${plain(address)}?live=${encodeURIComponent(tag)}`);
    };
    for (const image of document.images) anew(image.src, (address) => { image.src = address; });
    await Promise.all(sheets().map((e) => anew(e.href, (address) => live.get(e)?.isConnected && replaceSheet(live.get(e), e, address))));
    for (const [address, tag] of changed) tags.set(address, tag);
  }

  // overlay shows the errors and warnings of a failed build over the last good
  // page.
  function overlay({ failed, diagnostics, explain }) {
    document.querySelector("live-overlay")?.remove();
    if (!failed) return;
    diagnostics = diagnostics.filter((d) => d.severity !== "note");
    const { host, section } = panel("live-overlay", "alert", "Hide until the next build");
    const count = diagnostics.length;
    const list = document.createElement("ol");
    for (const d of diagnostics) {
      const item = document.createElement("li");
      const at = [d.file, d.line, d.column].filter(Boolean).join(":");
      item.append(element("div", "at", at), element("div", d.severity, `${d.severity}: ${d.message}`));
      if (d.hint) item.append(element("div", "hint", `hint: ${d.hint}`));
      list.append(item);
    }
    section.prepend(element("h2", "", `${count} ${count === 1 ? "finding" : "findings"}; what you see is from before`), list);
    if (explain) section.append(element("footer", "", explain));
    document.body.append(host);
  }

  // notice says something about the page at its head; null removes it.
  function notice(text, lead, address) {
    const said = document.querySelector("live-notice");
    if (said && said.dataset.text === text && said.dataset.address === String(address)) return;
    said?.remove();
    if (text === null) return;
    const { host, section } = panel("live-notice", "status", "Hide this notice");
    Object.assign(host.dataset, { text, address });
    const line = element("p", "", text);
    if (address) {
      const link = element("a", "", decodeURI(address));
      link.href = address;
      line.append(` ${lead} `, link, ".");
    }
    section.prepend(line);
    document.body.append(host);
  }

  function panel(name, role, hide) {
    const host = document.createElement(name);
    const shadow = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      :host { position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
      :host(live-notice) { inset: 0 0 auto 0; }
      section { max-height: 60vh; overflow: auto; padding: 1rem 1.25rem; background: #2a0f12; color: #fff;
        border-top: 4px solid #ff6b6b; font: 15px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
      :host(live-notice) section { background: #10243a; border-top: 0; border-bottom: 4px solid #6bb5ff; }
      h2, p { margin: 0 3rem .5rem 0; font: 700 1rem/1.4 sans-serif; }
      li { margin-block: .5rem; overflow-wrap: anywhere; }
      ol { margin: 0; padding: 0; list-style: none; }
      a { color: inherit; }
      footer { margin-top: .75rem; padding-top: .5rem; border-top: 1px solid #ffffff55; white-space: pre-wrap; }
      .at { color: #ffb3b3; } .hint { color: #cde7ff; } .warning { color: #ffe08a; }
      button { position: absolute; top: .75rem; right: 1rem; min-width: 2rem; min-height: 2rem; color: inherit;
        background: none; border: 1px solid currentColor; font: inherit; cursor: pointer; }`);
    shadow.adoptedStyleSheets = [sheet];
    const section = document.createElement("section");
    section.setAttribute("role", role);
    const close = element("button", "", "×");
    close.setAttribute("aria-label", hide);
    close.onclick = () => host.remove();
    section.append(close);
    shadow.append(section);
    return { host, section };
  }

  function element(tag, className, text) {
    const e = document.createElement(tag);
    if (className) e.className = className;
    e.textContent = text;
    return e;
  }
})();
