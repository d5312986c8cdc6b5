// Opens the data files of a site with programs that are not the builder's.
//
// Comes in: the folder of a site. Goes out: what is wrong, as pairs of a file and a
// text. What must hold:
//   - datapackage.json is valid by the profile of Data Package 2.0, each file in it has
//     the size and the hash that stand there, and no data file is missing in it;
//   - a CSV file has the columns of its schema and no cell that a spreadsheet
//     would take for a formula, its keys are unique, and what it refers to is there;
//   - claims.json is valid by its schema, and each claims/ID.json is one of its claims;
//   - Argdown's parser reads claims.argdown without an error, and finds the claims of
//     claims.json with their titles, holders and relations.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { argdown } from "@argdown/core";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "csv-parse/sync";

const json = (path) => JSON.parse(readFileSync(path, "utf8"));

// invalid lists what is wrong with a value by a JSON Schema.
function invalid(validator, schema, value) {
  addFormats.default(validator);
  const validate = validator.compile(schema);
  validate(value);
  return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

// wrongData lists what is wrong with the data of a site.
export function wrongData(root) {
  const found = [];
  const say = (file, what) => found.push([file, what]);
  const files = dataFiles(root);
  if (!existsSync(join(root, "datapackage.json"))) {
    if (files.length > 0) say("datapackage.json", `it is missing, and there is ${files[0]}`);
    return found;
  }
  const described = json(join(root, "datapackage.json"));
  const profile = json(new URL("datapackage.schema.json", import.meta.url));
  for (const what of invalid(new Ajv.default({ strict: false, allErrors: true, logger: false }), profile, described)) say("datapackage.json", what);
  const tables = {};
  if (new Set(described.resources.map((r) => r.name)).size < described.resources.length) say("datapackage.json", "two resources have the same name");
  for (const name of files) if (!described.resources.some((r) => r.path === name)) say("datapackage.json", `it lacks ${name}`);
  for (const r of described.resources) {
    if (!existsSync(join(root, r.path))) {
      say(r.path, "it is missing");
      continue;
    }
    const bytes = readFileSync(join(root, r.path));
    if (r.bytes !== bytes.length) say(r.path, `${bytes.length} bytes, described as ${r.bytes}`);
    if (r.hash !== `sha256:${createHash("sha256").update(bytes).digest("hex")}`) say(r.path, "it has another hash");
    new TextDecoder(r.encoding, { fatal: true }).decode(bytes);
    if (r.schema) tables[r.name] = { ...r, rows: readTable(bytes, r, say) };
  }
  for (const t of Object.values(tables)) checkKeys(t, tables, say);
  if (existsSync(join(root, "claims.json"))) checkClaims(root, say);
  return found;
}

// dataFiles lists the files that have the name of a data file.
function dataFiles(root) {
  const names = (folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []);
  return [
    ...names(".").filter((name) => /^(claims(\.schema)?\.json|claims\.argdown|(claims|relations|events|figures|sources)\.csv)$/.test(name)),
    ...names("claims").filter((name) => name.endsWith(".json")).map((name) => `claims/${name}`),
  ];
}

function readTable(bytes, { path, schema }, say) {
  const [header, ...rows] = parse(bytes);
  if (!isDeepStrictEqual(header, schema.fields.map((f) => f.name))) say(path, `its columns are ${header}`);
  for (const row of rows) {
    row.forEach((cell, i) => {
      if (/^[=+\-@\t\r＝＋－＠]/.test(cell)) say(path, `a formula: ${cell}`);
      if (schema.fields[i].type !== "string" && cell !== "" && !Number.isFinite(+cell)) say(path, `no number: ${cell}`);
    });
  }
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
}

function checkKeys({ path, schema, rows }, tables, say) {
  const key = (row, fields) => JSON.stringify([fields].flat().map((f) => row[f]));
  if (schema.primaryKey && new Set(rows.map((row) => key(row, schema.primaryKey))).size < rows.length) say(path, "two rows have the same key");
  for (const { fields, reference } of schema.foreignKeys ?? []) {
    const there = new Set(tables[reference.resource]?.rows.map((row) => key(row, reference.fields)));
    for (const row of rows) if (!there.has(key(row, fields))) say(path, `nothing in ${reference.resource} is ${key(row, fields)}`);
  }
}

function checkClaims(root, say) {
  const data = json(join(root, "claims.json"));
  for (const what of invalid(new Ajv2020.default({ strict: false, allErrors: true, logger: false }), json(join(root, "claims.schema.json")), data)) say("claims.json", what);
  const ids = new Set(data.claims.map((claim) => claim.id));
  for (const name of dataFiles(root)) if (/^claims\//.test(name) && !ids.has(name.slice("claims/".length, -".json".length))) say(name, "claims.json has no such claim");
  for (const claim of data.claims) {
    const path = `claims/${claim.id}.json`;
    if (!existsSync(join(root, path))) say(path, "it is missing");
    else if (!isDeepStrictEqual(json(join(root, path)), claim)) say(path, "it is another claim than that of claims.json");
  }
  const read = argdown.run({ process: ["parse-input", "build-model"], input: readFileSync(join(root, "claims.argdown"), "utf8"), throwExceptions: false, logLevel: "silent" });
  for (const e of [...(read.lexerErrors ?? []), ...(read.parserErrors ?? []), ...(read.exceptions ?? [])]) say("claims.argdown", e.message);
  const relation = (from, kind, to) => `${from} ${kind} ${to}`;
  const related = new Set((read.relations ?? []).map((r) => relation(r.from.title, r.relationType, r.to.title)));
  let wanted = 0;
  for (const claim of data.claims) {
    const statement = read.statements?.[claim.id];
    const text = statement?.members.find((m) => m.text)?.text.replace(/ #\(.*$/, "");
    if (text !== claim.title) say("claims.argdown", `${claim.id} is told as ${text}`);
    if (!isDeepStrictEqual(statement?.tags, claim.held_by.map((h) => h.id))) say("claims.argdown", `${claim.id} is held by ${statement?.tags}`);
    for (const r of claim.relations) {
      const kind = { supports: "support", contradicts: "attack" }[r.type];
      if (!kind || r.direction === "in") continue;
      wanted++;
      if (!related.has(relation(claim.id, kind, r.claim))) say("claims.argdown", `it lacks ${relation(claim.id, kind, r.claim)}`);
    }
  }
  if (wanted !== related.size) say("claims.argdown", `it has ${related.size} relations, not ${wanted}`);
}
