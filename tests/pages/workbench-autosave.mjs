// With a script: saved while it is written, told in words; Markdown as it will look; a conflict is told and lost is nothing.
import { base, check, run } from "./lib.mjs";
import { press, staff, write } from "./workbench-lib.mjs";

await run(async (browser) => {
  const amina = await staff(browser, "amina");
  const joao = await staff(browser, "joao");
  const draft = await write(amina, "A database");
  await amina.goto(draft);
  const number = () => amina.inputValue("[name=revision]");
  const before = await number();
  await amina.fill("#f-title-en", "A database of recommendations");
  check((await amina.textContent("#saved")) === "not saved yet", "what is not saved is told");
  await amina.waitForFunction((before) => document.querySelector("[name=revision]").value !== before, before);
  check((await amina.textContent("#said")).startsWith("saved"), "that it is saved is told to ears too");
  await amina.goto(draft);
  check((await amina.inputValue("#f-title-en")) === "A database of recommendations", "it is saved");

  await amina.fill("#f-adoptedFrom-add", "words to look for");
  const later = await number();
  await amina.fill("#f-startYear", "2014");
  await amina.waitForFunction((later) => document.querySelector("[name=revision]").value !== later, later);
  check((await amina.textContent("#saved")).startsWith("saved"), "words to look for stop no save");
  await amina.fill("#f-adoptedFrom-add", "");

  await amina.fill("#f-description-en", "# Head\n\n**loud** <script>alert(1)</script>");
  await amina.click("#f-description-en + details summary");
  await amina.waitForSelector(".shown strong");
  check((await amina.locator(".shown h3").count()) === 1, "headings stand below those of the page");
  check((await amina.locator(".shown script").count()) === 0, "nothing in it acts");

  await joao.goto(draft);
  await amina.goto(draft);
  await joao.fill("#f-title-en", "A register");
  await press(joao, "button[value=save]");
  await amina.fill("#f-title-en", "A catalogue");
  const note = amina.locator("main [role=alert]");
  await note.waitFor();
  check((await note.textContent()).includes("joao saved this draft"), "a conflict is told");
  check((await amina.inputValue("#f-title-en")) === "A catalogue", "what was written stands there");
  await press(amina, "[role=alert] button");
  check((await amina.locator("h1").textContent()) === "Two versions of this draft", "both versions are shown");

  const form = new URLSearchParams({ do: "autosave", revision: "1", "title.en": "x" });
  const elsewhere = await amina.request.post(draft, {
    data: form.toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site", origin: "https://elsewhere.example" },
  });
  check(elsewhere.status() === 403, "no form of another website is taken", elsewhere.status());
  check((await amina.goto(`${base}/en/workbench`)).ok(), "the workbench is there");
});
