// Each page of the workbench in three languages, wide and light, narrow and dark: axe finds nothing, nothing runs off the side.
import { createRequire } from "node:module";
import { base, check, run } from "./lib.mjs";
import { press, staff, write } from "./workbench-lib.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function look(page, path, width) {
  await page.evaluate(() => document.querySelectorAll("main details").forEach((it) => (it.open = true)));
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), RULES);
  for (const violation of found.violations) {
    check(false, path, width, violation.id, violation.nodes.map((node) => node.html).slice(0, 5).join("\n"));
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  check(over <= 0, path, width, `${over} px run off the side`);
}

await run(async (browser) => {
  const amina = await staff(browser, "amina");
  const draft = new URL(await write(amina, "A database of recommendations")).pathname.slice("/en".length);
  const empty = async (kind) => {
    await amina.goto(`${base}/en/workbench`);
    await press(amina, `form:has(input[value=${kind}]) button`);
    return new URL(amina.url()).pathname.slice("/en".length);
  };
  const [mechanism, document, event] = [await empty("mechanism"), await empty("document"), await empty("event")];
  await amina.goto(`${base}/en${draft}`);
  await press(amina, "button[value=submit]");
  for (const [width, colorScheme] of [[1280, "light"], [320, "dark"]]) {
    const options = { viewport: { width, height: 900 }, colorScheme, bypassCSP: true };
    const joao = await staff(browser, "joao", options);
    await joao.goto(`${base}/en/workbench/records?kind=practice`);
    const record = (await joao.locator("a[href$='/withdraw']").first().getAttribute("href")).slice("/en".length, -"/withdraw".length);
    const paths = ["/workbench", `${draft}?to=fr`, `${mechanism}?done=needed`, document, event, `${draft}/preview`,
      `${draft}/review`, `${draft}/publish`, `${draft}/delete`, "/workbench/records?kind=practice", `${record}/versions`,
      `${record}/withdraw`, `${record}/withdraw?step=confirm`, "/workbench/take-over", "/workbench/import"];
    for (const language of ["en", "ar", "zh"]) {
      for (const path of paths) {
        const answer = await joao.goto(`${base}/${language}${path}`);
        check(answer.status() === 200, language, path, answer.status());
        await look(joao, `/${language}${path}`, width);
      }
      await joao.goto(`${base}/${language}/workbench/import`);
      const table = "country,title_en,summary_en,startYear,sources\nMA,One,What.,2015,R <https://a.example>\nMA,Two,What.,soon,";
      await joao.setInputFiles("#file", { name: "practices.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
      await press(joao, "form[enctype] button");
      await look(joao, `/${language} import`, width);
    }
  }
});
