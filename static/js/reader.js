// The reader's tools: previews of links, the theme, copying, and where one is in
// the outline. Each stands alone, and the pages work without any of them.
(() => {
  const { documentElement } = document;
  const all = (selector) => document.querySelectorAll(selector);
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

  // Previews: a card about the page that a link of the text leads to. It comes
  // when the pointer or the keyboard rests on the link, stays while either does
  // or the pointer is on the card, and goes with Escape. A finger gets none: a
  // tap follows the link, and a long press is the browser's own.
  const preview = () => {
    const ask = 150, show = 400, leave = 300; // milliseconds
    const edge = 8, gap = 4; // pixels: to the window, to the link
    const words = { index: "Overview", home: "Home page" };
    const card = make("div", "preview");
    card.id = "site-preview";
    card.hidden = true;
    card.setAttribute("role", "tooltip");
    let wanted = null, shown = null, timers = [], going, title = "";

    const at = (address, from) => new URL(address, from).href.replace(/[?#].*/s, "").replace(/\/index\.html$/, "/");
    const here = at("", location.href), root = at(siteIndex.root || "./", location.href);
    const target = (link) => at(link.getAttribute("href"), here);
    let pages; // a promise of all pages by address; of none if they cannot be had
    const load = () => (pages ??= siteIndex.load("pages").then((list) => new Map(list.map((p) => [at(p.u, root), p])), () => new Map()));

    // What says the same beside the link needs no card.
    const linkAt = (node) => {
      const link = node.closest?.("main :is(.prose, .after) a[href]");
      return link && !link.closest("nav, .cards, .dated, .glossary, .pair") && target(link) !== here ? link : null;
    };
    const capital = (word) => word.slice(0, 1).toUpperCase() + word.slice(1);
    const date = (d) => {
      const parts = d.replace(/^-/, "").split("-").length, early = d.startsWith("-");
      return new Date(early ? `-00${d.slice(1)}` : d).toLocaleDateString("en-GB", {
        era: early ? "short" : undefined,
        year: "numeric", month: parts > 1 ? "long" : undefined, day: parts > 2 ? "numeric" : undefined, timeZone: "UTC",
      });
    };

    const fill = (p, link) => {
      const claim = p.k === "claim";
      const label = make("p", "label", claim ? "" : words[p.k] ?? capital(p.k));
      if (claim) label.append(make("span", `statement ${p.y}`, capital(p.y)));
      const facts = claim ? [[p.h ?? []].flat().join(", "), p.c] : [p.y, p.d && date(p.d)];
      for (const fact of facts) if (fact) label.append(` · ${fact}`);
      if (p.l) label.append(" ", make("span", "later", p.l === true ? "Later" : p.l));
      card.replaceChildren(label, make("p", "preview-title", link.title || p.t));
      if (p.s && p.s !== p.t) card.append(make("p", "", p.s));
      for (const line of card.children) line.dir = "auto";
    };

    // The card stands below the link, all of its lines, or above if there is no
    // room, and begins where the link begins.
    const place = (link) => {
      if (!link.getClientRects().length) return false; // the link went out of sight
      const box = link.getBoundingClientRect();
      const { clientWidth, clientHeight } = documentElement;
      const { offsetWidth, offsetHeight } = card;
      const start = getComputedStyle(card).direction === "rtl" ? clientWidth - box.right : box.left;
      const above = box.top - gap - offsetHeight, below = box.bottom + gap;
      card.style.insetInlineStart = `${Math.max(edge, Math.min(start, clientWidth - offsetWidth - edge))}px`;
      card.style.insetBlockStart = `${scrollY + (below + offsetHeight > clientHeight && above >= 0 ? above : below)}px`;
      return true;
    };

    const cancel = () => {
      timers.forEach(clearTimeout);
      wanted = null;
    };
    const close = () => {
      card.hidden = true;
      if (!shown) return;
      shown.removeAttribute("aria-describedby");
      if (title) shown.title = title;
      shown = null;
    };
    const open = async (link) => {
      const page = (await load()).get(target(link));
      if (wanted !== link || !page) return;
      cancel();
      close();
      fill(page, link);
      if (!card.isConnected) document.querySelector("main").append(card);
      card.hidden = false;
      if (!place(link)) return close();
      shown = link;
      title = link.title;
      link.removeAttribute("title"); // or the browser would show it over the card
      link.setAttribute("aria-describedby", card.id);
    };
    const want = (link) => {
      if (link === wanted || link === shown) return;
      cancel();
      wanted = link;
      timers = [setTimeout(load, ask), setTimeout(open, show, link)];
    };
    const part = () => {
      clearTimeout(going);
      going = shown && setTimeout(() => {
        if (shown && !card.matches(":hover") && !shown.matches(":hover, :focus-visible")) close();
      }, leave);
    };

    document.addEventListener("pointerover", (event) => {
      const link = event.pointerType === "touch" ? null : linkAt(event.target);
      if (link && !link.contains(event.relatedTarget)) want(link);
    });
    document.addEventListener("pointerout", ({ relatedTarget }) => {
      if (wanted && !wanted.contains(relatedTarget) && !wanted.matches(":focus-visible")) cancel();
      part();
    });
    document.addEventListener("focusin", ({ target }) => {
      const link = linkAt(target);
      if (link?.matches(":focus-visible")) want(link); // the keyboard's, not a finger's
    });
    document.addEventListener("focusout", () => {
      cancel();
      part();
    });
    const dismiss = () => {
      cancel();
      close();
    };
    document.addEventListener("keydown", ({ key }) => key === "Escape" && dismiss());
    document.addEventListener("pointerdown", ({ target }) => card.contains(target) || dismiss());
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
      try {
        if (value) localStorage.setItem("theme", value);
        else localStorage.removeItem("theme");
      } catch { /* no storage: until the next page */ }
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
  for (const text of all(".cite pre")) {
    const label = text.previousElementSibling;
    label.append(" ", copier("copy", "Copy", `Copy ${label.textContent}`, () => text.textContent));
  }

  // Footnotes beside the text, where there is room (css/site.css). The list at
  // the end stays for narrow windows, for paper, and where there is no script.
  const beside = matchMedia("screen and (min-width: 62rem)");
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
