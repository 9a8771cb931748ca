// What a peer's texts do to the pages on which they stand: nothing runs, nothing leads to a script, nothing runs off the
// side, nothing of them is above or below its own line, and each stands in an element of its own, so that it turns nobody
// else's text round.
import { check, each, open, rest, run } from "./lib.mjs";
import { sideways } from "./rules.mjs";

const [paths] = rest.map((list) => JSON.parse(list));
const WORD = "quillwort";

await run(async (browser) => {
  for (const width of [320, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    await context.addInitScript(() => (window.alert = () => (window.ran = true)));
    const visits = ["en", "ar"].flatMap((language) => paths.map((path) => `/${language}${path}`));
    await each(visits, 4, (path) => look(context, path, width));
    for (const language of ["en", "ar"]) await suggested(context, language, width);
    await context.close();
  }
});

async function look(context, path, width) {
  const page = await open(context, path);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  const seen = await judge(page, path, width);
  check(seen > 0, path, width, "has nothing of the peer's");
  await page.close();
}

async function suggested(context, language, width) {
  const page = await open(context, `/${language}/about`);
  await page.locator("#q").pressSequentially(WORD);
  await page.waitForSelector("#q-suggested li");
  check((await judge(page, `/${language}/about`, width)) > 0, language, width, "suggests nothing of the peer's");
  await page.close();
}

/** Tells every fault; gives how many pieces of the peer's texts the page has. */
async function judge(page, path, width) {
  const told = (...words) => check(false, path, width, ...words);
  const wide = await page.evaluate(sideways);
  if (wide) told(wide);
  const { faults, seen } = await page.evaluate(texts, WORD);
  for (const fault of faults) told(fault);
  return seen;
}

/** Runs in the page. */
function texts(word) {
  const faults = [];
  if (window.ran) faults.push("a script ran");
  const acts = document.querySelectorAll("iframe, img, object, embed, form[action*='elsewhere'], script:not([src])");
  if (acts.length) faults.push(`acts: ${acts[0].outerHTML.slice(0, 120)}`);
  for (const link of document.querySelectorAll("[href]")) {
    const { protocol } = new URL(link.getAttribute("href"), location);
    if (!/^(https?|mailto|webcal):$/.test(protocol)) faults.push(`leads to ${link.getAttribute("href")}`);
  }
  const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) if (turning.test(value)) faults.push(`turns in ${name} of ${one.tagName}`);
  }
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const element = text.parentElement;
    if (element.closest("script, style")) continue;
    // What the page's own sentences isolate is closed in the same text.
    const own = text.data.replace(/[\u2066-\u2068][^\u2066-\u2069]*\u2069/g, "");
    if (/\p{M}{9}/u.test(text.data)) faults.push(`a pile of marks: ${element.outerHTML.slice(0, 160)}`);
    if (turning.test(own)) faults.push(`turns: ${element.outerHTML.slice(0, 160)}`);
    if (!/quillwort|[\u05d0-\u05ea]/i.test(text.data) || element.closest("title, option, textarea")) continue;
    seen += 1;
    const holder = element.closest("bdi, [dir]:not(html)");
    const bidi = holder && getComputedStyle(holder).unicodeBidi;
    if (!/^(isolate|plaintext)/.test(bidi ?? "")) faults.push(`not by itself: ${element.outerHTML.slice(0, 200)}`);
  }
  return { faults, seen };
}
