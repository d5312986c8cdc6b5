// The reader's tools: previews of links, the theme, copying, and where one is in
// the outline. Each stands alone, and the pages work without any of them.
(() => {
  const { documentElement } = document;
  const all = (selector) => document.querySelectorAll(selector);
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
  const idOf = (address) => decodeURIComponent(address.replace(/^[^#]*#?/, ""));
  const byHash = (address, doc = document) => doc.getElementById(idOf(address));

  // Settings, kept for the next visit where the browser allows it: the theme, and
  // whether links have previews.
  const theme = document.getElementById("site-theme"), previews = document.getElementById("site-previews");
  const keep = (name, value) => {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch { /* no storage: until the next page */ }
  };
  const sync = () => {
    if (theme) theme.value = documentElement.dataset.theme ?? "";
    try { if (previews) previews.checked = localStorage.getItem("previews") !== "off"; } catch { /* no storage: on */ }
  };
  theme?.addEventListener("change", () => {
    const { value } = theme;
    if (value) documentElement.dataset.theme = value;
    else delete documentElement.dataset.theme;
    keep("theme", value);
  });
  previews?.addEventListener("change", () => keep("previews", previews.checked ? "" : "off"));
  sync();
  addEventListener("storage", sync);
  addEventListener("pageshow", sync);
  for (const tool of all("#site-theme, #site-previews")) tool.closest("[hidden]")?.removeAttribute("hidden");

  // Previews: a card with what a link leads to. It comes when the pointer or the
  // keyboard rests on the link, stays while either does or is on the card, and goes
  // with Escape. Alt and the down arrow lead into it. A tap follows the link, but one
  // on a paragraph's number or in a claim's label opens the card below the line.
  const beside = matchMedia("screen and (min-width: 62rem)"); // footnotes stand beside the text (css/site.css)
  const preview = () => {
    const ask = 150, show = 400, leave = 300; // milliseconds
    const edge = 8, gap = 4; // pixels: to the window, to the link
    const letters = 300, items = 8; // of a text, and of its lists
    const { labels } = siteIndex;
    const card = make("div", "preview");
    card.id = "site-preview";
    card.hidden = true;
    card.tabIndex = -1;
    card.role = "dialog";
    card.setAttribute("aria-label", "{{word preview}}");
    // The link that is waited for and the one that is shown; whether by a finger, and
    // whether it is what a link of the card leads to.
    let wanted, shown, tapped, nested;
    let found, timers = [], going, point, touch, unname;

    const at = (address, from) => new URL(address, from).href.replace(/\/index\.html(?=[?#]|$)/, "/");
    const bare = (address) => address.replace(/[?#].*/s, "");
    const base = new URL(siteIndex.root ?? "", location), root = bare(at(base)), here = bare(at(location));
    const target = (link) => at(link.getAttribute("href"), location);

    let pages; // a promise of all pages by address; of none if they cannot be had
    const load = () => (pages ??= siteIndex.load("pages").then((list) => new Map(list.map((p) => [at(p.u, base), p])), () => new Map()));
    const docs = {}; // promises of the pages read in this visit, by address
    const read = (address) => docs[address] ??= fetch(address).then((r) => r.ok ? r.text() : Promise.reject())
      .then((html) => new DOMParser().parseFromString(html, "text/html")).catch(() => { delete docs[address]; });

    // What says the same beside the link needs no card, nor does the way back.
    const linkAt = (node) => {
      const link = node.closest?.(":is(main, .search-hits) a[href]");
      if (!link || previews?.checked === false) return;
      if (card.contains(link)) return nested || tapped ? null : link;
      const to = target(link);
      if (!to.startsWith(root) || link.closest("nav")) return;
      const place = idOf(to), inside = bare(to) === here;
      if (!place) return inside || link.closest(".cards, .dated, .glossary, .pair .card-title") ? null : link;
      if (place.includes("fnref:") || link.matches(".footnote-ref") && beside.matches) return;
      return inside && byHash(to)?.contains(link) ? null : link;
    };
    // A page, from the index.
    const summary = (p, link) => {
      const claim = p.k === "claim";
      const label = make("p", "label", claim ? "" : labels[p.k]);
      if (claim) label.append(make("span", `statement ${p.y}`, labels[p.y]));
      for (const fact of claim ? [p.h] : [p.y, p.d]) if (fact) label.append(` · ${fact}`);
      if (p.l) label.append(" ", make("span", "later", "{{word preview-later}}"));
      if (p.r) label.append(" ", make("span", `sign ${p.r}`, labels[p.r]));
      const lines = [label, make("p", "preview-title", link.title || p.t)];
      if (p.s && p.s !== p.t) lines.push(make("p", "", p.s));
      for (const line of lines) line.dir = "auto";
      return lines;
    };

    // A place on a page: what its layout marks with data-card, else a heading with the
    // text below it, else the whole element. Long texts and lists are cut. A filter
    // of a list names in data-card what stays.
    const passage = (doc, to, name) => {
      const element = byHash(to, doc), text = doc.createElement("div"), parent = element?.parentElement;
      const heading = element?.matches("h2, h3, h4, h5, h6"), scope = heading && parent.matches("section") ? parent : element;
      if (!element) return;
      const add = (into, list) => into.append(...Array.from(list, (e) => e.cloneNode(true)));
      const within = (selector) => [...text.querySelectorAll(selector)];
      add(text, [...scope.querySelectorAll('[data-card=""]')].filter((e) => ["[id]", "[id]:not(li li)"].some((id) => e.closest(`${id}, section`) === scope))); // of a paragraph, its sentences' too
      if (element.dataset.card) {
        const list = text.appendChild(doc.createElement("ul"));
        list.className = "statements";
        add(list, element.closest(".filtered").querySelectorAll(element.dataset.card));
      }
      const lists = within(":scope > :is(ul, ol)");
      if (!text.firstChild) {
        let next = element.closest(".headed") ?? element;
        do next = next.nextElementSibling; while (next?.matches("aside"));
        if (element.matches("a, article, section, svg *") || heading && !next?.matches("p, ul, ol, .claim")) return;
        add(text, heading ? [element, next] : element.matches(".claim") ? [element] : element.childNodes);
      }

      for (const e of within(`[data-card=no]${scope.matches("li li") ? "" : ", .again"}, button, input, img, svg, details, aside, .unseen, .footnote-backref`)) e.remove();
      for (const e of within("*")) {
        e.removeAttribute("id");
        if (e.matches("a")) e.href = new URL(e.getAttribute("href"), bare(to) === here ? location : to);
        if (e.matches("h2, h3, h4, h5, h6")) {
          e.setAttribute("role", "presentation"); // none of this page's
          e.className ||= "preview-title";
        }
      }
      let left = letters, room = items;
      for (const list of lists) {
        const more = [...list.children].slice(Math.max(2, room)), { length } = more;
        room -= list.children.length;
        if (length < 2) continue;
        more.forEach((item) => item.remove());
        list.append(make("li", "more", `{{word preview-more n ${length}}}`));
      }
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
      return [label, text];
    };

    const prepare = (link) => {
      const to = target(link), page = bare(to), place = idOf(to), inside = page === here;
      const answer = async () => {
        const doc = inside ? document : place && location.protocol !== "file:" && await read(page);
        const lines = place && doc && passage(doc, to, link.title || link.querySelector("title")?.textContent);
        if (lines) return lines;
        const list = await load(), p = list.get(to) ?? (!inside && list.get(page));
        return p && summary(p, link);
      };
      found = answer().catch(() => null);
    };

    // The card stands below a box, or above if there is more room, or beside it if it
    // is tall, and begins where the box begins: that of the link with all of its lines, of the pointer on a long
    // arrow, of the line that a finger is on. What a link of the card leads to covers
    // that link, so that the pointer is on it.
    const boxOf = (link, over, tap) => {
      const { top, bottom } = link.getBoundingClientRect(), wide = over ? card : link.closest(tap ? ".prose, .after > *, section, main" : ".search-hits li") ?? link;
      const { left, right } = wide.getBoundingClientRect(), { clientX: x, clientY: y } = point ?? {};
      if (x && link.matches("svg .arrow")) return { left: x, right: x, top: y - edge, bottom: y + 2 * edge };
      return over ? { left, right, top: bottom + gap + edge, bottom: top - gap - edge } : { left, right, top, bottom };
    };
    const place = ({ left, right, top, bottom }) => {
      const { style } = card, { clientWidth, clientHeight } = documentElement;
      style.inlineSize = tapped ? `${right - left}px` : "";
      style.maxBlockSize = "";
      const { offsetWidth: width, offsetHeight: height } = card, below = clientHeight - bottom - gap - edge, above = top - gap - edge;
      const up = height > below && above > (tapped ? height : below), within = (least, n, most) => Math.max(least, Math.min(n, most));
      const hit = !nested && shown.matches(".search-hits a"); // the next ones are to be seen
      let x = within(edge, hit !== (getComputedStyle(card).direction === "rtl") ? right - width : left, clientWidth - width - edge), y = up ? top - gap - height : bottom + gap;
      if ((hit || height > Math.max(below, above)) && !tapped) {
        const after = right + gap, before = left - gap - width, room = after + width + edge <= clientWidth ? after : before;
        const aside = room >= edge && bottom > top;
        if (aside) x = room;
        y = aside ? within(edge, top, clientHeight - height - edge) : up ? edge : y;
        style.maxBlockSize = `${up && !aside ? above : clientHeight - edge - y}px`;
      }
      style.left = `${x}px`;
      style.top = `${y + (card.closest("dialog") ? 0 : scrollY)}px`;
      if (tapped) card.scrollIntoView({ block: "nearest" });
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
      element?.remove();
      link.removeAttribute("title");
      if (element) link.ariaLabel = element.textContent;
      unname = () => {
        if (title) link.title = title;
        if (element) {
          link.ariaLabel = null;
          link.prepend(element);
        }
      };
    };
    const open = async (link, tap) => {
      const lines = await found;
      if (wanted !== link) return;
      if (!lines) return tap && location.assign(target(link));
      const over = card.contains(link), within = card.contains(document.activeElement), box = boxOf(link, over, tap);
      cancel();
      if (!link.getClientRects().length) return; // it went out of sight
      if (!over) close();
      nested = over;
      tapped = tap;
      card.replaceChildren(...lines);
      card.classList.toggle("listed", card.querySelector("ul, ol") !== null);
      if (tap) {
        const foot = make("p", "preview-foot"), go = make("a", "", /^¶/.test(link.textContent) ? `{{word preview-go place ${link.textContent}}}` : "{{word preview-go-claim}}");
        go.href = target(link);
        foot.append(go, make("button", "", "{{word close}}"));
        card.append(foot);
      }
      if (!over) {
        (link.closest("dialog") ?? document.querySelector("main")).append(card);
        card.hidden = false;
        shown = link;
        silence(link);
        link.setAttribute("aria-describedby", card.id);
      }
      place(box);
      card.scrollTop = 0;
      if (tap || over && within) card.focus({ preventScroll: true });
      part();
    };
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
      if (shown && card.contains(document.activeElement)) shown.focus();
      cancel();
      close();
    };

    document.addEventListener("pointerover", (event) => {
      const link = event.pointerType !== "touch" && linkAt(event.target);
      if (!link || link.contains(event.relatedTarget)) return;
      point = event;
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
      if (!shown) return;
      const close = key === "Escape", enter = altKey && key === "ArrowDown" && shown === activeElement && links[0];
      if (close || enter) {
        event.preventDefault(); // nothing else closes or moves
        event.stopPropagation();
      }
      if (close) dismiss();
      else if (enter) enter.focus();
      else if (key === "Tab" && activeElement === links[shiftKey ? 0 : links.length - 1]) shown.focus(); // and on from there
    }, true);
    document.addEventListener("pointerdown", ({ target, pointerType }) => {
      touch = pointerType === "touch";
      if (!card.contains(target)) dismiss();
    });
    document.addEventListener("click", (event) => {
      const link = touch && linkAt(event.target);
      if (card.contains(event.target)) {
        if (event.target.closest("a, button")) dismiss();
      } else if (link && (/(^|--)p[\d.]+$/.test(idOf(target(link))) || link.matches(".claim-label a"))) {
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

  // Copying: links to headings and claims, and citations.
  const status = make("p", "unseen");
  status.role = "status";
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
    const button = Object.assign(make("button", className, text), { title: name, ariaLabel: name });
    let timer;
    button.addEventListener("click", async () => {
      clearTimeout(timer);
      status.textContent = "";
      let done = true;
      try { await navigator.clipboard.writeText(what()); } catch { done = byHand(what()); }
      status.textContent = done ? "{{word copied}}" : "{{word not-copied}}";
      button.textContent = text === "#" ? (done ? "✓" : "✗") : status.textContent;
      timer = setTimeout(() => {
        button.textContent = text;
        status.textContent = "";
      }, 2000);
    });
    return button;
  };
  for (const heading of all(".prose :is(h2, h3, h4, h5, h6)[id]")) {
    const button = copier("copy-link", "#", "{{word copy-section}}", () => new URL(`#${heading.id}`, location).href);
    const box = make("div", "headed"); // beside the heading, so that its name stays its own
    button.setAttribute("aria-describedby", heading.id);
    if (heading.dir) box.dir = heading.dir; // so that the button stands before its text
    heading.before(box);
    box.append(heading, button);
  }
  for (const label of all(".prose .claim > .claim-label")) {
    const link = label.querySelector("a.statement"); // to the claim's own page, which stays
    if (link) label.append(copier("copy-link", "#", "{{word copy-claim}}", () => link.href));
  }
  for (const forms of all(".cite .forms")) {
    const quote = forms.querySelector("template");
    forms.append(copier("copy", "{{word copy}}", "{{word copy-citation}}", () => [...all(".cite pre")].find((text) => text.getClientRects().length).textContent));
    if (quote) forms.append(copier("copy", "{{word copy-html}}", "{{word copy-html}}", () => quote.innerHTML));
  }

  // The field that shortens a list: an entry stays if it has all that was typed.
  for (const field of all(".find")) {
    const [input, count] = field.querySelectorAll("input, output"), box = field.parentElement;
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
    printed.textContent = new Date().toLocaleDateString("{{word locale}}", { dateStyle: "long" });
    printed.parentElement.hidden = false;
  });

  // Footnotes beside the text, where there is room (css/site.css). The list at
  // the end stays for narrow windows, for paper, and where there is no script.
  for (const ref of all(".prose a.footnote-ref")) {
    const note = byHash(ref.hash);
    const block = ref.closest(".prose > *");
    if (!note || block.matches(".footnotes")) continue;
    const side = make("aside", "sidenote");
    const back = make("a", "", ref.textContent);
    back.href = `#${ref.parentElement.id}`;
    back.setAttribute("aria-label", `{{word footnote-back mark ${ref.textContent}}}`);
    side.role = "note";
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
    const heading = byHash(link.hash);
    if (heading) entries.set(heading, link);
  }
  const passed = new Set();
  const watch = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) passed[isIntersecting ? "add" : "delete"](target);
    const here = [...entries.keys()].findLast((heading) => passed.has(heading) && entries.get(heading).getClientRects().length);
    for (const [heading, link] of entries) link.ariaCurrent = heading === here ? "location" : null;
  }, { rootMargin: "1000000px 0px -66%" });
  for (const heading of entries.keys()) watch.observe(heading);
})();
