// Checks letters on paper: what PDF/UA asks of a structure, as far as poppler and qpdf can
// see it. It is no veraPDF: it says "exported as PDF/UA-1", not "valid".
//
//   node .ci/pdf.mjs out/briefing.pdf [more.pdf …]
//
// Beside each letter it looks for `briefing.md` and `figures/`: every number in the letter
// stands in the former, and there are as many figures as drawings in the latter.
// Ends with 1 when anything is found.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const files = process.argv.slice(2).map((file) => resolve(file));
if (files.length === 0) {
  console.error("usage: node pdf.mjs FILE.pdf …");
  process.exit(2);
}

const findings = [];

function said(command, ...parameters) {
  const { status, stdout, error } = spawnSync(command, parameters, {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (error) throw error;
  return { status, stdout };
}

/** The structure as a list of elements with their attributes, in the order of reading. */
function structure(file) {
  const elements = [];
  for (const line of said("pdfinfo", "-struct-text", file).stdout.split("\n")) {
    const element = /^\s*([A-Z][A-Za-z0-9]*)\b(?: <[^>]*>)?(?: "(.*?)")?(?: \((?:block|inline)\))?:?\s*$/.exec(line);
    const attribute = /^\s*\/(\w+) (.*)$/.exec(line);
    if (attribute && elements.length > 0) elements.at(-1).attributes[attribute[1]] = attribute[2];
    else if (element) elements.push({ kind: element[1], attributes: {} });
  }
  return elements;
}

/** Words with digits, without the signs around them; as in the test of the other papers. */
function numbers(text) {
  return text
    .split(/[\s–]/u)
    .flatMap((word) => word.split("%-"))
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((word) => /\d/.test(word));
}

function check(file) {
  const found = (what) => findings.push(`${file}: ${what}`);
  const holds = (what, truth) => truth || found(what);

  const { status, stdout: verdict } = said("qpdf", "--check", file);
  holds(`qpdf --check: ${verdict}`, status === 0);
  const { qpdf } = JSON.parse(said("qpdf", "--json", "--json-key=qpdf", file).stdout);
  const objects = Object.values(qpdf[1]).map((object) => object.value ?? object.stream?.dict);
  const catalogue = objects.find((object) => object?.["/Type"] === "/Catalog") ?? {};
  holds("no language", /^u:(nl|en)-/.test(catalogue["/Lang"] ?? ""));
  holds("not marked as tagged", catalogue["/MarkInfo"]?.["/Marked"] === true);
  const alternatives = objects.filter((object) => object?.["/S"] === "/Figure");
  holds("a figure without alternative text", alternatives.every((figure) => figure["/Alt"]?.length > 10));

  const facts = said("pdfinfo", file).stdout;
  holds("no title", /^Title:\s+\S/m.test(facts));
  holds("no JavaScript, please", /^JavaScript:\s+no/m.test(facts));
  const metadata = said("pdfinfo", "-meta", file).stdout;
  for (const claim of [/pdfuaid:part[>="]+1/, /pdfaid:part[>="]+2/, /pdfaid:conformance[>="]+A/]) {
    holds(`the metadata lack ${claim}`, claim.test(metadata));
  }

  const fonts = said("pdffonts", file).stdout.trim().split("\n").slice(2);
  holds("no fonts", fonts.length > 0);
  for (const font of fonts) holds(`not embedded: ${font}`, / yes +yes +yes +\d+ +\d+$/.test(font));

  const elements = structure(file);
  const levels = elements.filter(({ kind }) => /^H[1-6]$/.test(kind)).map(({ kind }) => Number(kind[1]));
  holds("not one title", levels[0] === 1 && levels.filter((level) => level === 1).length === 1);
  levels.forEach((level, place) => {
    if (place > 0) holds(`headings skip to level ${level}`, level <= levels[place - 1] + 1);
  });
  const heads = elements.filter(({ kind }) => kind === "TH");
  holds("no header cells", heads.length > 0);
  holds("a header cell without scope", heads.every(({ attributes }) => attributes.Scope));
  const scopes = new Set(heads.map(({ attributes }) => attributes.Scope?.trim()));
  holds("header cells of rows and of columns", scopes.has("/Row") && scopes.has("/Column"));

  const beside = dirname(file);
  const drawings = existsSync(join(beside, "figures"))
    ? readdirSync(join(beside, "figures")).filter((name) => name.endsWith(".svg"))
    : [];
  if (drawings.length > 0) {
    holds(`${alternatives.length} figures, ${drawings.length} drawings`, alternatives.length === drawings.length);
  }
  if (existsSync(join(beside, "briefing.md"))) {
    const plain = readFileSync(join(beside, "briefing.md"), "utf8").replaceAll("\\", "");
    const drawn = drawings.map((name) => readFileSync(join(beside, "figures", name), "utf8"));
    const known = new Set(numbers([plain, ...drawn].join(" ").replaceAll(/<[^>]*>/g, " ")));
    const text = said("pdftotext", "-layout", file, "-").stdout;
    const footer = /(?:Page|Pagina) \d+ (?:of|van) \d+/g;
    // Paths are broken over lines, numbers never.
    const strangers = numbers(text.replaceAll(footer, "")).filter((word) => !known.has(word) && !/[a-z]/i.test(word));
    holds(`numbers from nowhere: ${strangers.join(", ")}`, strangers.length === 0);
  }
}

for (const file of files) {
  check(file);
  console.log(`checked ${file}`);
}
if (findings.length > 0) {
  console.error(findings.join("\n"));
  console.error(`${findings.length} findings`);
  process.exit(1);
}
console.log("no findings");
