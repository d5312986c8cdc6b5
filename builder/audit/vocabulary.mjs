// Holds linked data against the vocabulary of schema.org, as schema-dts has it: is
// each type a type, may a thing of that type have the property, and is each value
// of a type that the property takes?
//
// Comes in: JSON-LD. Goes out: what is wrong with it, a line each. Properties with a
// prefix are those of CiTO, as @stencila/schema has it, and lead to the address of a thing.
import { readFileSync } from "node:fs";

const packaged = (name) => readFileSync(new URL(`node_modules/${name}`, import.meta.url), "utf8");

// The types of schema.org by name: what they are kinds of, and what each property takes.
const types = new Map();
{
  let type;
  for (const line of packaged("schema-dts/dist/schema.d.ts").split("\n")) {
    const [, name, of] = line.match(/^(?:export )?interface (\w+)(?:Base|Leaf) extends (.*) \{/) ?? [];
    if (name && of !== `${name}Base`) types.set(name, (type = { of: of.split(", ").map((t) => t.replace(/Base$/, "")), takes: new Map() }));
    const [, property, ranges] = line.match(/^ {4}"(\w+)"\?: SchemaValue<(.*), "\w+">;/) ?? [];
    if (property) type.takes.set(property, ranges.split(" | "));
  }
}

// lineage lists a type and all that it is a kind of.
const lineage = (name) => (types.has(name) ? [name, ...types.get(name).of.flatMap(lineage)] : []);

const texts = {
  Text: /\S/,
  URL: /^[^\s<>"]+$/,
  Date: /^-?\d{4}(-\d\d(-\d\d)?)?$/,
  DateTime: /^-?\d{4}-\d\d-\d\dT/,
};

const cito = new Set(JSON.parse(packaged("@stencila/schema/dist/CitationIntentEnumeration.schema.json")).anyOf.map((term) => term["@id"].replace("cito:", "http://purl.org/spar/cito/")));

// wrong lists what is wrong with a thing, and with all that it names.
export function wrong(thing, where = "") {
  const found = [];
  const say = (what) => found.push(`${where || "it"}: ${what}`);
  const of = [thing["@type"]].flat();
  for (const type of of) if (!types.has(type)) say(`${type} is no type`);
  const known = of.flatMap(lineage);
  const context = Object.assign({}, ...[thing["@context"] ?? []].flat().filter((c) => typeof c === "object"));
  for (const [key, value] of Object.entries(thing)) {
    if (key.startsWith("@")) continue;
    const [prefix, term] = key.split(":");
    if (term) {
      if (!cito.has(context[prefix] + term)) say(`${key} is no property of CiTO`);
      for (const v of [value].flat()) if (typeof v["@id"] !== "string") say(`${key} leads nowhere`);
      continue;
    }
    const takes = known.map((type) => types.get(type).takes.get(key)).find(Boolean);
    if (!takes) {
      say(`a ${of} has no ${key}`);
      continue;
    }
    for (const v of [value].flat()) {
      if (typeof v === "object") {
        found.push(...wrong(v, `${where}/${key}`));
        if (!takes.some((t) => [v["@type"]].flat().flatMap(lineage).includes(t))) say(`${key} takes no ${v["@type"]}, but ${takes.join(", ")}`);
      } else if (!takes.some((t) => texts[t]?.test(v))) say(`${key} takes no "${v}", but ${takes.join(", ")}`);
    }
  }
  return found;
}
