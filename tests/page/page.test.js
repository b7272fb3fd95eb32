// The page as people use it, in Chromium: pointer, keyboard, small windows, hostile texts, many names.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { LONG, hostile, hostileNames, large } from "./graphs.js";

const root = path.resolve(import.meta.dirname, "../..");
const program = process.env.NEWSGRAPH ?? path.join(root, "target/debug/newsgraph");
const folder = mkdtempSync(path.join(tmpdir(), "newsgraph-page-"));

/** Kept as one picture for the README only where it is asked for. */
const picture = process.env.PICTURE;

let browser;

before(async () => {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  // In containers the process has no right to make a sandbox of its own; the pages are ours.
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** The page of a source. @param {string} source @param {string} name */
function written(source, name) {
  const file = path.join(folder, `${name}.html`);
  const output = execFileSync(program, ["view", source, "--no-open", "-o", file], { encoding: "utf8" });
  assert.equal(output.trim(), file);
  return file;
}

/** Opens a page that must neither fail nor ask for anything. @param {string} file @param {object} options */
async function opened(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => faults.push(message.text()));
  page.on("request", (request) => {
    if (request.url() !== pathToFileURL(file).href) faults.push(`asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForFunction(() => document.querySelector("canvas")?.dataset.spent !== undefined);
  return { page, faults };
}

const articleSource = path.join(root, "examples/border-truce.txt");
const article = written(articleSource, "article");

/** Clicks where the canvas says that a relation is. @param {import("playwright-core").Page} page @param {string} title */
async function clickRelation(page, title) {
  const place = await page.evaluate((wanted) => {
    const canvas = document.querySelector("canvas");
    const box = canvas.getBoundingClientRect();
    for (let clientY = box.top + 20; clientY < box.bottom - 20; clientY += 6) {
      for (let clientX = box.left + 20; clientX < box.right - 20; clientX += 6) {
        canvas.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY }));
        if (canvas.title === wanted) return { x: clientX, y: clientY };
      }
    }
    return null;
  }, title);
  assert.ok(place, `the canvas shows no ${title}`);
  await page.mouse.click(place.x, place.y);
}

test("a click on a relation shows its sentence, speaker, date and source", async () => {
  const { page, faults } = await opened(article);
  await clickRelation(page, "Sudan party to secret agreement");
  const statement = page.locator(".statements > li").first();
  assert.match(await statement.locator("blockquote").innerText(), /We do not have any secret agreement with the Sudanese/);
  const text = await statement.innerText();
  assert.match(text, /denied, asserted, says Idriss Malloum/);
  assert.match(text, /Chad and Sudan agree to a ceasefire on their border, Southern News, 2023-04-09/);
  assert.equal(await statement.locator("mark.tail").innerText(), "secret agreement");
  await statement.getByRole("button", { name: "Idriss Malloum" }).click();
  assert.equal(await page.locator("#panel h2").innerText(), "Idriss Malloum");
  assert.match(await page.locator("#panel").innerText(), /Also called\s+Malloum/);
  await page.locator("#back").click();
  assert.match(await page.locator("#panel h2").innerText(), /party to/);
  assert.deepEqual(faults, []);
});

/** What the program says of a source, as data. @param {string} source */
function stated(source) {
  return JSON.parse(execFileSync(program, ["export", source, "--format", "json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}

/** Words with one space between them. @param {string} text */
const folded = (text) => text.split(/\s+/u).filter(Boolean).join(" ");

// The kind of article that the program was first asked to read; others by the environment.
for (const source of [path.join(root, "tests/golden/mirror.txt"), ...(process.env.ARTICLES ?? "").split(path.delimiter).filter(Boolean)]) {
  test(`every relation of ${path.basename(source)} opens on the sentences behind it`, async () => {
    const { entities, relations } = stated(source);
    assert.ok(relations.length > 10);
    const names = new Map(entities.map(({ id, name }) => [id, folded(name)]));
    const { page, faults } = await opened(written(source, `every-${path.basename(source, ".txt")}`));
    await page.locator("#as-table").click();
    const seen = [];
    for (const row of await page.locator("#relations-table tbody tr").all()) {
      const cells = row.locator("button");
      const [head, label, tail] = [await cells.nth(0).innerText(), await cells.nth(1).innerText(), await cells.nth(2).innerText()];
      await cells.nth(1).click();
      assert.match(folded(await page.locator("#panel h2").innerText()), new RegExp(label));
      const quotes = await page.locator(".statements blockquote").allInnerTexts();
      const says = await page.locator(".statements .how").allInnerTexts();
      seen.push(...quotes.map((quote, at) => [folded(head), folded(tail), folded(quote), /denied/.test(says[at])].join(" | ")));
    }
    const wanted = relations.flatMap(({ head, tail, evidence }) =>
      evidence.map(({ sentence, polarity }) => [names.get(head), names.get(tail), folded(sentence), polarity === "denied"].join(" | ")),
    );
    assert.deepEqual(seen.sort(), wanted.sort());
    assert.deepEqual(faults, []);
  });
}

test("filters take relations, classes and manners of saying out, and bring them back", async () => {
  const { page, faults } = await opened(article);
  await page.locator("#as-table").click();
  const cells = () => page.locator("#relations-table tbody tr").allInnerTexts();
  const all = await cells();
  assert.ok(all.some((row) => /denied/.test(row)));
  await page.locator("#manners label", { hasText: "denied" }).click();
  assert.ok((await cells()).every((row) => !/denied/.test(row)));
  await page.locator("#relations label", { hasText: "head of" }).click();
  assert.ok((await cells()).every((row) => !/head of/.test(row)));
  await page.locator("#classes label", { hasText: "Place" }).click();
  assert.ok((await cells()).every((row) => !/Switzerland|Geneva/.test(row)));
  await page.locator("#reset").click();
  assert.deepEqual(await cells(), all);
  await page.locator("#no-relations").click();
  assert.deepEqual(await cells(), []);
  await page.locator("#as-picture").click();
  assert.ok(await page.locator("#nothing").isVisible());
  assert.deepEqual(faults, []);
});

test("search, focus on a neighbourhood and tables work by the keyboard alone", async () => {
  const { page, faults } = await opened(article);
  await page.keyboard.press("/");
  await page.keyboard.type("malloum");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("#found [aria-selected=true]").innerText(), "Idriss Malloum\nPerson");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Idriss Malloum");
  await page.locator("#focus").focus();
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#around").innerText(), /Around Idriss Malloum/);
  const near = await page.locator("#counts").innerText();
  await page.locator("#depth").selectOption("2");
  const far = await page.locator("#counts").innerText();
  assert.ok(parseInt(far) > parseInt(near), `${near}; ${far}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#around").isHidden());
  assert.ok(await page.locator("#panel").isHidden());
  // In the picture: to a name, through its relations, into the panel and back.
  await page.locator("canvas").focus();
  await page.keyboard.press("ArrowRight");
  const told = await page.locator("#told").innerText();
  assert.match(told, /, \d+ relations?$/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press(".");
  assert.match(await page.locator("#told").innerText(), /, (stated|denied|disputed), \d+ statements?$/);
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#panel blockquote").first().isVisible());
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "canvas");
  // The first stop of the page leads to the tables, whose heads sort.
  await page.reload();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "skip");
  await page.keyboard.press("Enter");
  await page.locator("#names-table thead button").first().focus();
  await page.keyboard.press("Enter");
  const names = await page.locator("#names-table tbody th").allInnerTexts();
  assert.equal(names[0], "African Union");
  assert.equal(await page.locator("#names-table th[aria-sort=ascending]").innerText(), "Name");
  assert.deepEqual(faults, []);
});

test("everything that can be used has a name for a screen reader", async () => {
  const { page } = await opened(article);
  const unnamed = await page.locator("button, input, select, canvas, a").evaluateAll((all) =>
    all.filter((one) => !(one.getAttribute("aria-label") || one.textContent?.trim() || one.labels?.length)).map((one) => one.id || one.className),
  );
  assert.deepEqual(unnamed, []);
  const tree = await page.locator("main").ariaSnapshot();
  const { entities, relations } = stated(articleSource);
  assert.ok(tree.includes(`application "Graph of ${entities.length} names and ${relations.length} relations"`), tree);
});

test("hostile names and sentences stay text", async () => {
  const source = path.join(folder, "hostile.json");
  writeFileSync(source, hostile());
  const file = written(source, "hostile");
  const html = readFileSync(file, "utf8");
  assert.match(html, /Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/);
  assert.equal(html.match(/<script/g).length, 2);
  const { page, faults } = await opened(file);
  await page.locator("#as-table").click();
  // Text content, since what is shown folds white space.
  const rows = await page.locator("#names-table tbody th button").evaluateAll((all) => all.map((one) => one.textContent));
  for (const name of hostileNames) assert.ok(rows.includes(name), name.slice(0, 60));
  for (let number = 0; number < hostileNames.length; number += 1) {
    await page.locator("#relations-table tbody tr").nth(number).locator("td button").first().click();
    const quote = await page.locator("#panel blockquote").evaluate((one) => one.textContent);
    assert.ok(hostileNames.some((name) => quote === `${name} signed the pact.`), quote.slice(0, 60));
    assert.equal(await page.locator("#panel a[href^='javascript']").count(), 0);
    assert.match(await page.locator("#panel .source").innerText(), /<script>window\.broken = 6<\/script>, <b>bold<\/b>/);
  }
  await page.locator("#search").fill("Angstrom");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#panel h2").evaluate((one) => one.textContent), LONG);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.equal(await page.locator("img, svg, iframe, b:not(#around b)").count(), 0);
  // The policy itself stops what would get in.
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.broken = 7";
    document.body.append(script);
    return window.broken;
  });
  assert.equal(ran, undefined);
  assert.ok(faults.every((fault) => /Content Security Policy/.test(fault)), faults.join("\n"));
});

test("five thousand names pan smoothly, and the time can be narrowed", async () => {
  const source = path.join(folder, "large.json");
  writeFileSync(source, large(5000));
  const { page, faults } = await opened(written(source, "large"));
  await page.locator("#lonely").check();
  assert.match(await page.locator("#counts").innerText(), /^5,000 names · 8,\d{3} relations/);
  const box = await page.locator("canvas").boundingBox();
  await page.mouse.move(box.x + 400, box.y + 300);
  await page.mouse.down();
  const spent = [];
  for (let step = 0; step < 40; step += 1) {
    await page.mouse.move(box.x + 400 + 6 * step, box.y + 300 + 3 * step);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    spent.push(Number(await page.locator("canvas").getAttribute("data-spent")));
  }
  await page.mouse.up();
  spent.sort((a, b) => a - b);
  const [middle, nearlyWorst] = [spent[20], spent[37]];
  console.log(`5,000 names: a frame takes ${middle} ms, 95 of 100 at most ${nearlyWorst} ms`);
  // A frame has 16.7 ms; it is drawn here by a processor that is shared and without graphics.
  assert.ok(middle < 33, `a frame takes ${middle} ms`);
  await page.locator("#since").fill("6");
  const day = await page.locator("#since-day").innerText();
  assert.match(day, /^20\d\d-\d\d-\d\d$/);
  assert.match(await page.locator("#since").getAttribute("aria-valuetext"), /^20\d\d/);
  await page.locator("#as-table").click();
  const dates = await page.locator("#relations-table tbody td:last-child").allInnerTexts();
  assert.ok(dates.length > 0 && dates.every((date) => `${date}-12-31` >= day), `${day}: ${dates.join(" ")}`);
  await page.locator("#relations-table td button").first().click();
  const address = await page.locator("#panel .source a").getAttribute("href");
  assert.match(address, /^https:\/\/example\.org\/many#:~:text=Company%20\d+%20joined%20agreement%20\d+\.$/);
  assert.deepEqual(faults, []);
});

test("small windows and both themes show all of it", async () => {
  for (const [wide, colorScheme] of [[360, "light"], [768, "dark"]]) {
    const { page, faults } = await opened(article, { viewport: { width: wide, height: 740 }, colorScheme });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), wide);
    assert.ok(await page.locator("#filters").isHidden());
    await page.locator("#show-filters").click();
    assert.ok(await page.locator("#filters").isVisible());
    await page.keyboard.press("Escape");
    await page.locator("#as-table").click();
    await page.locator("#relations-table td button").first().click();
    assert.ok(await page.locator("#panel blockquote").isVisible());
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    await page.locator("#theme").click();
    assert.notEqual(await paper(), before);
    assert.deepEqual(faults, []);
  }
});

test("the picture of the README can be made anew", { skip: !picture }, async () => {
  const { page } = await opened(article, { viewport: { width: 1200, height: 700 } });
  await clickRelation(page, "Sudan party to secret agreement");
  await page.mouse.move(5, 5);
  await page.waitForTimeout(300);
  await page.screenshot({ path: picture });
});
