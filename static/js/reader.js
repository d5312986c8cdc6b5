// The reader's tools: previews of links, the theme, copying, and where one is in
// the outline. Each stands alone, and the pages work without any of them.
(() => {
  const { documentElement } = document;
  const all = (selector) => document.querySelectorAll(selector);
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

  // Settings are kept for the next visit, where the browser allows it.
  const keep = (name, value) => {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch { /* no storage: until the next page */ }
  };
  const beside = matchMedia("screen and (min-width: 62rem)"); // footnotes stand beside the text (css/site.css)

  // Previews: a card with what a link leads to. It comes when the pointer or the
  // keyboard rests on the link, stays while either does or the pointer is on the
  // card, and goes with Escape. Alt and the down arrow lead into it. A tap follows
  // the link, but one on a paragraph's number or in a claim's label opens the card
  // below the line.
  const preview = () => {
    const ask = 150, show = 400, leave = 300; // milliseconds
    const edge = 8, gap = 4; // pixels: to the window, to the link
    const most = { letters: 300, items: 8 };
    const words = {
      index: "Overview", home: "Home page", reported: "Factual claim",
      disputed: "Disputed", part: "Agreed with in part", agreed: "Agreed with", nothing: "Nothing found",
    };
    const card = make("div", "preview");
    card.id = "site-preview";
    card.hidden = true;
    card.tabIndex = -1;
    let wanted = null, shown = null, found, timers = [], going, point, nested, tapped, touch, unname;

    const on = document.getElementById("site-previews");
    if (on) {
      const sync = () => { try { on.checked = localStorage.getItem("previews") !== "off"; } catch { /* on */ } };
      on.addEventListener("change", () => keep("previews", on.checked ? "" : "off"));
      sync();
      addEventListener("storage", sync);
      addEventListener("pageshow", sync);
      on.parentElement.hidden = false;
    }

    const at = (address, from) => new URL(address, from).href.replace(/\?[^#]*/, "").replace(/\/index\.html(?=#|$)/, "/");
    const bare = (address) => address.replace(/#.*/s, "");
    const root = bare(at(siteIndex.root ?? "", location.href)), here = bare(at("", location.href));
    const target = (link) => at(link.getAttribute("href"), location.href);
    const hash = (address) => { try { return decodeURIComponent(new URL(address).hash.slice(1)); } catch { return ""; } };
    const nameOf = (link) => link.title || link.querySelector("title")?.textContent || "";

    let pages; // a promise of all pages by address; of none if they cannot be had
    const load = () => (pages ??= siteIndex.load("pages").then((list) => new Map(list.map((p) => [at(p.u, new URL(siteIndex.root ?? "", location.href)), p])), () => new Map()));
    const docs = new Map(); // promises of the pages read in this visit, by address
    const read = (address) => {
      if (!docs.has(address)) {
        docs.set(address, fetch(address).then(async (r) => (r.ok ? new DOMParser().parseFromString(await r.text(), "text/html") : Promise.reject())).catch(() => {
          docs.delete(address);
        }));
      }
      return docs.get(address);
    };

    // What says the same beside the link needs no card.
    const linkAt = (node) => {
      const link = node.closest?.(":is(main, .search-hits) a[href]");
      if (!link || on?.checked === false) return null;
      if (card.contains(link)) return nested || tapped ? null : link;
      const to = target(link), id = hash(to), inside = bare(to) === here;
      if (!to.startsWith(root) || link.closest("nav") && !link.closest("svg")) return null;
      if (!id) return inside || link.closest(".cards, .dated, .glossary, .pair .card-title") ? null : link;
      if (/fnref:/.test(id) || link.matches(".footnote-ref") && beside.matches) return null;
      return inside && document.getElementById(id)?.contains(link) ? null : link;
    };
    const capital = (word) => word.slice(0, 1).toUpperCase() + word.slice(1);
    const date = (d) => {
      const parts = d.replace(/^-/, "").split("-").length, early = d.startsWith("-");
      return new Date(early ? `-00${d.slice(1)}` : d).toLocaleDateString("en-GB", {
        era: early ? "short" : undefined,
        year: "numeric", month: parts > 1 ? "long" : undefined, day: parts > 2 ? "numeric" : undefined, timeZone: "UTC",
      });
    };

    // A page, from the index.
    const summary = (p, link) => {
      const claim = p.k === "claim";
      const label = make("p", "label", claim ? "" : words[p.k] ?? capital(p.k));
      if (claim) label.append(make("span", `statement ${p.y}`, words[p.y] ?? capital(p.y)));
      for (const fact of claim ? [[p.h ?? []].flat().join(", ")] : [p.y, p.d && date(p.d)]) if (fact) label.append(` · ${fact}`);
      if (p.l) label.append(" ", make("span", "later", p.l === true ? "Later" : p.l));
      const lines = [label, make("p", "preview-title", link.title || p.t)];
      if (words[p.r]) label.append(" ", make("span", `sign ${p.r}`, words[p.r]));
      if (p.s && p.s !== p.t) lines.push(make("p", "", p.s));
      for (const line of lines) line.dir = "auto";
      return lines;
    };

    // A place on a page: what its layout marks with data-card, else a heading with
    // the text below it, else the whole element. Long texts and lists are cut.
    const passage = (doc, to, name) => {
      const element = doc.getElementById(hash(to)), heading = element?.matches("h2, h3, h4, h5, h6");
      if (!element || element.matches("article")) return null;
      const scope = heading && element.parentElement.matches("section") ? element.parentElement : element;
      const text = doc.createElement("div");
      const marked = [...scope.querySelectorAll('[data-card=""]')].filter((e) => e.closest("[id], section") === scope);
      if (marked.length) text.append(...marked.map((e) => e.cloneNode(true)));
      else if (heading) {
        let next = element.closest(".headed") ?? element;
        do next = next.nextElementSibling; while (next?.matches("aside"));
        if (!next?.matches("p, ul, ol, .claim")) return null;
        text.append(element.cloneNode(true), next.cloneNode(true));
      } else if (element.matches(".claim")) text.append(element.cloneNode(true));
      else text.append(...element.cloneNode(true).childNodes);

      for (const e of text.querySelectorAll("[data-card=no], button, input, img, svg, details, aside, .unseen, .footnote-backref")) e.remove();
      for (const h of text.querySelectorAll("h2, h3, h4, h5, h6")) {
        const line = doc.createElement("p");
        line.className = h.className || "preview-title";
        line.append(...h.childNodes);
        h.replaceWith(line);
      }
      for (const a of text.querySelectorAll("a")) a.setAttribute("href", new URL(a.getAttribute("href"), bare(to) === here ? location.href : to));
      for (const e of text.querySelectorAll("*")) for (const a of ["id", "tabindex", "data-card", "aria-labelledby", "aria-describedby"]) e.removeAttribute(a);
      const lists = marked.length ? [...text.querySelectorAll(":scope > :is(ul, ol)")] : [];
      const items = lists.reduce((n, list) => n + list.children.length, 0);
      for (const list of lists) {
        const more = [...list.children].slice(items > most.items ? Math.ceil(most.items / lists.length) : items);
        if (more.length < 2) continue;
        more.forEach((item) => item.remove());
        list.append(make("li", "more", `and ${more.length} more`));
      }
      let left = most.letters;
      const cut = (node) => {
        for (const child of [...node.childNodes]) {
          if (left <= 0) child.remove();
          else if (child.nodeType === 3) {
            if (child.data.length > left) child.data = `${child.data.slice(0, left).replace(/\s+\S*$/, "")} …`;
            left -= child.data.length;
          } else if (!lists.includes(child)) cut(child);
        }
      };
      cut(text);
      text.lang = element.closest("[lang]")?.lang ?? "";
      text.dir = element.closest("[dir]")?.dir ?? "auto";
      const label = make("p", "label", name || (doc === document ? "" : doc.querySelector("h1")?.textContent));
      label.dir = "auto";
      return label.textContent ? [label, text] : [text];
    };

    const answer = async (link) => {
      const to = target(link), address = bare(to), name = nameOf(link);
      const doc = address === here ? document : hash(to) && location.protocol !== "file:" && await read(address);
      const there = doc && hash(to) && passage(doc, to, name);
      if (there) return there;
      const list = await load(), page = list.get(to) ?? (address !== here && list.get(address));
      return page && summary(page, link);
    };

    // The card stands below the link, all of its lines, or above if there is more
    // room, and begins where the link begins. A long line of a drawing is where the
    // pointer is. What a link of the card shows takes that link's place.
    const boxOf = (link) => {
      const box = link.getBoundingClientRect();
      return point && link.matches("svg .arrow") ? new DOMRect(point.x, point.y - edge, 0, 3 * edge) : box;
    };
    const place = (link, box, over) => {
      const { style } = card, { clientWidth, clientHeight } = documentElement;
      const measure = tapped && (link.closest(".prose, .after > *, .side, section") ?? link.closest("main")).getBoundingClientRect();
      style.maxBlockSize = "";
      style.inlineSize = measure ? `${measure.width}px` : "";
      const below = clientHeight - box.bottom - gap - edge, above = box.top - gap - edge;
      const up = card.offsetHeight > below && above > below;
      style.maxBlockSize = `${over ? clientHeight - 2 * edge : Math.max(up ? above : below, 100)}px`;
      const { offsetWidth, offsetHeight } = card, { left, right } = measure || box;
      const start = getComputedStyle(card).direction === "rtl" ? clientWidth - right : over ? card.offsetLeft : left;
      const top = over ? Math.max(edge, Math.min(box.top - edge, clientHeight - offsetHeight - edge)) : up ? box.top - gap - offsetHeight : box.bottom + gap;
      if (!over) style.insetInlineStart = `${Math.max(measure ? 0 : edge, Math.min(start, clientWidth - offsetWidth - (measure ? 0 : edge)))}px`;
      style.insetBlockStart = `${top + (card.closest("dialog") ? 0 : scrollY)}px`;
    };

    const cancel = () => {
      timers.forEach(clearTimeout);
      wanted = null;
    };
    const close = () => {
      card.hidden = true;
      if (!shown) return;
      shown.removeAttribute("aria-describedby");
      unname();
      shown = null;
    };
    // The browser would show a link's title over the card.
    const silence = (link) => {
      const { title } = link, element = link.querySelector(":scope > title");
      if (element) {
        link.setAttribute("aria-label", element.textContent);
        element.remove();
        return () => { link.removeAttribute("aria-label"); link.prepend(element); };
      }
      link.removeAttribute("title");
      return () => { if (title) link.title = title; };
    };
    const open = async (link, tap = false) => {
      const lines = await found;
      if (wanted !== link) return;
      if (!lines) return tap && location.assign(target(link));
      const over = card.contains(link), box = boxOf(link), within = over && card.contains(document.activeElement);
      cancel();
      if (!box.width && !box.height && !link.getClientRects().length) return; // the link went out of sight
      if (!over) close();
      nested = over;
      tapped = tap;
      card.replaceChildren(...lines);
      card.classList.toggle("listed", card.querySelector("ul, ol") !== null);
      if (tap) {
        const go = make("a", "", /^¶/.test(link.textContent) ? `Go to ${link.textContent}` : "Go to the claim"), shut = make("button", "", "Close"), foot = make("p", "preview-foot");
        go.href = target(link);
        shut.type = "button";
        shut.addEventListener("click", () => { close(); link.focus(); });
        foot.append(go, shut);
        card.append(foot);
      }
      const rich = card.querySelector("a, button");
      card.setAttribute("role", rich ? "dialog" : "tooltip");
      if (rich) card.setAttribute("aria-label", "Preview");
      else card.removeAttribute("aria-label");
      if (!over) {
        const into = link.closest("dialog") ?? document.querySelector("main");
        if (card.parentNode !== into) into.append(card);
        card.hidden = false;
        shown = link;
        unname = silence(link);
        link.setAttribute("aria-describedby", card.id);
      }
      place(link, box, over);
      card.scrollTop = 0;
      if (tap || within) card.focus({ preventScroll: true });
      if (over) part();
    };
    const prepare = (link) => { found = answer(link).catch(() => null); };
    const want = (link) => {
      if (link === wanted || link === shown) return;
      cancel();
      wanted = link;
      timers = [setTimeout(prepare, ask, link), setTimeout(open, show, link)];
    };
    const part = () => {
      clearTimeout(going);
      going = shown && !tapped && setTimeout(() => {
        if (shown && !card.matches(":hover, :focus-within") && !shown.matches(":hover, :focus-visible")) close();
      }, leave);
    };
    const dismiss = () => {
      cancel();
      close();
    };

    document.addEventListener("pointerover", (event) => {
      const link = event.pointerType === "touch" ? null : linkAt(event.target);
      if (!link || link.contains(event.relatedTarget)) return;
      point = { x: event.clientX, y: event.clientY };
      want(link);
    });
    document.addEventListener("pointerout", ({ relatedTarget }) => {
      if (wanted && !wanted.contains(relatedTarget) && !wanted.matches(":focus-visible")) cancel();
      part();
    });
    document.addEventListener("focusin", ({ target }) => {
      const link = linkAt(target);
      if (!link?.matches(":focus-visible")) return; // the keyboard's, not a finger's
      point = null;
      want(link);
    });
    document.addEventListener("focusout", () => {
      cancel();
      part();
    });
    document.addEventListener("keydown", (event) => {
      const { key, altKey, shiftKey } = event, links = card.querySelectorAll("a, button"), { activeElement } = document;
      if (key === "Escape") {
        if (!shown) return cancel();
        event.preventDefault(); // nothing else closes
        event.stopPropagation();
        if (card.contains(activeElement)) shown.focus();
        dismiss();
      } else if (altKey && key === "ArrowDown" && shown === activeElement && links.length) {
        event.preventDefault();
        links[0].focus();
      } else if (key === "Tab" && shown && activeElement === links[shiftKey ? 0 : links.length - 1]) shown.focus(); // and on from there
    }, true);
    document.addEventListener("pointerdown", ({ target, pointerType }) => {
      touch = pointerType === "touch";
      if (!card.contains(target)) dismiss();
    });
    document.addEventListener("click", (event) => {
      const link = touch && linkAt(event.target);
      if (event.target.closest?.("#site-preview a")) close();
      else if (link && (/^(.*--)?p\d+$/.test(hash(target(link))) || link.matches(".claim-label a"))) {
        event.preventDefault();
        cancel();
        wanted = link;
        prepare(link);
        open(link, true);
      }
    });
    addEventListener("pagehide", dismiss);
  };
  if (window.siteIndex) preview();

  // The theme: system, light or dark.
  const theme = document.getElementById("site-theme");
  if (theme) {
    const sync = () => { theme.value = documentElement.dataset.theme ?? ""; };
    theme.addEventListener("change", () => {
      const { value } = theme;
      if (value) documentElement.dataset.theme = value;
      else delete documentElement.dataset.theme;
      keep("theme", value);
    });
    sync();
    addEventListener("storage", sync);
    addEventListener("pageshow", sync);
    theme.closest("[hidden]").hidden = false;
  }

  // Copying: links to headings and claims, and citations.
  const status = make("p", "unseen");
  status.setAttribute("role", "status");
  document.body.append(status);
  const byHand = (text) => { // where there is no clipboard: an insecure address, an old browser
    const area = make("textarea", "unseen");
    const from = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    from.focus();
    return done;
  };
  const copier = (className, text, name, what) => {
    const button = make("button", className, text);
    let timer;
    button.type = "button";
    button.setAttribute("aria-label", name);
    button.title = name;
    button.addEventListener("click", async () => {
      clearTimeout(timer);
      status.textContent = "";
      let done = true;
      try { await navigator.clipboard.writeText(what()); } catch { done = byHand(what()); }
      status.textContent = done ? "Copied" : "Not copied";
      button.textContent = text === "#" ? (done ? "✓" : "✗") : status.textContent;
      timer = setTimeout(() => {
        button.textContent = text;
        status.textContent = "";
      }, 2000);
    });
    return button;
  };
  for (const heading of all(".prose :is(h2, h3, h4, h5, h6)[id]")) {
    const button = copier("copy-link", "#", "Copy link to this section", () => new URL(`#${heading.id}`, location.href).href);
    const box = make("div", "headed"); // beside the heading, so that its name stays its own
    button.setAttribute("aria-describedby", heading.id);
    if (heading.dir) box.dir = heading.dir; // so that the button stands before its text
    heading.before(box);
    box.append(heading, button);
  }
  for (const label of all(".prose .claim > .claim-label")) {
    const link = label.querySelector("a.statement"); // to the claim's own page, which stays
    if (link) label.append(copier("copy-link", "#", "Copy link to this claim", () => link.href));
  }
  for (const forms of all(".cite .forms")) {
    const shown = () => [...all(".cite pre")].find((text) => text.getClientRects().length);
    forms.append(copier("copy", "Copy", "Copy the citation", () => shown().textContent));
  }

  // The field that shortens a list: an entry stays if it has all that was typed.
  for (const field of all(".find")) {
    const [input, count, box] = [field.querySelector("input"), field.querySelector("output"), field.parentElement];
    field.hidden = false;
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      const entries = [...box.querySelectorAll("li")];
      for (const entry of entries) entry.hidden = !words.every((word) => entry.textContent.toLowerCase().includes(word));
      for (const part of box.querySelectorAll("section")) part.hidden = !part.querySelector("li:not([hidden])");
      count.textContent = `${entries.filter((entry) => !entry.hidden).length} / ${entries.length}`;
    });
  }

  // On paper stands the day on which it was printed.
  const printed = document.getElementById("site-printed");
  if (printed) addEventListener("beforeprint", () => {
    printed.textContent = new Date().toLocaleDateString("en-GB", { dateStyle: "long" });
    printed.parentElement.hidden = false;
  });

  // Footnotes beside the text, where there is room (css/site.css). The list at
  // the end stays for narrow windows, for paper, and where there is no script.
  for (const ref of all(".prose a.footnote-ref")) {
    const note = document.getElementById(decodeURIComponent(ref.hash.slice(1)));
    const block = ref.closest(".prose > *");
    if (!note || block.matches(".footnotes")) continue;
    const side = make("aside", "sidenote");
    const back = make("a", "", ref.textContent);
    back.href = `#${ref.parentElement.id}`;
    back.setAttribute("aria-label", `Back to mark ${ref.textContent}`);
    side.setAttribute("role", "note");
    side.tabIndex = -1;
    side.append(...note.cloneNode(true).childNodes);
    side.querySelectorAll(".footnote-backref").forEach((link) => link.remove());
    side.prepend(back, " ");
    block.before(side);
    note.closest(".footnotes").classList.add("beside");
    ref.addEventListener("click", (event) => {
      if (!beside.matches) return;
      event.preventDefault();
      side.focus();
    });
  }

  // The drawing of the paragraphs: one stop for Tab. Arrows go along a line and
  // from line to line, past the signs that the filter dims.
  const print = document.querySelector(".print");
  if (print) {
    let stop = print.querySelector("ul a");
    for (const link of print.querySelectorAll("a")) link.tabIndex = link === stop ? 0 : -1;
    print.addEventListener("focusin", ({ target }) => {
      stop.tabIndex = -1;
      stop = target;
      stop.tabIndex = 0;
    });
    print.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const clear = (link) => link === stop || getComputedStyle(link.parentElement).opacity > 0.5;
      const lines = [...print.children].map((line) => [...line.querySelectorAll("a")].filter(clear)).filter((line) => line.length);
      const y = lines.findIndex((line) => line.includes(stop)), x = lines[y]?.indexOf(stop);
      const links = lines.flat(), i = links.indexOf(stop), on = getComputedStyle(print).direction === "rtl" ? -1 : 1;
      const to = {
        ArrowRight: links[i + on], ArrowLeft: links[i - on], Home: lines[y]?.[0], End: lines[y]?.at(-1),
        ArrowDown: lines[y + 1]?.[x] ?? lines[y + 1]?.at(-1), ArrowUp: lines[y - 1]?.[x] ?? lines[y - 1]?.at(-1),
      }[event.key];
      if (!to) return;
      event.preventDefault();
      to.focus();
    });
  }

  // The outline: the last heading in it that has passed the upper third of the
  // window.
  const entries = new Map();
  for (const link of all('.outline a[href^="#"]')) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) entries.set(heading, link);
  }
  const passed = new Set();
  const watch = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) passed[isIntersecting ? "add" : "delete"](target);
    const here = [...entries.keys()].findLast((heading) => passed.has(heading) && entries.get(heading).getClientRects().length);
    for (const [heading, link] of entries) {
      if (heading === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "1000000px 0px -66%" });
  for (const heading of entries.keys()) watch.observe(heading);
})();
