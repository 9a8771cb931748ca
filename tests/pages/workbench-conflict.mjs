// Two browsers on one draft: what only one of them touched goes through; what both did is chosen.
import { check, run } from "./lib.mjs";
import { press, staff, write } from "./workbench-lib.mjs";

await run(async (browser) => {
  const amina = await staff(browser, "amina", { javaScriptEnabled: false });
  const joao = await staff(browser, "joao", { javaScriptEnabled: false });
  const draft = await write(amina, "A database");
  await amina.goto(draft);
  await joao.goto(draft);
  await joao.fill("#f-title-en", "A register");
  await joao.fill("#f-startYear", "2012");
  await press(joao, "button[value=save]");

  await amina.fill("#f-title-en", "A catalogue");
  await amina.fill("#f-summary-en", "Every ministry writes there.");
  await press(amina, "button[value=save]");
  const told = await amina.locator("[role=alert]").textContent();
  check(/joao saved this draft at \d\d:\d\d UTC\. Nothing of yours is lost/.test(told), told);
  const fields = await amina.locator(".diff h2").allTextContents();
  check(fields.join() === "Title, English,Summary, English", "only what was written here is to be chosen", fields.join());
  await amina.check("[name='keep:title.en'][value=theirs]");
  await press(amina, "main button[value=save]");
  check(amina.url().includes("done=saved"), "the choice is saved", amina.url());
  check((await amina.inputValue("#f-title-en")) === "A register", "theirs");
  check((await amina.inputValue("#f-summary-en")) === "Every ministry writes there.", "yours");
  check((await amina.inputValue("#f-startYear")) === "2012", "what the other one wrote elsewhere stays");

  await joao.goto(draft);
  await joao.fill("#f-endYear", "2020");
  await press(joao, "button[value=save]");
  await press(amina, "button[value=save]");
  check(amina.url().includes("done=saved"), "who has written nothing is in nobody's way", amina.url());
  check((await amina.inputValue("#f-endYear")) === "2020", "and sees what is there now");
});
