// By keyboard alone: every field and button is reached in order, nothing holds the focus, the ring is seen everywhere.
import { base, check, run } from "./lib.mjs";
import { staff } from "./workbench-lib.mjs";

const MOST = 400;

await run(async (browser) => {
  const amina = await staff(browser, "amina");
  await amina.goto(`${base}/en/workbench`);
  const at = (selector) => amina.evaluate((selector) => document.activeElement?.matches(selector), selector);
  const reach = async (selector) => {
    for (let steps = 0; steps < MOST; steps += 1) {
      await amina.keyboard.press("Tab");
      const ring = await amina.evaluate(() => {
        const it = document.activeElement;
        return it === document.body || getComputedStyle(it).outlineStyle !== "none" || it.type === "radio";
      });
      check(ring, "no ring", await amina.evaluate(() => document.activeElement.outerHTML.slice(0, 200)));
      if (await at(selector)) return true;
    }
    check(false, selector, "is not reached");
    return false;
  };
  await reach("form:has(input[value=practice]) button");
  await amina.keyboard.press("Enter");
  await amina.waitForURL(/\/drafts\//);
  await reach("#f-title-en");
  await amina.keyboard.type("Written by keyboard");
  await reach("#f-country");
  await amina.keyboard.type("Moro");
  await reach("[name='sources[0].url']");
  await amina.keyboard.type("https://example.org");
  await reach(".dock button[value=save]");
  await amina.keyboard.press("Enter");
  await amina.waitForURL(/done=saved/);
  check((await amina.inputValue("#f-title-en")) === "Written by keyboard", "it is saved");
  check((await amina.inputValue("#f-country")) === "MA", "a country is chosen by its letters");
  const covered = await amina.evaluate(async () => {
    const dock = document.querySelector(".dock").getBoundingClientRect();
    const last = [...document.querySelectorAll("#edit input:not([type=hidden])")].at(-1);
    last.focus();
    return last.getBoundingClientRect().bottom > dock.top;
  });
  check(!covered, "the bar covers the field that has the focus");
});
