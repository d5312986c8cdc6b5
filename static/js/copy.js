// A reader's own copy of a source, beside what this site makes of it. The copy is read
// in the browser and nowhere else: it is split as in package passage of the builder, the
// fingerprint of each sentence is looked for among those of the page, in their order, and
// what was found is shown beside the claims.
(() => {
  const most = 5e6; // bytes of a file
  const lines = 40; // of a sentence, at each end of which a heading or a footer may be

  // As passage.Fold: signs become straight quotation marks, apostrophes and hyphens.
  const space = (text) => text.replace(/\p{White_Space}+/gu, " ").replace(/^ | $/g, "");
  const straight = (text) => text.replaceAll("\u00ad", "").replace(/[“”„‟«»″]/g, '"').replace(/[‘’‚‛‹›′]/g, "'").replace(/[‐‑‒–—―−]/g, "-");
  const fold = (text) => space(straight(text));

  // As passage.End: where the sentence ends that the sign at s[i] closes, or -1. The
  // sentence before it ended at from.
  const end = (s, i, sign, from) => {
    const latin = ".?!…".includes(sign), stop = sign === ".", before = s.slice(Math.max(0, i - 40), i);
    const behind = s.slice(i + sign.length), letter = stop && /\p{L}$/u.test(before);
    if (/^[…\p{STerm}]/u.test(behind)) return -1; // the last of several signs ends the sentence
    if (letter && /^\p{Nd}{1,3}[.)] /u.test(behind)) return i + 1;
    const rest = behind.replace(/^([\p{Pe}\p{Pf}]|["'“‘](?![\p{L}\p{Nd}]))+/u, "");
    if (!rest) return s.length;
    // The hyphen is the last of its class, since the minifier would take a backslash from it.
    if (latin && rest[0] !== " " || /^ ?([,;:،؛、，：；]|[ "'“”‘’„‚«»‹›([–—`-]*\p{Ll})/u.test(rest)) return -1;
    if (letter && (/(?<!\p{L})\p{Lu}$/u.test(before) ||
      /(?<![\p{L}.])(Mrs?|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Brig|Adm|Sen|Rep|Gov|Pres|Hon|Rev|St|Mt|Ft|vs|cf|viz|approx|ca|e\.g|i\.e)$/u.test(before) ||
      /^ ?\p{Nd}/u.test(rest) && /(?<![\p{L}.])(Nos?|Nr|Arts?|Figs?|Vol|Ch|Sec|pp?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$/u.test(before))) return -1;
    const listed = stop && /(?<!\p{Nd})\p{Nd}{1,3}$/u.exec(before);
    if (listed) {
      const at = i - listed[0].length;
      if (s[at - 1] === "." ? /\p{L}\.$/u.test(s.slice(0, at).slice(-3)) : at - (s[at - 1] === " ") === from) return -1;
    }
    return s.length - rest.length;
  };

  // A block of text as pieces, one a sentence: the text as it stands, with what separates
  // it from the one before, and how it is folded. No soft hyphen counts.
  const split = (block) => {
    const s = straight(block).replaceAll("\n", " "), ends = [];
    let from = 0, at = 0;
    for (const { 0: sign, index } of s.matchAll(/[…\p{STerm}]/gu)) {
      const to = end(s, index, sign, from);
      if (to > from) ends.push(from = to);
    }
    if (s.slice(from).trim()) ends.push(s.length);
    from = 0;
    return ends.map((to) => {
      const start = at;
      for (; from < to; at++) if (block[at] !== "\u00ad") from++;
      return piece((start ? "" : "\n") + block.slice(start, at));
    });
  };
  const piece = (text) => ({ text, key: fold(text) });

  const sum = async (text) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // The fingerprints of pieces, each text once.
  const known = new Map();
  const fingerprint = async (pieces) => {
    const keys = [...new Set(pieces.map(({ key }) => key))].filter((key) => !known.has(key));
    const sums = await Promise.all(keys.map(sum));
    keys.forEach((key, i) => known.set(key, sums[i].slice(0, 8)));
    for (const p of pieces) p.print = known.get(p.key);
  };

  // The longest common subsequence of two lists of fingerprints, by Hunt and Szymanski:
  // which piece is which sentence.
  const align = (prints, pieces) => {
    const places = new Map(), tails = [], found = [];
    prints.forEach((print, i) => places.set(print, [i, ...places.get(print) ?? []]));
    pieces.forEach(({ print }, j) => {
      for (const i of places.get(print) ?? []) {
        let low = 0, high = tails.length;
        while (low < high) {
          const middle = low + high >> 1;
          if (tails[middle].i < i) low = middle + 1;
          else high = middle;
        }
        tails[low] = { i, j, last: tails[low - 1] };
      }
    });
    for (let t = tails.at(-1); t; t = t.last) found[t.i] = t.j;
    return found;
  };
  const count = (found) => found.filter((j) => j >= 0).length;

  // A text may have a paragraph a line, or blank lines between its paragraphs, or neither.
  // A heading above a sentence or a footer below, on lines of its own, is parted from it,
  // and a word that was broken at a hyphen is joined.
  const recognise = async (text, prints) => {
    const all = text.normalize("NFC").split(/\r\n?|\n/).map(space), wanted = new Set(prints);
    let pieces = [], found = [];
    for (const blocks of [all, all.join("\n").split(/\n\n+/), [all.filter((line) => line).join("\n")]]) {
      const these = blocks.flatMap(split);
      await fingerprint(these);
      const now = align(prints, these);
      if (count(now) > count(found)) [pieces, found] = [these, now];
    }
    const one = async (...texts) => {
      const these = texts.map(piece);
      await fingerprint(these);
      return these.some(({ print }) => wanted.has(print)) && these;
    };
    const part = async (p) => {
      for (const hyphen of /[-‐]\n/.test(p.text) ? ["$1", ""] : []) {
        const joined = await one(p.text.replace(/([-‐])\n/g, hyphen));
        if (joined) return joined;
      }
      const line = p.text.split("\n"), { length } = line;
      for (let n = 1; n < Math.min(length, lines); n++) {
        for (const at of [length - n, n]) {
          const parted = await one(line.slice(0, at).join("\n"), "\n" + line.slice(at).join("\n"));
          if (parted) return parted;
        }
      }
      return p;
    };
    // Only among the sentences that stand where some were not found.
    let open = [], from = 0, gap = false;
    for (const j of count(found) ? [...prints.map((_, i) => found[i]), pieces.length] : []) {
      if (gap && j >= 0) open = open.concat(pieces.slice(from, j).filter(({ text }) => /[^\n]\n/.test(text)));
      gap = j === undefined;
      if (!gap) from = j + 1;
    }
    const parts = new Map(await Promise.all(open.map(async (p) => [p, await part(p)])));
    pieces = pieces.flatMap((p) => parts.get(p) ?? p);
    return { pieces, found: align(prints, pieces) };
  };

  // Between two sentences that were found, the others are paired in order: at the
  // beginning from the end, since a heading is above them, and else from the beginning.
  // A line that does not end as a sentence does is a heading, an entry of a menu or the
  // like: it is left out where there is too much, and nothing beyond it is the text's.
  const pair = (pieces, found, length) => {
    const differs = [], ends = (n) => /\p{P}\s*$/u.test(pieces[n].text);
    let i = 0, j = 0;
    for (let to = 0; to <= length; to++) {
      if (to < length && !(found[to] >= 0)) continue;
      const last = to === length, first = i === 0 && !last, until = last ? pieces.length : found[to], wanted = to - i;
      let loose = [...Array(until - j).keys()].map((n) => n + j);
      if (first) loose = loose.slice(loose.findLastIndex((n) => !ends(n)) + 1);
      else if (last) loose = loose.slice(0, [...loose.map(ends), false].indexOf(false));
      else if (loose.length > wanted) loose = loose.filter(ends);
      const skip = first ? Math.max(0, loose.length - wanted) : 0, at = first ? Math.max(i, to - loose.length) : i;
      loose.slice(skip, skip + wanted).forEach((n, k) => { differs[at + k] = n; });
      [i, j] = [to + 1, until + 1];
    }
    return differs;
  };

  const plain = async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer()), mark = bytes[0] << 8 | bytes[1];
    const decode = (name, fatal) => new TextDecoder(name, { fatal }).decode(bytes);
    if (mark === 0xfffe || mark === 0xfeff) return decode(mark === 0xfffe ? "utf-16le" : "utf-16be");
    try { return decode("utf-8", true); } catch { return decode("windows-1252"); }
  };
  // A saved web page as the text that a reader would copy from it.
  const unmarked = (text) => {
    if (!/^\s*<(!doctype|html)/i.test(text)) return text;
    const { body } = new DOMParser().parseFromString(text.replace(/\s+/g, " "), "text/html");
    for (const e of body.querySelectorAll("script, style, template, noscript")) e.remove();
    for (const e of body.querySelectorAll("p, div, li, br, tr, h1, h2, h3, h4, h5, h6, blockquote, section, article, header, footer, nav")) {
      e.before("\n");
      e.append("\n");
      if (e.matches("br")) e.replaceWith("\n");
    }
    return body.textContent;
  };

  for (const panel of document.querySelectorAll(".own")) {
    const section = panel.parentElement, get = (selector) => panel.querySelector(selector);
    const [form, status, remove, file, area] = [".forms", ".result", ".remove", "[type=file]", "textarea"].map(get);
    const list = section.querySelector("ol"), number = (of) => of.querySelector(".number");
    const steps = [...list.querySelectorAll("[data-print]")], prints = steps.map((step) => step.dataset.print);
    const of = new Map(steps.map((step) => [step, step.parentElement.parentElement])); // the paragraph
    const hedges = new Map(); // by the address of a claim
    for (const hedge of list.querySelectorAll(".holder em")) hedges.set(hedge.closest("li").querySelector("a").href, hedge.textContent);
    let turn = 0, added = [];

    const make = (tag, className, ...content) => {
      const e = document.createElement(tag);
      if (className) e.className = className;
      if (/^yours/.test(className)) e.dir = "auto";
      e.append(...content);
      added.push(e);
      return e;
    };
    const clear = (text = "") => {
      turn++;
      known.clear();
      for (const e of added) e.remove();
      added = [];
      section.classList.remove("wide", "beside");
      form.hidden = false;
      remove.hidden = true;
      status.textContent = text;
    };
    const say = (text) => {
      clear(text);
      status.focus();
    };

    // A text in which the hedges of a sentence's claims are underlined.
    const hedged = (text, step) => {
      const words = [...step.querySelectorAll(".statements a")].flatMap(({ href }) => hedges.get(href)?.split(",") ?? [])
        .map((word) => word.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]")).filter((word) => word);
      if (!words.length) return [text];
      return text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})(?![\\p{L}\\p{N}])`, "giu")).map((part, i) => i % 2 ? make("u", "", part) : part);
    };
    const extra = (pieces) => make("details", "note extra", make("summary", "", "{{word own-extra}}"), make("p", "yours", pieces.map(({ text }) => text).join("").trim()));

    // Puts each piece where it belongs, and what belongs nowhere before what comes next.
    // Returns the paragraphs that have other text between their sentences.
    const place = (pieces, found, differs) => {
      const owner = new Map(steps.map((step, i) => [found[i] ?? differs[i], step])), mixed = new Set();
      let loose = [], last;
      pieces.forEach((p, j) => {
        const step = owner.get(j);
        if (!step) return loose.push(p);
        const text = hedged(space(p.text), step), same = p.print === step.dataset.print;
        const own = make("p", "yours", ...same ? text : [make("mark", "", ...text), " ", make("span", "note", "{{word own-changed}}")]);
        number(step).after(own);
        if (loose.length) {
          const inside = last && of.get(last) === of.get(step);
          if (inside) mixed.add(of.get(step));
          (inside ? own : last ? step.parentElement : list).before(extra(loose));
        }
        [loose, last] = [[], step];
      });
      if (loose.length) list.after(extra(loose));
      return mixed;
    };

    const summarise = async (pieces, found, differs, mixed) => {
      const paragraphs = [...new Set(of.values())], digests = new Map(Array.from(section.querySelectorAll(".digest li"), (li) => [`¶${li.value}`, li.textContent]));
      const texts = new Map(paragraphs.map((p) => [p, []]));
      steps.forEach((step, i) => texts.get(of.get(step)).push(pieces[found[i]]?.text));
      const whole = paragraphs.filter((p) => !texts.get(p).includes(undefined)), tally = [0, 0, 0];
      for (const p of whole) {
        const digest = digests.get(number(p).textContent);
        if (digest) tally[mixed.has(p) ? 2 : (await sum(space(texts.get(p).join("")))).startsWith(digest) ? 0 : 1]++;
      }
      const [exact, signs, between] = tally, list = [exact && `{{word own-exact n ${exact}}}`, signs && `{{word own-signs n ${signs}}}`, between && `{{word own-between n ${between}}}`].filter((n) => n).join("{{word comma}}");
      const lines = [make("b", "", `{{word own-found paragraphs ${whole.length} all-paragraphs ${paragraphs.length} sentences ${count(found)} all-sentences ${steps.length}}}`),
        list ? `{{word own-tally list ${list}}}` : "{{word own-hedges}}"];
      for (const [which, text] of [[differs, "{{word own-differs}}"], [steps.map((_, i) => found[i] ?? differs[i] ?? -1).map((j) => j < 0 ? j : undefined), "{{word own-missing}}"]]) {
        const links = steps.filter((_, i) => which[i] !== undefined).map((step) => Object.assign(make("a", "", number(step).textContent), { href: number(step).hash }));
        if (links.length) lines.push(make("br", ""), `${text} `, ...links.flatMap((link, i) => i ? ["{{word comma}}", link] : [link]));
      }
      return lines;
    };

    const show = async (text) => {
      clear("{{word own-reading}}");
      const mine = turn, { pieces, found } = await recognise(text, prints);
      if (mine !== turn) return;
      if (!count(found)) return say(`{{word own-none n ${prints.length}}}`);
      const differs = pair(pieces, found, prints.length), lines = await summarise(pieces, found, differs, place(pieces, found, differs));
      if (mine !== turn) return;
      steps.forEach((step, i) => { if ((found[i] ?? differs[i]) === undefined) number(step).after(make("p", "note", "{{word own-not-here}}")); });
      list.before(make("p", "note heads", make("span", "", "{{word own-yours}}"), make("span", "", "{{word own-ours}}")));
      section.classList.add("wide", "beside");
      form.hidden = true;
      remove.hidden = false;
      status.replaceChildren(...lines);
      status.focus();
    };
    const read = async (source) => {
      if ((source.size ?? source.length) > most) return say("{{word own-large}}");
      const text = source.size >= 0 ? await plain(source) : source;
      if (/\0|^%PDF|^{\\rtf/.test(text)) return say("{{word own-format}}");
      show(unmarked(text));
    };

    panel.hidden = false;
    if (!globalThis.crypto?.subtle) {
      form.hidden = true;
      status.textContent = "{{word own-http}}";
      continue;
    }
    file.addEventListener("change", () => {
      if (file.files[0]) read(file.files[0]);
      file.value = "";
    });
    get(".compare").addEventListener("click", () => area.value && read(area.value));
    area.addEventListener("paste", () => setTimeout(() => read(area.value)));
    remove.addEventListener("click", () => {
      clear();
      area.value = "";
      file.focus();
    });
    for (const type of ["dragover", "dragleave", "drop"]) section.addEventListener(type, (event) => {
      const { files, types } = event.dataTransfer, over = type === "dragover";
      if (!types.includes("Files") && !types.includes("text/plain")) return;
      event.preventDefault();
      section.classList.toggle("over", over);
      const dropped = files[0] ?? event.dataTransfer.getData("text/plain");
      if (type === "drop" && dropped) read(dropped);
    });
  }
})();
