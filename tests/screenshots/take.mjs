// Pictures of the main pages of a running hub, for people to look at:
//   node tests/screenshots/take.mjs http://127.0.0.1:4000 [path …]
// into tests/screenshots/taken: English, Arabic and Chinese, 1280 and 390 px wide, English in the dark theme, too. Paths
// stand below the language; without any, the list below and one record of each kind are taken.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "../pages/lib.mjs";

const [base, ...wanted] = process.argv.slice(2);
if (!base) {
  console.error("node tests/screenshots/take.mjs http://127.0.0.1:4000 [path …]");
  process.exit(2);
}
const folder = fileURLToPath(new URL("taken/", import.meta.url));
mkdirSync(folder, { recursive: true });

const PAGES = ["/", "/practices", "/practices?q=consultation", "/mechanisms", "/network", "/documents", "/events", "/figures",
  "/about", "/about/method", "/about/sources", "/about/api", "/about/licence", "/about/accessibility", "/about/privacy", "/sign-in", "/nothing"];
const WAYS = [
  ["en", 1280, "light"], ["en", 390, "light"], ["en", 1280, "dark"],
  ["ar", 1280, "light"], ["ar", 390, "dark"], ["zh", 1280, "light"], ["zh", 390, "light"],
];

/** The first record of each list that there is. */
async function records() {
  const found = [];
  for (const list of ["practices", "mechanisms", "documents", "events"]) {
    const page = await (await fetch(`${base}/en/${list}`)).text();
    const first = page.match(new RegExp(`href="[^"]*/en(/${list}/[^"?#]+)"`));
    if (first) found.push(first[1]);
  }
  return [...found, "/countries/MA"];
}

const paths = wanted.length ? wanted : [...PAGES, ...(await records())];
const browser = await launch();
for (const [language, width, colorScheme] of WAYS) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  for (const path of paths) {
    const answer = await page.goto(`${base}/${language}${path}`);
    const name = `${path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "").slice(0, 60) || "home"}.${language}.${width}.${colorScheme}.png`;
    await page.screenshot({ path: folder + name, fullPage: true });
    console.log(answer.status(), name);
  }
  await context.close();
}
await browser.close();
