// Home, a country and the network by keyboard alone and without script: every stop is seen, marks of the map are none.
import { check, open, run } from "./lib.mjs";

const stops = async (page, most) => {
  const seen = [];
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => {
      const at = document.activeElement;
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      return { on: at.closest("svg") ? "mark" : at.tagName, text: at.textContent.trim().slice(0, 40), href: at.getAttribute("href"),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, big: box.width >= 1 && box.height >= 1 };
    }));
    if (seen.at(-1).on === "BODY") break;
  }
  return seen;
};

await run(async (browser) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: true });
  const home = await open(context, "/en/");
  const seen = await stops(home, 140);
  check(seen.every((stop) => stop.on !== "mark"), "a mark of the map is a stop");
  check(seen.filter((stop) => stop.on !== "BODY").every((stop) => stop.ring && stop.big), "a stop is not seen", JSON.stringify(seen.find((stop) => !stop.ring || !stop.big)));
  for (const words of ["civil society", "The same as a list", "All events"]) {
    check(seen.some((stop) => stop.text === words), `${words} is not reached by the keyboard`);
  }
  await home.locator("summary", { hasText: "The same as a list" }).focus();
  await home.keyboard.press("Enter");
  const kenya = home.locator("details[open] a", { hasText: "Kenya" });
  check(await kenya.isVisible(), "the list does not open by the keyboard");
  await kenya.press("Enter");
  await home.waitForURL("**/en/countries/KE");
  check(await home.locator("h1").textContent() === "Kenya", "the list does not lead to the country");

  const plain = await browser.newContext({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
  const network = await open(plain, "/fr/network");
  await network.fill("#as-of", "2025-12-31");
  await network.press("#as-of", "Enter");
  await network.waitForURL("**asOf=2025-12-31**");
  check((await network.locator("p[role=status]").textContent()).includes("31 décembre 2025"), "the day is not kept without script");
  await network.locator("summary", { hasText: "ingénieurs" }).click();
  check(await network.locator("#engineers table").isVisible(), "the table of engineers does not open without script");
  check(await network.locator("#engineers .scroll").getAttribute("dir") === "ltr", "the table of engineers runs another way");
});
