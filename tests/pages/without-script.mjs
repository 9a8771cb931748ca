// A browser without scripts reads: every way on is a link or a form.
import { base, check, run } from "./lib.mjs";

await run(async (browser) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  const at = () => page.url().slice(base.length);

  await page.goto(`${base}/en/`);
  await page.click("header nav a[href='/en/figures']");
  check(at() === "/en/figures", "the navigation leads to", at());
  await page.selectOption("#figures-region", "AFRICA");
  await page.click("form.tools button");
  check(at().startsWith("/en/figures?") && at().includes("region=AFRICA"), "a choice stands in the address:", at());
  check((await page.locator(".chips li").count()) === 2, "what is chosen is a chip");
  await page.click("header nav a[lang='ar']");
  check(at().startsWith("/ar/figures?") && at().includes("region=AFRICA"), "the language keeps the choice:", at());
  check((await page.getAttribute("html", "dir")) === "rtl", "Arabic runs from right to left");
  await page.click(".chips .clear a");
  check(at() === "/ar/figures", "clearing leads to", at());
  await page.click("table.bars a >> nth=0");
  check(at().startsWith("/ar/practices?theme="), "a bar leads to its records:", at());

  await page.goto(`${base}/en/about`);
  await page.click("main a[href='/en/about/privacy']");
  check(at() === "/en/about/privacy", "about leads on to", at());
  await page.click("details.look summary");
  await page.check("#th-dark");
  await page.click("details.look button");
  check(at() === "/en/about/privacy", "the display leads back to", at());
  check((await page.getAttribute("html", "data-theme")) === "dark", "the theme is kept");
  const cookies = await context.cookies();
  check(cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === "Lax", "one cookie, closed to scripts", JSON.stringify(cookies));
  await context.close();
});
