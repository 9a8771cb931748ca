// The workbench in every way (`ways.mjs`): each kind of draft, each step of a record, and a file with a faulty row.
import { base, check, run } from "./lib.mjs";
import { press, staff, write } from "./workbench-lib.mjs";
import { everyWay } from "./ways.mjs";

const TABLE = "country,title_en,summary_en,startYear,sources\nMA,One,What.,2015,R <https://a.example>\nMA,Two,What.,soon,";

const below = (path) => (language) => `/${language}${path}`;
/** The path below the language. */
const at = (page) => new URL(page.url()).pathname.slice("/en".length);

await run(async (browser) => {
  const amina = await staff(browser, "amina");
  const full = await write(amina, "A database of recommendations");
  const draft = new URL(full).pathname.slice("/en".length);
  const empty = async (kind) => {
    await amina.goto(`${base}/en/workbench`);
    await press(amina, `form:has(input[value=${kind}]) button`);
    return at(amina);
  };
  const [mechanism, document, event] = [await empty("mechanism"), await empty("document"), await empty("event")];
  await amina.goto(full);
  await press(amina, "button[value=submit]");

  const joao = await staff(browser, "joao");
  await joao.goto(`${base}/en/workbench/records?kind=practice`);
  const record = (await joao.locator("a[href$='/withdraw']").first().getAttribute("href")).slice("/en".length, -"/withdraw".length);
  await joao.goto(`${base}/en/workbench/import`);
  await joao.setInputFiles("#file", { name: "practices.csv", mimeType: "text/csv", buffer: Buffer.from(TABLE) });
  await press(joao, "form[enctype] button");
  const upload = at(joao);
  check(upload.startsWith("/workbench/import/"), "what was read has an address", upload);

  const paths = ["/workbench", `${draft}?to=fr`, `${mechanism}?done=needed`, document, event, `${draft}/preview`,
    `${draft}/review`, `${draft}/publish`, `${draft}/delete`, "/workbench/records?kind=practice", `${record}/versions`,
    `${record}/withdraw`, `${record}/withdraw?step=confirm`, "/workbench/take-over", "/workbench/import", upload];
  const refused = [
    { at: below(`${draft}/review`), press: "form[action$='/review'] button", isRefused: true },
    { at: below("/admin"), isRefused: true },
  ];
  await everyWay(joao.context(), [...paths.map((path) => ({ at: below(path) })), ...refused]);
});
