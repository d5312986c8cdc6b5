// Search in the page: titles and aliases first, then claims, then text.
(() => {
  // Without case, accents, apostrophes and invisible characters, Arabic letters and digits in one form
  // each, as search.Fold does in Go. Vowel signs stay.
  const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ", ٱ: "ا", ك: "ک", ي: "ی", ى: "ی", ه: "ہ", ة: "ہ", ۃ: "ہ" };
  const plain = (s) => s.replace(/[‘’‛´ʻ-ʿ＇]/g, "'");
  const fold = (s) => plain(s).normalize("NFKD").toLowerCase().replace(/['ـ\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\p{DI}]/gu, "")
    .replace(/[٠-٩۰-۹]/g, (c) => c.charCodeAt() & 15).replace(/[ß-ۿ]/g, (c) => letters[c] ?? c).normalize("NFC");
  const wordsOf = (s) => fold(s).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  // The words and the parts of those with an apostrophe: "esercito" of "dell'esercito".
  const termsOf = (s) => [...wordsOf(s), ...(plain(s).match(/[\p{L}\p{M}]+'[\p{L}\p{M}]+/gu) ?? []).flatMap((w) => wordsOf(w.replace("'", " "))).filter((w) => w.length > 1)];
  // Scripts without spaces, in which a term may stand anywhere in a run of letters.
  const dense = "[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]";
  const denseLetter = new RegExp(dense, "u"), isDense = (s) => denseLetter.test(s);
  // How many letters differ, or 9 if clearly more than most: more, fewer, others, or neighbours exchanged.
  const edits = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return 9;
    let before, row = [], last = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++, before = last, last = row) {
      row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    return last[b.length];
  };
  // Whether two words differ in their endings only.
  const begins = (a, b) => { let n = 0; while (n < a.length && a[n] === b[n]) n++; return n > 4 && Math.max(a.length, b.length) - n < 4; };
  // The index: where each word stands, and how much weight it has there.
  const fields = { t: 8, a: 7, w: 8, s: 2, text: 0.5 };
  const read = (pages, texts, { stop, same }) => {
    const at = new Map(), groups = new Map(), light = new Set(stop.map(fold));
    const all = pages.map((p, i) => {
      const page = { ...p, i, text: texts.get(i) ?? p.b ?? "", names: [p.t, ...(p.a ?? [])].map(termsOf) }, weights = new Map();
      const add = (terms, weight) => terms.forEach((t) => { const w = weights.get(t) ?? 0; weights.set(t, Math.max(w, weight) + Math.min(w, weight) * 0.1); });
      page.names.forEach((n, k) => add(n, (k ? fields.a : fields.t) / (0.6 + 0.1 * n.filter((t) => !light.has(t)).length)));
      add((p.w ?? []).flatMap(termsOf), fields.w);
      add(termsOf(p.s ?? ""), fields.s);
      add(termsOf(page.text), fields.text);
      page.line = ` ${[...page.names.flat(), ...termsOf(p.s ?? ""), ...termsOf(page.text)].join(" ")} `;
      for (const [t, w] of weights) { if (!at.has(t)) at.set(t, new Map()); at.get(t).set(page, w); }
      return page;
    });
    for (const g of same.map((g) => g.map(fold))) for (const w of g) groups.set(w, [...(groups.get(w) ?? []), ...g]);
    return { pages: all, at, groups, stop: light };
  };
  const part = (name) => siteIndex.load(name);
  const loadNames = async () => read(await part("pages"), new Map(), await part("words"));
  const loadAll = async () => {
    const parts = Object.keys(await part("parts")).filter((name) => name.startsWith("text-"));
    const [pages, words, ...texts] = await Promise.all(["pages", "words", ...parts].map(part));
    return read(pages, new Map(texts.flat()), words);
  };
  // The words of the site that answer a term, each with how well: itself, its other forms and synonyms,
  // what begins with it, and if there is none of these, what has a typo in it.
  const answers = ({ at, groups }, term) => {
    const found = new Map();
    const add = (word, fit) => { if (at.has(word) && !(found.get(word) >= fit)) found.set(word, fit); };
    for (const w of groups.get(term) ?? []) add(w, 0.65);
    add(term, 1);
    if (term.length > 2 || isDense(term)) for (const w of at.keys()) if (w.startsWith(term) || isDense(term) && w.includes(term)) add(w, found.has(w) ? 1 : 0.45);
    const most = term.length > 6 ? 2 : term.length > 4 ? 1 : 0;
    if (!found.size && most) {
      let least = most;
      const known = [...at.keys(), ...groups.keys()].filter((w) => w.length > 3), near = (w) => begins(w, term) ? 0 : edits(term, w, most);
      for (const w of known) least = Math.min(least, near(w));
      for (const w of known) if (near(w) <= least) { add(w, 0.4); for (const x of groups.get(w) ?? []) add(x, 0.3); }
    }
    return found;
  };
  const prior = { claim: 0.95, source: 0.75, passage: 0.7, home: 0.5 };
  const find = (index, query, kind) => {
    const asked = [...new Set(wordsOf(query.replace(/(?:¶|\bpara(?:graph)?\.?)\s*(\p{N}+)/giu, " pilcrow$1 ")))];
    const plainly = asked.filter((t) => !index.stop.has(t) && !t.startsWith("pilcrow")), hits = new Map(), missing = [];
    const whole = asked.join(" ");
    let sum = 0;
    for (const term of asked) {
      const light = plainly.length && index.stop.has(term) ? 0.12 : 1;
      const words = term.startsWith("pilcrow") ? new Map() : answers(index, term), best = new Map();
      if (term.startsWith("pilcrow")) for (const p of index.pages) if (p.k === "passage" && p.t.endsWith(`¶${term.slice(7)}`)) best.set(p, 20);
      for (const [w, fit] of words) for (const [p, weight] of index.at.get(w)) if (!(best.get(p) >= weight * fit)) best.set(p, weight * fit);
      if (plainly.includes(term) && ![...words.values()].some((fit) => fit > 0.4)) missing.push(term);
      if (!best.size) { sum += term.length > 2; continue; }
      const rare = light * Math.log(1 + index.pages.length / best.size);
      sum += rare;
      for (const [p, weight] of best) {
        if (kind && p.k !== kind) continue;
        const hit = hits.get(p) ?? { p, rank: 0, part: 0, words: new Set() };
        hit.rank += rare * Math.log2(1 + weight);
        hit.part += rare;
        if (light === 1) for (const w of words.keys()) hit.words.add(w);
        hits.set(p, hit);
      }
    }
    const named = (p) => p.names.some((n) => n.every((t) => asked.includes(t)) && n.some((t) => !index.stop.has(t)));
    for (const hit of hits.values()) {
      const { p } = hit;
      hit.exact = p.names.some((n) => n.join(" ") === whole) || p.k === "claim" && p.u.split("/").includes(query.trim());
      hit.rank *= (prior[p.k] ?? 1) * (hit.part / sum) ** 2 * (hit.exact ? 4 : named(p) ? 1.4 : 1);
    }
    // A name also finds what names the same by another spelling.
    for (const { p } of [...hits.values()].filter((h) => h.exact)) for (const n of p.names) {
      if (n.length) for (const q of index.pages) if (!hits.has(q) && (!kind || q.k === kind) && q.line.includes(` ${n.join(" ")} `)) hits.set(q, { p: q, rank: 0.01, part: sum, words: new Set(n) });
    }
    const list = [...hits.values()].filter((h) => h.part > 0.25 * sum).sort((a, b) => b.rank - a.rank);
    // What others hold against a claim stands with it.
    const by = new Map(index.pages.map((p) => [p.u, p]));
    for (const h of list) h.against = (h.p.x ?? []).map((u) => by.get(u)).filter(Boolean);
    return Object.assign(list, { missing });
  };
  const marked = (text, { words }) => text.split(new RegExp(`(${[...[...words].filter(isDense), `(?:(?!${dense})[\\p{L}\\p{N}\\p{M}\\p{DI}'‘’‛´ʻ-ʿ＇])+`].join("|")})`, "iu"))
    .map((piece) => termsOf(piece).some((w) => words.has(w)) ? el("mark", {}, piece) : piece);
  // The other name by which a page is found.
  const alias = (hit) => {
    const count = (n) => n.filter((w) => hit.words.has(w)).length / (n.length + 1), { names } = hit.p;
    const best = names.reduce((b, n, i) => count(n) > count(names[b]) ? i : b, 0);
    return best ? [" · {{word search-called}} ", el("bdi", {}, ...marked(hit.p.a[best - 1], hit))] : [];
  };
  const excerpt = ({ p, words: found }) => {
    const own = p.s ?? "", has = (s) => termsOf(s).some((w) => found.has(w));
    if (!p.text || p.k === "claim" && own || (own && (has(own) || p.names.flat().some((w) => found.has(w))))) return own;
    const words = p.text.split(" "), marks = words.map((w) => termsOf(w).filter((x) => found.has(x)));
    let at = -1, best = 0; // where most of them stand together
    marks.forEach((m, i) => {
      const size = m.length && new Set(marks.slice(i, i + 20).flat()).size;
      if (size > best) { at = i; best = size; }
    });
    if (at < 0) return own;
    const from = Math.max(0, at - 12);
    const line = words.slice(from, at + 22).join(" "), start = Math.max(0, ...[...found].map((t) => line.indexOf(t))) - 40;
    if (line.length > 400) return `… ${line.slice(Math.max(0, start), start + 160)} …`; // few spaces, or none
    return (from ? "… " : "") + line + (at + 22 < words.length ? " …" : "");
  };
  // From disk nobody else adds the name of a folder's file.
  const home = (u) => siteIndex.root + u + (location.protocol === "file:" && /(^|\/)$/.test(u) ? "index.html" : "") || "./";
  const kinds = {
    claim: "{{word search-claims}}", section: "{{word search-sections}}", actor: "{{word search-actors}}", place: "{{word search-places}}",
    event: "{{word search-events}}", concept: "{{word search-concepts}}", source: "{{word search-sources}}",
  };
  const { labels } = siteIndex;
  const el = (tag, attributes = {}, ...children) => {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    e.append(...children);
    return e;
  };
  const kindOf = ({ p }) => p.k !== "claim" ? [labels[p.k] ?? ""] : [el("span", { class: `statement ${p.y}` }, labels[p.y]), ` · ${p.h} `,
    ...(labels[p.r] ? [el("span", { class: `sign ${p.r}` }, labels[p.r])] : [])];
  // The claims of others that contradict a claim.
  const others = ({ against }) => against.length ? [el("p", { class: "search-against" }, el("span", { class: "sign disputed" }, "{{word search-against}} "),
    ...against.flatMap((p, i) => [i ? "{{word semicolon}}" : "", el("a", { href: home(p.u) }, p.t), ` (${p.h})`]))] : [];
  // Where nothing is found: names that are written nearly so, and the parts of the site.
  const instead = ({ pages }, text) => {
    const terms = termsOf(text), link = (a, to) => el("li", {}, el("a", { href: to }, a));
    const near = ({ names }) => Math.min(...terms.flatMap((t) => names.flat().map((w) => edits(t, w, 3) / t.length)));
    const names = pages.filter((p) => p.k !== "claim" && p.k !== "passage").map((p) => [near(p), p]).filter(([n]) => n < 0.5).sort(([a], [b]) => a - b);
    return [...names.slice(0, 3).map(([, p]) => link(p.t, home(p.u))), ...[...document.querySelectorAll(".menu a")].map((a) => link(a.textContent, a.href))];
  };
  const most = 40; // results are shown
  let index; // a promise of all pages, from the first question on
  // The search itself, in a dialog or on its own page.
  const widget = (query = "") => {
    const input = el("input", { type: "search", name: "q", autocomplete: "off", spellcheck: "false", "aria-label": "{{word search-for}}", value: query });
    const status = el("p", { class: "search-status", role: "status" });
    const list = el("ul", { class: "search-hits" });
    const group = el("fieldset", { class: "search-kinds" }, el("legend", {}, "{{word search-show}}"));
    for (const [k, name] of [["", "{{word search-all}}"], ...Object.entries(kinds)]) {
      const radio = el("input", { type: "radio", name: "kind", value: k });
      radio.checked = !k;
      group.append(el("label", {}, radio, " ", name));
    }
    group.hidden = true; // until there is something to choose from
    const form = el("form", { role: "search" }, input, group);
    const box = el("div", { class: "search-box" }, form, status, list);
    let asked = 0, exact; // whether the first result has the name that was asked for
    const run = async () => {
      exact = false;
      const mine = ++asked, text = input.value.trim();
      group.hidden = !text;
      if (!text) { list.replaceChildren(); status.textContent = ""; return; }
      if (!index) status.textContent = "{{word search-loading}}";
      let pages;
      try { pages = await (index ??= loadAll()); } catch { index = undefined; status.textContent = "{{word search-failed}}"; return; }
      if (mine !== asked) return;
      const hits = find(pages, text, new FormData(form).get("kind")), { length } = hits;
      exact = hits[0]?.exact;
      list.replaceChildren(...hits.slice(0, most).map((hit) => el("li", {},
        el("a", { href: home(hit.p.u), dir: "auto" }, ...marked(hit.p.t, hit)),
        el("span", { class: "search-kind" }, ...kindOf(hit), ...alias(hit)),
        el("p", { dir: "auto" }, ...marked(excerpt(hit), hit)), ...others(hit))));
      let said = `{{count search-results n ${length}}}`;
      if (length > most) said = `{{word search-best results ${said} best ${most}}}`;
      const missing = hits.missing.join("{{word comma}}");
      if (!length) list.replaceChildren(...instead(pages, text));
      status.textContent = !length ? "{{word search-none}}" : missing ? `{{word search-nowhere results ${said} words ${missing}}}` : said;
    };
    form.addEventListener("input", run);
    let pressed = false; // here, and not on the link that opened the dialog
    input.addEventListener("keydown", (e) => { pressed = e.key === "Enter"; });
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      if (!pressed) return;
      pressed = false;
      await run();
      list.querySelector("a")?.[exact ? "click" : "focus"]();
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
      const close = el("button", { type: "button", class: "search-close" }, "{{word close}}");
      dialog = el("dialog", { class: "search-dialog", "aria-label": "{{word search}}" }, close, box);
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
      for (const w of [words, ...words.split(" ")]) for (const h of find(pages, w)) if (h.p.names.flat().some((n) => h.words.has(n))) seen.set(h.p.u, h.p); // by name
      lost.querySelector("ul").replaceChildren(...[...seen.values()].slice(0, 5).map((p) => el("li", {}, el("a", { href: home(p.u) }, p.t))));
      lost.hidden = !seen.size;
    }).catch(() => {});
  }
})();
