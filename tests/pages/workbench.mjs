// From the first word to the withdrawal: written in two languages, submitted, sent back, submitted again, published.
import { base, check, rest, run } from "./lib.mjs";
import { press, published, staff } from "./workbench-lib.mjs";

await run(async (browser) => {
  const options = { javaScriptEnabled: rest[1] === "with-script" };
  const amina = await staff(browser, "amina", options);
  const joao = await staff(browser, "joao", options);

  await amina.goto(`${base}/en/workbench`);
  await press(amina, "form:has(input[value=practice]) button");
  const draft = amina.url().split("?")[0];
  check((await amina.locator("h1").textContent()) === "New: Practice", "a draft begins without a title");
  await amina.fill("#f-title-en", "A database of recommendations");
  await amina.selectOption("#f-country", "MA");
  await press(amina, "button[value=submit]");
  check(amina.url().includes("done=needed"), "what is missing is told", amina.url());
  check(amina.url().endsWith("#f-summary-en"), "the first of it is gone to", amina.url());
  check(await amina.locator("#f-summary-en-told").isVisible(), "it is said at the field");
  check((await amina.getAttribute("#f-summary-en", "aria-invalid")) === "true", "the field is marked");
  check((await amina.locator("aside .note.bad").count()) === 2, "summary and sources are needed");

  await amina.fill("#f-summary-en", "All ministries follow implementation there.");
  await amina.fill("[name='sources[0].title']", "National report");
  await amina.fill("[name='sources[0].url']", "https://example.org/report");
  await amina.check("[name=capacities][value=engagement]");
  await amina.selectOption("#to", "ar");
  await press(amina, "button[value=show]");
  check((await amina.locator(".src p[dir=ltr], .src div[lang=en]").count()) > 0, "the text to work from is there");
  check((await amina.getAttribute("#f-title-ar", "dir")) === "rtl", "Arabic is written from the right");
  check(await amina.isChecked("[name=capacities][value=engagement]"), "what was ticked is kept");
  await amina.fill("#f-title-ar", "قاعدة بيانات للتوصيات");
  await amina.fill("#f-summary-ar", "تتابع جميع الوزارات التنفيذ فيها.");
  await press(amina, "button[value=preview]");
  check(amina.url().includes("/preview?language=ar"), "the preview is in the language that is written", amina.url());
  check((await amina.locator("[lang=ar][dir=rtl] p").count()) > 0, "with its direction");
  await amina.goto(draft);
  await press(amina, "button[value=submit]");
  check(amina.url().endsWith("/workbench?done=submitted"), "submitted", amina.url());

  const refused = await amina.goto(`${draft}/publish`);
  check(refused.status() === 403, "a contributor does not publish", refused.status());

  await joao.goto(`${base}/en/workbench`);
  await press(joao, "#review ~ div h3 a");
  check(joao.url().endsWith("/review"), "an editor is led to the review", joao.url());
  await press(joao, "form[action$='/review'] button");
  check(await joao.locator("#comment-told").isVisible(), "without a reason nothing is sent back");
  await joao.fill("#comment", "Who keeps the database?");
  await press(joao, "form[action$='/review'] button");
  check(joao.url().endsWith("done=returned"), "sent back", joao.url());

  await amina.goto(draft);
  check((await amina.locator(".note.warn .asked").textContent()) === "Who keeps the database?", "the author reads why");
  await amina.fill("#f-lessonsLearnt-ar", "**أولاً** القاعدة.");
  await press(amina, "button[value=submit]");
  check(amina.url().endsWith("done=submitted"), "submitted again", amina.url());

  await joao.goto(`${draft}/review`);
  await press(joao, "#decide ~ div a.btn");
  check((await joao.locator("main .note").first().textContent()).includes("within about 15 minutes"), "the effect is named");
  await press(joao, "form[action$='/publish'] button");
  check(joao.url().includes("done=published"), "published", joao.url());
  const id = new URL(joao.url()).searchParams.get("record");
  check((await published(joao, id))?.title.text === "A database of recommendations", "everybody sees it");
  check((await joao.goto(draft)).status() === 404, "the draft has ended");

  // Many were published in the same second: it is on one of the first pages.
  for (let number = 1; number <= 10; number += 1) {
    await joao.goto(`${base}/en/workbench/records?kind=practice&page=${number}`);
    if ((await joao.locator(`form[action$="${id}/change"]`).count()) > 0) break;
  }
  await press(joao, `form[action$="${id}/change"] button`);
  check(joao.url().includes("done=begun"), "a published record is changed by a draft", joao.url());
  await joao.fill("#f-startYear", "2019");
  await press(joao, "button[value=publish]");
  check((await joao.locator(".diff h3").textContent()) === "First year", "what changed is shown before it is published");
  await press(joao, "form[action$='/publish'] button");
  check((await published(joao, id))?.provenance.revision === 2, "its second version");
  await joao.goto(`${base}/en/workbench/records/${id}/versions`);
  check((await joao.locator(".diff h3").textContent()) === "First year", "two versions beside each other");

  await joao.goto(`${base}/en/workbench/records/${id}/withdraw`);
  await press(joao, "button[value=confirm]");
  check((await joao.locator(".note.bad").textContent()).includes("final"), "that it is final is said first");
  await press(joao, "form[action$='/withdraw'] button");
  check(joao.url().includes("done=withdrawn"), "withdrawn", joao.url());
  check((await published(joao, id)) === null, "nobody sees it any more");
  const gone = await joao.goto(`${base}/en/practices/${id}`);
  check([404, 410].includes(gone.status()), "its page is gone", gone.status());
});
