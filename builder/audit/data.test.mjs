// What the audit of the data files notices: node --test data.test.mjs
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { wrongData } from "./data.mjs";

const table = "id,title\ne,Event\n";
const described = JSON.stringify({
  $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
  name: "data",
  resources: [{
    name: "events", path: "events.csv", type: "table", format: "csv", mediatype: "text/csv", encoding: "utf-8", bytes: table.length,
    hash: `sha256:${createHash("sha256").update(table).digest("hex")}`,
    schema: { fields: [{ name: "id", type: "string" }, { name: "title", type: "string" }], primaryKey: ["id"] },
  }],
});

for (const [what, files, want] of [
  ["nothing", {}, []],
  ["what is described", { "datapackage.json": described, "events.csv": table, "claims/index.html": "" }, []],
  ["no package", { "events.csv": table }, ["datapackage.json: it is missing, and there is events.csv"]],
  ["a file too few", { "datapackage.json": described }, ["events.csv: it is missing"]],
  ["a table too many", { "datapackage.json": described, "events.csv": table, "figures.csv": "" }, ["datapackage.json: it lacks figures.csv"]],
  ["a claim too many", { "datapackage.json": described, "events.csv": table, "claims/old.json": "{}" }, ["datapackage.json: it lacks claims/old.json"]],
  ["a table that differs", { "datapackage.json": described, "events.csv": table.replace("Event", "+vent") }, ["events.csv: it has another hash", "events.csv: a formula: +vent"]],
]) {
  test(what, () => {
    const root = mkdtempSync(join(tmpdir(), "data-"));
    try {
      mkdirSync(join(root, "claims"));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
      assert.deepEqual(wrongData(root).map(([file, what]) => `${file}: ${what}`), want);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
}
