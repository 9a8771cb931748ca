// The pages of staff in English, Arabic and Chinese: axe finds nothing, nothing runs off the side.
import { createRequire } from "node:module";
import { check, open, rest, run, signIn } from "./lib.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const [password, ...pages] = rest;

await run(async (browser) => {
  for (const [width, colorScheme] of [[1280, "light"], [320, "dark"]]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    await signIn(await context.newPage(), "coordinator", password);
    for (const language of ["en", "ar", "zh"]) {
      for (const path of pages) {
        const page = await open(context, `/${language}${path}`);
        check((await page.locator("h1").count()) === 1, language, path, "has one h1");
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
        await page.evaluate(() => { document.querySelector("details.look").open = false; });
        await page.addScriptTag({ path: axe });
        const found = await page.evaluate(() => window.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }));
        for (const violation of found.violations) {
          const where = violation.nodes.map((node) => node.html).join("\n");
          check(false, language, path, width, colorScheme, violation.id, where);
        }
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        check(over <= 0, language, path, width, `${over} px run off the side`);
        await page.close();
      }
    }
    await context.close();
  }
});
