// Every page in every way that people read it: six languages, light and dark, wide and narrow; by the keyboard, in forced
// colours, with text twice as large, on paper. A page is loaded once in each language. All rules of axe run in its first
// way; in another one only those whose answer depends on width or colours (`NMIRF_HUB_EVERY_WAY=1`). Without it each
// language has one way, another one for the next language, so that every page is seen in all four.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { base, check, each, LANGUAGES, watch } from "./lib.mjs";
import { forced, large, plain, printed, rules, sideways } from "./rules.mjs";
import { stops } from "./stops.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const IS_EVERY_WAY = process.env.NMIRF_HUB_EVERY_WAY === "1";

const WAYS = [
  { width: 1280, colorScheme: "light" },
  { width: 320, colorScheme: "dark" },
  { width: 1280, colorScheme: "dark" },
  { width: 320, colorScheme: "light" },
];
/** Both directions: keyboard, forced colours, large text and paper. */
const DEEP = ["en", "ar"];
/** Pages at once: what two cores bear. */
const AT_ONCE = 3;

/** Looks at pages in a context. A page is
 *  - `at`: from a language to the address of the page,
 *  - `isRefused`: its status is not 200, and the console tells of it,
 *  - `press`: what is pressed there first, to see what it leads to,
 *  - `hasMenu`: the menu of the display is open, which lies over what is below it. */
export async function everyWay(context, pages, { also = async () => {} } = {}) {
  const visits = LANGUAGES.flatMap((language, turn) =>
    pages.map((page, place) => ({ ...page, language, path: page.at(language), turn: turn + place })));
  const free = [];
  for (let tab = 0; tab < AT_ONCE; tab += 1) free.push(await newTab(context));
  await each(visits, AT_ONCE, async (visit) => {
    const tab = free.pop();
    try {
      await look(tab, visit, also);
    } finally {
      free.push(tab);
    }
  });
  for (const { page } of free) await page.close();
  console.log(`${visits.length} visits of ${pages.length} pages${IS_EVERY_WAY ? ", each in every way" : ""}`);
}

/** A page that is used for one visit after the other. */
async function newTab(context) {
  const page = await context.newPage();
  const tab = { page, browser: await context.newCDPSession(page), visit: null };
  watch(page, () => tab.visit);
  return tab;
}

async function look(tab, visit, also) {
  tab.visit = visit;
  const { page } = tab;
  const [first, ...others] = WAYS.map((_, place) => WAYS[(visit.turn + place) % WAYS.length]);
  const told = (way) => (...words) => check(false, visit.path, way, ...words);
  await go(page, visit, first);
  await page.evaluate(AXE);
  await inWay(page, visit, first, true, told(named(first)));
  for (const way of others) {
    // Whether something runs off the side is seen in both widths; it does not depend on colours.
    if (!IS_EVERY_WAY && (way.width === first.width || way.colorScheme !== first.colorScheme)) continue;
    await set(page, way);
    await inWay(page, visit, way, false, told(named(way)));
  }
  if (DEEP.includes(visit.language)) await deeply(tab, visit, told);
  await also(page, visit, told("also"));
}

const named = ({ width, colorScheme }) => `${width} ${colorScheme}`;

async function set(page, { width, colorScheme }) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
}

async function go(page, visit, way) {
  await set(page, way);
  const answer = await page.goto(base + visit.path);
  const wanted = visit.isRefused && !visit.press ? answer.status() >= 400 : answer.status() === 200;
  check(wanted, visit.path, "has status", answer.status());
  if (visit.press) await Promise.all([page.waitForEvent("load"), page.locator(visit.press).first().click()]);
  const opened = visit.hasMenu ? ".look" : "details:not(.look)";
  await page.evaluate((opened) => document.querySelectorAll(opened).forEach((details) => (details.open = true)), opened);
}

async function inWay(page, visit, way, isFirst, told) {
  const wide = await page.evaluate(sideways);
  if (wide) told(wide);
  for (const fault of await page.evaluate(plain, visit.language)) told(fault);
  if (!isFirst && !IS_EVERY_WAY) return;
  for (const { id, nodes } of await page.evaluate(rules, { isFirst, hasMenu: visit.hasMenu })) told(id, "\n " + nodes.join("\n "));
}

/** The size of letters that a reader has set in the browser. */
const letters = (tab, times) => tab.browser.send("Page.setFontSizes", { fontSizes: { standard: 16 * times, fixed: 13 * times } });

/** What is looked at in one language of each direction; the keyboard in each also in another theme and width. */
async function deeply(tab, { language }, told) {
  const { page } = tab;
  await set(page, WAYS[DEEP.indexOf(language)]);
  for (const fault of await stops(page)) told("keyboard")(fault);
  await set(page, WAYS[0]);
  await page.emulateMedia({ forcedColors: "active" });
  for (const fault of await page.evaluate(forced)) told("forced colours")(fault);
  if (language === DEEP[0]) for (const fault of await stops(page)) told("keyboard in forced colours")(fault);
  await page.emulateMedia({ forcedColors: "none" });
  await letters(tab, 2);
  for (const fault of await page.evaluate(large)) told("text at 200 %")(fault);
  await letters(tab, 1);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const fault of await page.evaluate(printed)) told("on paper")(fault);
  await page.emulateMedia({ media: "screen" });
}
