// Search in the page: titles and aliases first, then claims, then text.
(() => {
  const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
  // Without case, accents, apostrophes and invisible characters. Vowel signs stay.
  const plain = (s) => s.replace(/[‘’‛´ʻʼʽʾʿ＇]/g, "'");
  const fold = (s) => plain(s).normalize("NFKC").toLowerCase().replace(/[ßæœøłđðþıς]/g, (c) => letters[c]).normalize("NFD")
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\ufe00-\ufe0f\p{Cf}']/gu, "").normalize("NFC");
  const wordsOf = (s) => fold(s).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  // The words and the parts of those with an apostrophe: "esercito" of "dell'esercito".
  const termsOf = (s) => [...wordsOf(s), ...(plain(s).match(/\p{L}[\p{L}\p{M}]*'[\p{L}\p{M}]+/gu) ?? []).flatMap((w) => w.split("'")).flatMap(wordsOf).filter((w) => w.length > 1)];
  // Scripts without spaces, in which a term may stand anywhere in a run of letters.
  const dense = "[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]";
  const isDense = RegExp.prototype.test.bind(new RegExp(dense, "u"));
  const nearly = (a, b) => { // one letter more, less, other, or exchanged with its neighbour
    if (Math.abs(a.length - b.length) > 1) return false;
    let i = 0; while (i < a.length && a[i] === b[i]) i++;
    let j = 0; while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
    const x = a.length - i - j, y = b.length - i - j;
    return (x <= 1 && y <= 1) || (x === 2 && y === 2 && a[i] === b[i + 1] && a[i + 1] === b[i]);
  };
  // How well a word answers a term: 3 whole, 2 its beginning, 1 with a typo, 0 not,
  // or worse than asked for.
  const fit = (word, term, least) => word === term ? 3 : least > 2 ? 0 : word.includes(term) && (word.startsWith(term) || isDense(term)) ? 2 : least > 1 || term.length < 4 ? 0
    : nearly(word, term) || (word.length > term.length && nearly(word.slice(0, term.length), term)) ? 1 : 0;
  const score = (words, terms, least) => {
    let sum = 0;
    for (const t of terms) {
      let best = 0;
      for (const w of words) { const f = fit(w, t, least); if (f > best) best = f; if (best === 3) break; }
      if (!best) return 0;
      sum += best;
    }
    return sum / terms.length;
  };
  // The pages with their words; texts are those of the pages by number.
  const read = (pages, texts) => pages.map((p, i) => {
    const titles = [p.t, ...(p.a ?? [])], names = titles.map(wordsOf), parts = titles.map(termsOf), about = termsOf(p.s ?? ""), text = texts.get(i) ?? "";
    const all = [...parts.flat(), ...about, ...termsOf(text)];
    return { ...p, names, parts, about, text, words: [...new Set(all)], line: ` ${all.join(" ")} ` };
  });
  const loadNames = async () => read(await siteIndex.load("pages"), new Map());
  const loadAll = async () => {
    const parts = Object.keys(await siteIndex.load("parts")).filter((part) => part !== "pages");
    const [pages, ...texts] = await Promise.all(["pages", ...parts].map((part) => siteIndex.load(part)));
    return read(pages, new Map(texts.flat()));
  };
  const find = (pages, query, kind) => {
    const asked = wordsOf(query), hits = new Map();
    if (!asked.length) return [];
    const add = (terms, least, rankOf) => {
      for (const p of pages) {
        const rank = hits.has(p) || (kind && p.k !== kind) ? 0 : rankOf(p);
        if (rank) hits.set(p, { p, rank, terms, least });
      }
    };
    const rank = (p, least) => {
      const claim = p.k === "claim";
      const name = Math.max(...p.names.map((n, i) => score(p.parts[i], asked, least) * (1 + asked.length / (n.length || 1))));
      if (name) return (claim ? 20 : 30) + name;
      const about = score(p.about, asked, least);
      if (about) return (claim ? 18 : 10) + about;
      const text = score(p.words, asked, least);
      return text && 4 + text;
    };
    add(asked, 2, (p) => rank(p, 2));
    // A name also finds what names the same by another spelling.
    for (const { names } of pages.filter((p) => p.names.some((n) => n.join(" ") === asked.join(" ")))) {
      for (const n of names) if (n.length) add(n, 3, (p) => p.line.includes(` ${n.join(" ")} `) && (p.k === "claim" ? 16 : 3));
    }
    if (hits.size < 5) add(asked, 1, (p) => rank(p, 1) / 2);
    // Else what has most of the words, and at least two.
    if (hits.size < 5 && asked.length > 2) {
      for (const p of pages) {
        if (hits.has(p) || (kind && p.k !== kind)) continue;
        const terms = asked.filter((t) => score(p.words, [t], 2)), part = terms.length / asked.length;
        if (terms.length > 1 && part > 0.4) hits.set(p, { p, rank: part * (p.k === "claim" ? 2 : 1), terms, least: 2 });
      }
    }
    return [...hits.values()].sort((a, b) => b.rank - a.rank);
  };
  const marked = (text, { terms, least }) => text.split(new RegExp(`(${[...terms.filter(isDense), `(?:(?!${dense})[\\p{L}\\p{N}\\p{M}'‘’‛´ʻʼʽʾʿ＇])+`].join("|")})`, "iu"))
    .map((piece) => termsOf(piece).some((w) => terms.some((t) => fit(w, t, least))) ? el("mark", {}, piece) : piece);
  // The other name by which a page is found.
  const alias = (hit) => {
    const name = [hit.p.t, ...(hit.p.a ?? [])][hit.p.parts.findIndex((n) => score(n, hit.terms, hit.least))];
    return name && name !== hit.p.t ? [" · also called ", el("bdi", {}, ...marked(name, hit))] : [];
  };
  const excerpt = ({ p, terms, least }) => {
    const own = p.s ?? "";
    if (!p.text || (own && [...p.parts, p.about].some((words) => score(words, terms, least)))) return own;
    const words = p.text.split(" ");
    const found = words.map((w) => termsOf(w).flatMap((x) => terms.filter((t) => fit(x, t, least))));
    let at = -1, best = 0; // where most of the terms stand together
    found.forEach((f, i) => {
      const size = f.length && new Set(found.slice(i, i + 20).flat()).size;
      if (size > best) { at = i; best = size; }
    });
    if (at < 0) return own;
    const from = Math.max(0, at - 12);
    const line = words.slice(from, at + 22).join(" "), start = Math.max(0, ...terms.map((t) => line.indexOf(t))) - 40;
    if (line.length > 400) return `… ${line.slice(Math.max(0, start), start + 160)} …`; // few spaces, or none
    return (from ? "… " : "") + line + (at + 22 < words.length ? " …" : "");
  };
  // From disk nobody else adds the name of a folder's file.
  const home = (u) => siteIndex.root + u + (location.protocol === "file:" && /(^|\/)$/.test(u) ? "index.html" : "") || "./";
  const kinds = { claim: "Claims", section: "Sections", actor: "Actors", place: "Places", event: "Events", concept: "Terms", source: "Sources" };
  const one = { page: "Page", index: "List", home: "Home", section: "Section", actor: "Actor", place: "Place", event: "Event", concept: "Term", source: "Source" };
  const el = (tag, attributes = {}, ...children) => {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    e.append(...children);
    return e;
  };
  const capital = (word) => word.slice(0, 1).toUpperCase() + word.slice(1);
  const kindOf = (p) => p.k === "claim" ? [el("span", { class: `statement ${p.y}` }, capital(p.y)), ` · ${p.h} · ${p.c}`] : [one[p.k] ?? ""];
  const most = 40; // results are shown
  let index; // a promise of all pages, from the first question on
  // The search itself, in a dialog or on its own page.
  const widget = (query = "") => {
    const input = el("input", { type: "search", name: "q", autocomplete: "off", spellcheck: "false", "aria-label": "Search for", value: query });
    const status = el("p", { class: "search-status", role: "status" });
    const list = el("ul", { class: "search-hits" });
    const group = el("fieldset", { class: "search-kinds" }, el("legend", {}, "Show"));
    for (const [k, name] of [["", "All"], ...Object.entries(kinds)]) {
      const radio = el("input", { type: "radio", name: "kind", value: k });
      radio.checked = k === "";
      group.append(el("label", {}, radio, " ", name));
    }
    group.hidden = true; // until there is something to choose from
    const form = el("form", { role: "search" }, input, group);
    const box = el("div", { class: "search-box" }, form, status, list);
    let asked = 0;
    const run = async () => {
      const mine = ++asked, text = input.value.trim();
      group.hidden = !text;
      if (!text) { list.replaceChildren(); status.textContent = ""; return; }
      if (!index) status.textContent = "Loading the index …";
      let pages;
      try { pages = await (index ??= loadAll()); } catch { index = undefined; status.textContent = "The index could not be loaded."; return; }
      if (mine !== asked) return;
      const hits = find(pages, text, new FormData(form).get("kind")), { length } = hits;
      list.replaceChildren(...hits.slice(0, most).map((hit) => el("li", {},
        el("a", { href: home(hit.p.u), dir: "auto" }, ...marked(hit.p.t, hit)),
        el("span", { class: "search-kind" }, ...kindOf(hit.p), ...alias(hit)),
        el("p", { dir: "auto" }, ...marked(excerpt(hit), hit)))));
      status.textContent = !length ? "Nothing found." : length === 1 ? "1 result" : `${length} results${length > most ? `, the best ${most} shown` : ""}`;
    };
    form.addEventListener("input", run);
    let pressed = false; // here, and not on the link that opened the dialog
    input.addEventListener("keydown", (e) => { pressed = e.key === "Enter"; });
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      if (!pressed) return;
      pressed = false;
      await run();
      list.querySelector("a")?.click();
    });
    box.addEventListener("keydown", (e) => {
      if (e.key !== "ArrowDown" && e.key !== "ArrowUp" || e.target.type === "radio") return;
      const links = [input, ...list.querySelectorAll("a")];
      const to = links[links.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1)];
      if (to) { to.focus(); e.preventDefault(); }
    });
    if (query) run();
    return { box, input };
  };
  const page = document.querySelector("[data-search-page]");
  let dialog, field; // of the page
  const open = () => {
    if (field) return field.focus();
    if (!dialog) {
      const { box, input } = widget();
      const close = el("button", { type: "button", class: "search-close" }, "Close");
      dialog = el("dialog", { class: "search-dialog", "aria-label": "Search" }, close, box);
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.preventDefault(); dialog.close(); } }); // the field would only empty itself
      dialog.addEventListener("click", (e) => { if (e.target === dialog || e.target.closest?.("a")) dialog.close(); });
      document.body.append(dialog);
      dialog.input = input;
    }
    if (!dialog.open) dialog.showModal();
    dialog.input.focus();
    dialog.input.select();
  };
  for (const a of document.querySelectorAll("a.search-open")) {
    if (!page) a.setAttribute("aria-haspopup", "dialog");
    a.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
    a.addEventListener("click", (e) => { if (!e.ctrlKey && !e.metaKey) { e.preventDefault(); open(); } });
  }
  document.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === "k") { e.preventDefault(); open(); }
  });
  if (page) {
    const { box, input } = widget(new URLSearchParams(location.search).get("q") ?? "");
    page.replaceChildren(box);
    input.focus();
    input.select();
    input.addEventListener("input", () => { // the address stays that of what is found
      const { value } = input;
      try { history.replaceState(null, "", value ? `?${new URLSearchParams({ q: value })}` : location.pathname); } catch { /* asked too often */ }
    });
    field = input;
  }
  // On the page for missing addresses: what the address may have meant.
  const lost = document.querySelector("[data-search-lost]");
  let words = lost && location.pathname.split("/").filter(Boolean).at(-1)?.replace(/\.html$/, "");
  if (words) {
    try { words = decodeURIComponent(words); } catch { /* as it is */ }
    words = words.replace(/[-_]/g, " ");
    loadNames().then((pages) => {
      const seen = new Map();
      for (const w of [words, ...words.split(" ")]) for (const h of find(pages, w)) if (h.rank > 14) seen.set(h.p.u, h.p); // by name
      lost.querySelector("ul").replaceChildren(...[...seen.values()].slice(0, 5).map((p) => el("li", {}, el("a", { href: home(p.u) }, p.t))));
      lost.hidden = seen.size === 0;
    }).catch(() => {});
  }
})();
