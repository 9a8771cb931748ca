// What the coordinator compiled about a State becomes the State's own: taken over by who writes, published by who edits;
// what it wants to leave is left.
import { base, check, rest, run } from "./lib.mjs";
import { press, staff } from "./workbench-lib.mjs";

const [, script, taken, left] = rest;

await run(async (browser) => {
  const options = { javaScriptEnabled: script === "with-script" };
  const amina = await staff(browser, "amina", options);
  const joao = await staff(browser, "joao", options);
  const says = async (page, selector, words) => {
    const text = (await page.locator(selector).allTextContents()).join(" ");
    check(text.includes(words), selector, "does not say", words, "but", text);
  };

  await amina.goto(`${base}/en/practices/${taken}`);
  await says(amina, "aside", "Compiled from public sources");

  await amina.goto(`${base}/en/workbench`);
  await says(amina, "#compiled ~ div", "2 records about your State");
  await press(amina, "a[href='/en/workbench/take-over']");
  check((await amina.locator("button[value=leave]").count()) === 0, "who writes decides nothing for the State");
  await press(amina, `form[action$='${taken}'] button[value=take]`);
  check(amina.url().includes("done=taken"), "taken over", amina.url());
  const draft = amina.url().split("?")[0];
  check((await amina.inputValue("#f-title-en")) === "A register, as compiled", "its words are there to work from");
  check((await amina.inputValue("[name='sources[0].title']")) === "A public report", "and its sources");
  await amina.fill("#f-title-en", "Our register");
  await amina.selectOption("#to", "fr");
  await press(amina, "button[value=show]");
  await amina.fill("#f-title-fr", "Notre registre");
  await press(amina, "button[value=submit]");
  check(amina.url().endsWith("done=submitted"), "submitted", amina.url());

  // What is being written stands on the list no more; an editor leaves the other.
  await joao.goto(`${base}/en/workbench/take-over`);
  check((await joao.locator("li.entry").count()) === 1, "one is left to decide");
  await press(joao, `form[action$='${left}'] button[value=leave]`);
  check(joao.url().includes("done=left"), "left", joao.url());
  await says(joao, "main", "There is nothing to take over");
  await joao.goto(`${base}/en/practices/${left}`);
  await says(joao, "aside", "Compiled from public sources");

  await joao.goto(`${draft}/review`);
  await press(joao, "#decide ~ div a.btn");
  await press(joao, "form[action$='/publish'] button");
  check(joao.url().includes("done=published"), "published", joao.url());
  const own = new URL(joao.url()).searchParams.get("record");

  // Everybody reads it as the State's own words, in both languages.
  const reader = await (await browser.newContext(options)).newPage();
  for (const [language, title] of [["en", "Our register"], ["fr", "Notre registre"]]) {
    await reader.goto(`${base}/${language}/practices/${own}`);
    await says(reader, "h1", title);
  }
  await reader.goto(`${base}/en/practices/${own}`);
  await says(reader, "aside", "Published by");
  check(!(await reader.locator("aside").allTextContents()).join(" ").includes("Compiled"), "nothing of it is compiled");
  await reader.goto(`${base}/en/practices?country=PT`);
  await says(reader, "h3", "Our register");
});
