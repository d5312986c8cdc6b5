// Lists links in prose to a claim whose holder the paragraph does not name. For a
// list, the paragraph before it counts too. It compares words, so a holder named
// in another way is listed as well: the list is to be read, and is no finding.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const text = (html) => html.replace(/<[^>]+>/g, "").replaceAll("&#39;", "’").toLowerCase();

// unnamed returns [page, id of the claim] for each such link, page by page.
export function unnamed(root, pages) {
  if (!existsSync(join(root, "claims.json"))) return [];
  const { claims } = JSON.parse(readFileSync(join(root, "claims.json"), "utf8"));
  const words = new Map(claims.map((c) => [c.id, c.held_by.flatMap((h) => h.title.toLowerCase().split(/\s+/).filter((w) => w !== "the"))]));
  const found = [];
  for (const page of pages.filter((p) => !p.redirect && !["claim", "whole", "glossary"].includes(p.kind))) {
    for (const [, prose] of page.html.matchAll(/<div class="prose[^"]*">([^]*?)\n<\/div>/g)) {
      let before = "";
      for (const [, tag, inner] of prose.matchAll(/<(p|li)(?: [^>]*)?>([^]*?)<\/\1>/g)) {
        if (tag === "p") before = text(inner);
        const said = text(inner) + before;
        for (const [, id] of inner.matchAll(/href="[^"#]*claims\/([^/"]+)\/"/g)) {
          if (words.has(id) && !words.get(id).some((w) => said.includes(w))) found.push([page.file, id]);
        }
      }
    }
  }
  return found;
}
