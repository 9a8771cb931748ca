// What holds on every page: the rules of accessibility, nothing that runs off the side, nothing asked of another host,
// nothing that the policy of content blocks, no cookie, few bytes. A page that is not in the list is not looked at: add
// yours, and one for each state that looks otherwise (nothing found, one hub late, a record withdrawn).
//
// Not every page in every way: axe and the keyboard take long, so they run where they differ (Latin wide and light,
// Arabic narrow and dark, Chinese); what is cheap runs for all six languages.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { base, bytes, check, each, open, rest, run } from "./lib.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Below the language. */
const PAGES = [
  "/",
  "/practices?region=AFRICA&capacity=consultation",
  "/practices?q=consultation",
  "/practices?q=zzz&region=WEOG",
  "/sign-in",
  `/practices/${rest[0]}`,
  `/records/${rest[0]}/history`,
  `/records/${rest[0]}/verify`,
  `/practices/compare?id=${rest[0]}&id=${rest[1]}`,
  "/search?q=rights",
  "/search",
  "/mechanisms?region=GRULAC",
  "/documents",
  "/events",
  "/network",
  "/countries/MA",
  "/countries/SE",
  "/figures",
  "/figures?region=AFRICA&theme=coordination",
  "/figures?country=AQ",
  "/about",
  "/about/method",
  "/about/sources",
  "/about/api",
  "/about/feeds",
  "/about/licence",
  "/about/accessibility",
  "/about/privacy",
];
/** Pages of a status of their own, which the console tells of. */
const REFUSED = ["/nothing", "/figures?regoin=AFRICA", "/network?asOf=x"];
/** Without a language in the path. */
const EMBEDDED = ["practices-by-theme", "practices-by-theme-and-region", "practices-by-capacity-and-region", "practices-by-year"];

/** Languages, width, theme, and what takes long. */
const WAYS = [
  { languages: ["en"], width: 1280, colorScheme: "light", axe: true, keyboard: true },
  { languages: ["ar"], width: 320, colorScheme: "dark", axe: true, keyboard: true },
  { languages: ["zh"], width: 320, colorScheme: "light", axe: true },
  { languages: ["fr", "ru", "es", "en"], width: 320, colorScheme: "light" },
  { languages: ["ar", "zh"], width: 1280, colorScheme: "dark" },
];

/** Page and CSS, compressed; a map is large. */
const MOST = 30 * 1024;
const MOST_WITH_MAP = 60 * 1024;

const looked = new Set();

await run(async (browser) => {
  const visits = [];
  for (const way of WAYS) {
    for (const language of way.languages) {
      for (const path of PAGES) visits.push({ ...way, language, path: `/${language}${path}` });
      for (const path of REFUSED) visits.push({ ...way, language, path: `/${language}${path}`, isRefused: true });
      const theme = way.colorScheme;
      for (const name of EMBEDDED) visits.push({ ...way, language, path: `/embed/${name}?language=${language}&theme=${theme}`, isEmbedded: true });
    }
  }
  const contexts = new Map();
  for (const { width, colorScheme } of WAYS) {
    const key = `${width} ${colorScheme}`;
    if (!contexts.has(key)) contexts.set(key, await browser.newContext({ viewport: { width, height: 900 }, colorScheme }));
  }
  await each(visits, 4, (visit) => look(contexts.get(`${visit.width} ${visit.colorScheme}`), visit));
  for (const context of contexts.values()) {
    check((await context.cookies()).length === 0, "reading sets a cookie", JSON.stringify(await context.cookies()));
    await context.close();
  }
  console.log(`${visits.length} visits, ${looked.size} of them by axe`);
});

async function look(context, visit) {
  const { path, width, colorScheme } = visit;
  const told = (...words) => check(false, path, width, colorScheme, ...words);
  const page = await open(context, path, { isRefused: visit.isRefused });
  // The menu of the display lies over what is below it: it is looked at where nothing else is.
  const isMenu = path.endsWith("/nothing");
  await page.evaluate((menu) => document.querySelectorAll(menu ? ".look" : "details:not(.look)").forEach((details) => (details.open = true)), isMenu);
  for (const fault of await page.evaluate(plain, visit.language)) told(fault);
  if (visit.axe) {
    looked.add(`${path} ${width} ${colorScheme}`);
    await page.evaluate(AXE);
    const violations = await page.evaluate(rules, !isMenu);
    for (const { id, nodes } of violations) told(id, "\n " + nodes.join("\n "));
  }
  if (visit.keyboard) for (const fault of await stops(page)) told(fault);
  if (width === 1280 && !visit.isRefused) await weigh(page, path, told);
  await page.close();
}

/** What can be read from the document alone. Runs in the page. */
function plain(language) {
  const faults = [];
  const root = document.documentElement;
  const over = root.scrollWidth - window.innerWidth;
  if (over > 0) {
    const wide = [...document.querySelectorAll("body *")].filter((one) => !one.closest(".scroll") && !one.closest(".vh")
      && (one.getBoundingClientRect().right > window.innerWidth + 1 || one.getBoundingClientRect().left < -1));
    faults.push(`${over} px run off the side: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ")}`);
  }
  if (root.lang !== language) faults.push(`lang is ${root.lang}`);
  if (root.dir !== (language === "ar" ? "rtl" : "ltr")) faults.push(`dir is ${root.dir}`);
  const heads = [...document.querySelectorAll("main h1, main h2, main h3, main h4, main h5, main h6")];
  const levels = heads.map((head) => Number(head.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) faults.push(`${levels.filter((level) => level === 1).length} h1`);
  levels.forEach((level, at) => {
    if (at > 0 && level > levels[at - 1] + 1) faults.push(`h${level} after h${levels[at - 1]}: ${heads[at].textContent}`);
  });
  if (document.querySelector("[style], style, script:not([src])")) faults.push("inline style or script");
  const acting = [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some((name) => name.name.startsWith("on")));
  if (acting.length) faults.push(`on…= in ${acting[0].outerHTML.slice(0, 120)}`);
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim();
    // The id of a message, or a code without a name.
    if (/^[a-z]+(-[a-z0-9]+)+$/.test(text) && !words.currentNode.parentElement.closest("code, pre, bdi, script, style, [lang]:not(html)")) {
      faults.push(`"${text}" looks like an id`);
    }
  }
  const twice = [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at);
  if (twice.length) faults.push(`id twice: ${twice[0]}`);
  return faults;
}

/** Runs in the page. */
async function rules(withTargets) {
  const found = await window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: withTargets } },
    resultTypes: ["violations"],
  });
  return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 4).map((node) => `${node.html.slice(0, 200)} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`) }));
}

/** Goes through what stands in `main` by the keyboard: a ring at every stop, and nothing that cannot be seen. */
async function stops(page) {
  const faults = [];
  await page.evaluate(() => document.querySelector("main").focus());
  for (let stop = 0; stop < 80; stop += 1) {
    await page.keyboard.press("Tab");
    const fault = await page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body || !here.closest("main")) return "end";
      const { outlineStyle, outlineWidth } = getComputedStyle(here);
      if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return `no ring: ${here.outerHTML.slice(0, 160)}`;
      const box = here.getBoundingClientRect();
      if (box.width < 1 || box.height < 1) return `cannot be seen: ${here.outerHTML.slice(0, 160)}`;
      if (box.bottom < 0 || box.top > window.innerHeight) return `out of sight: ${here.outerHTML.slice(0, 160)}`;
      return null;
    });
    if (fault === "end") break;
    if (fault) faults.push(fault);
  }
  return faults;
}

async function weigh(page, path, told) {
  const sheets = await page.evaluate(() => [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href));
  let weight = await bytes(base + path);
  for (const sheet of sheets) weight += await bytes(sheet);
  const most = (await page.locator(".map").count()) ? MOST_WITH_MAP : MOST;
  if (weight > most) told(`${weight} bytes with its style, at most ${most}`);
}
