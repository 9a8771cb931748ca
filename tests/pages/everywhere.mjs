// What readers see, in every way (`ways.mjs`): besides, no cookie and few bytes. A page that is not in the list is not
// looked at: add yours, and one for each state that looks otherwise (nothing found, one hub late, a record withdrawn).
import { base, bytes, check, rest, run } from "./lib.mjs";
import { everyWay } from "./ways.mjs";

const [practice, other, mechanism, document, event, gone, invitation] = rest;

/** Below the language. */
const PAGES = [
  "/",
  "/practices?region=AFRICA&capacity=consultation",
  "/practices?q=consultation",
  "/practices?q=zzz&region=WEOG",
  "/sign-in",
  `/sign-in/invitation/${invitation}`,
  `/practices/${practice}`,
  `/records/${practice}/history`,
  `/records/${practice}/verify`,
  `/practices/compare?id=${practice}&id=${other}`,
  "/search?q=rights",
  "/search",
  "/mechanisms?region=GRULAC",
  `/mechanisms/${mechanism}`,
  "/documents",
  `/documents/${document}`,
  "/events",
  `/events/${event}`,
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
/** Pages of a status of their own: unknown, an address with a mistake, withdrawn, a form sent from elsewhere. */
const REFUSED = ["/figures?regoin=AFRICA", "/network?asOf=x", `/practices/${gone}`];
const EMBEDDED = ["practices-by-theme", "practices-by-theme-and-region", "practices-by-capacity-and-region", "practices-by-year"];

const below = (path) => (language) => `/${language}${path}`;
const pages = [
  ...PAGES.map((path) => ({ at: below(path) })),
  ...REFUSED.map((path) => ({ at: below(path), isRefused: true })),
  { at: below("/nothing"), isRefused: true, hasMenu: true },
  ...EMBEDDED.map((name) => ({ at: (language) => `/embed/${name}?language=${language}`, isEmbedded: true })),
  { at: (language) => `/embed/practices-by-theme?language=${language}&theme=dark`, isEmbedded: true },
];

/** Page and CSS, compressed; a map is large. */
const MOST = 30 * 1024;
const MOST_WITH_MAP = 60 * 1024;
const sheets = new Map();

await run(async (browser) => {
  const context = await browser.newContext();
  await everyWay(context, pages, { also: weigh });
  check((await context.cookies()).length === 0, "reading sets a cookie", JSON.stringify(await context.cookies()));
});

async function weigh(page, { path, isRefused }, told) {
  if (isRefused) return;
  const links = await page.evaluate(() => [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href));
  let weight = await bytes(base + path);
  for (const sheet of links) {
    if (!sheets.has(sheet)) sheets.set(sheet, await bytes(sheet));
    weight += sheets.get(sheet);
  }
  const most = (await page.locator(".map").count()) ? MOST_WITH_MAP : MOST;
  if (weight > most) told(`${weight} bytes with its style, at most ${most}`);
}
