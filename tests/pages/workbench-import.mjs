// A table with a faulty row: looked at, published without it; the same file again changes nothing.
import { base, check, run } from "./lib.mjs";
import { press, staff } from "./workbench-lib.mjs";

const TABLE = [
  "country,title_en,summary_en,startYear,sources",
  "MA,Imported one,What it is.,2015,Report <https://example.org/one>",
  "MA,Imported two,What it is.,soon,Report <https://example.org/two>",
  "MA,Imported three,What it is.,2016,Report <https://example.org/three>",
].join("\r\n");

await run(async (browser) => {
  for (const javaScriptEnabled of [true, false]) {
    const joao = await staff(browser, "joao", { javaScriptEnabled });
    await joao.goto(`${base}/en/workbench/import`);
    const template = await joao.request.get(`${base}/en/workbench/import/template/practices.csv`);
    check((await template.text()).includes("title_en"), "a template has the columns");
    const send = async (name, text) => {
      await joao.goto(`${base}/en/workbench/import`);
      await joao.setInputFiles("#file", { name, mimeType: "text/csv", buffer: Buffer.from(text) });
      await press(joao, "form[enctype] button");
    };
    await send("practices.csv", TABLE.replaceAll("Imported", javaScriptEnabled ? "Imported" : "Without script"));
    check((await joao.locator("tbody tr").count()) === 3, "every row is told");
    const faulty = joao.locator("tbody tr", { hasText: "Faulty" });
    check((await faulty.locator("th").textContent()) === "Line 3", "with its place", await faulty.locator("th").textContent());
    check((await faulty.locator("[lang=en]").textContent()).length > 5, "with its reason");
    await press(joao, "form.card button");
    check((await joao.locator("[role=alert]").textContent()).includes("Nothing was published"), "a faulty row stops it");
    await joao.check("[name=without]");
    await press(joao, "form.card button");
    check((await joao.locator(".note.good").textContent()).includes("Published: 2."), "published without it");
    const query = "{ practices(first: 100) { nodes { title { text } } } }";
    const listed = await (await joao.request.post(`${base}/graphql`, { data: { query } })).json();
    const titles = listed.data.practices.nodes.map((node) => node.title.text);
    check(titles.includes(javaScriptEnabled ? "Imported one" : "Without script one"), "it is there", titles.join());
    await send("practices.csv", TABLE.replaceAll("Imported", javaScriptEnabled ? "Imported" : "Without script"));
    check((await joao.locator("tbody tr", { hasText: "Unchanged" }).count()) === 2, "the same again changes nothing");
    await send("practices.csv", "nothing\r\nx");
    check((await joao.locator("#told").textContent()).length > 20, "what cannot be read is told");
    const forgotten = await joao.goto(`${base}/en/workbench/import/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d`);
    check(forgotten.status() === 404, "what is not kept is told");
  }
  const amina = await staff(browser, "amina");
  check((await amina.goto(`${base}/en/workbench/import`)).status() === 403, "contributors do not import");
});
