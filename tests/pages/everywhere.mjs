// Every page of the list in six languages, light and dark, wide and narrow: axe finds nothing, nothing runs off the side,
// nothing is asked of another host, and the console stays silent.
import { createRequire } from "node:module";
import { LANGUAGES, check, open, rest, run } from "./lib.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
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
  "/network?asOf=x",
  "/countries/MA",
  "/countries/SE",
];

await run(async (browser) => {
  for (const [width, colorScheme] of [[1280, "light"], [320, "dark"]]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    for (const language of LANGUAGES) {
      for (const path of PAGES) {
        const page = await open(context, `/${language}${path}`);
        await page.addScriptTag({ path: axe });
        const found = await page.evaluate(() => window.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }));
        for (const violation of found.violations) {
          check(false, language, path, width, colorScheme, violation.id, violation.nodes.map((node) => node.html).join("\n"));
        }
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        check(over <= 0, language, path, width, `${over} px run off the side`);
        await page.close();
      }
    }
    await context.close();
  }
});
