// Checks briefings: axe-core at two widths, html-validate, the Nu checker, and that the
// page neither scrolls sideways nor asks for anything over the network.
//
//   npm ci --prefix .ci && node .ci/accessibility.mjs out/briefing.html [more.html …]
//
// CHROMIUM names the browser (default /usr/bin/chromium); SCREENSHOTS a folder to put
// pictures into. Ends with 1 when anything is found.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const vnu = join(dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
const widths = [1280, 320];
const files = process.argv.slice(2).map((file) => resolve(file));

if (files.length === 0) {
  console.error("usage: node accessibility.mjs FILE.html …");
  process.exit(2);
}

const findings = [];
const found = (file, tool, what) => findings.push(`${basename(file)}: ${tool}: ${what}`);

async function inBrowser(file, width) {
  const profile = mkdtempSync(join(tmpdir(), "briefing-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    bypassCSP: true,
    viewport: { width, height: 900 },
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    const page = await context.newPage();
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith("file:") && !url.startsWith("data:")) {
        found(file, "network", url);
      }
    });
    await page.goto(pathToFileURL(file).href);
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    for (const state of ["closed", "open"]) {
      await page.evaluate((open) => {
        for (const details of document.querySelectorAll("details")) details.open = open;
      }, state === "open");
      const excess = await sideways();
      if (excess > 0) found(file, `layout at ${width}px, ${state}`, `${excess}px too wide`);
      await page.evaluate(axe);
      const report = await page.evaluate(() => window.axe.run(document));
      for (const { id, help, nodes } of report.violations) {
        for (const node of nodes) {
          found(file, `axe at ${width}px, ${state}`, `${id}: ${help}: ${node.html.slice(0, 160)}`);
        }
      }
      if (process.env.SCREENSHOTS) {
        const picture = `${basename(file, ".html")}-${width}-${state}.png`;
        await page.screenshot({ path: join(process.env.SCREENSHOTS, picture), fullPage: true });
      }
    }
    if (process.env.SCREENSHOTS && width === widths[0]) {
      const paper = `${basename(file, ".html")}.pdf`;
      await page.pdf({ path: join(process.env.SCREENSHOTS, paper), preferCSSPageSize: true });
    }
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function validated(file) {
  const validator = new HtmlValidate({ extends: ["html-validate:recommended", "html-validate:document"] });
  const report = await validator.validateFile(file);
  for (const { messages } of report.results) {
    for (const { ruleId, message, line, column } of messages) {
      found(file, "html-validate", `${ruleId}: ${message} (${line}:${column})`);
    }
  }
}

function checked(file) {
  try {
    execFileSync("java", ["-jar", vnu, "--Werror", "--stdout", file], { encoding: "utf8" });
  } catch (failure) {
    for (const line of `${failure.stdout || failure.message}`.trim().split("\n")) found(file, "nu", line);
  }
}

for (const file of files) {
  for (const width of widths) await inBrowser(file, width);
  await validated(file);
  checked(file);
  console.log(`checked ${file}`);
}

if (findings.length > 0) {
  console.error(findings.join("\n"));
  console.error(`${findings.length} findings`);
  process.exit(1);
}
console.log("no findings");
