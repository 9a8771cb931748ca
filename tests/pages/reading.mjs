// A reader's journeys: facets by keyboard, a search with suggestions, the check of signatures, and all of it without a
// script.
import { base, check, open, rest, run } from "./lib.mjs";

const [own, copy, gone] = rest;

async function facets(browser) {
  const page = await open(await browser.newContext({ viewport: { width: 1280, height: 900 } }), "/en/practices");
  await page.focus("input[name=capacity][value=consultation]");
  await Promise.all([page.waitForURL(/capacity=consultation/), page.keyboard.press("Space")]);
  check(new URL(page.url()).search === "?capacity=consultation", "only what is chosen stands in the address", page.url());
  const focused = await page.evaluate(() => `${document.activeElement.name}=${document.activeElement.value}`);
  check(focused === "capacity=consultation", "the focus stays where it was", focused);
  const region = page.locator("input[name=region]").first();
  await region.focus();
  await Promise.all([page.waitForURL(/region=/), page.keyboard.press("Space")]);
  const chips = await page.locator(".chips li:not(.clear) a").allTextContents();
  check(chips.length === 2, "two chips", chips.join());
  await page.locator(".chips .clear a").focus();
  await Promise.all([page.waitForURL(`${base}/en/practices`), page.keyboard.press("Enter")]);
  await Promise.all([page.waitForURL(/page=2/), page.locator("a[rel=next]").click()]);
  const at = await page.evaluate(() => document.activeElement.tagName);
  check(at === "H1", "the focus goes to the heading", at);
}

async function suggestions(browser) {
  const page = await open(await browser.newContext(), "/en/search");
  await page.locator("#q").pressSequentially("consult");
  await page.waitForSelector("#q-suggested li");
  check((await page.getAttribute("#q", "aria-expanded")) === "true", "the box says that it is open");
  await page.keyboard.press("ArrowDown");
  const option = await page.getAttribute("#q", "aria-activedescendant");
  check((await page.getAttribute(`#${option}`, "aria-selected")) === "true", "the option is selected");
  await page.keyboard.press("Escape");
  check((await page.getAttribute("#q", "aria-expanded")) === "false", "Escape closes it");
  await Promise.all([page.waitForURL(/search\?q=consult/), page.keyboard.press("Enter")]);
  check((await page.locator(".entry").count()) > 0, "the form finds records");
}

const results = (page) =>
  page.$$eval("#steps li", (steps) => steps.map((step) => `${step.dataset.step} ${step.dataset.result ?? "-"}`));

async function signatures(browser) {
  const context = await browser.newContext();
  for (const id of [own, copy]) {
    const page = await open(context, `/en/records/${id}/verify`);
    await page.waitForSelector("#verdict[data-result]");
    const said = await results(page);
    check(said.length === 7 && said.every((step) => step.endsWith(" right")), id, said.join("; "));
    check((await page.getAttribute("#verdict", "data-result")) === "right", id, "verdict");
    await page.close();
  }
}

// The title is another one, and what the page says of the record is made to fit: the signature still tells.
async function tampered(browser) {
  const context = await browser.newContext();
  const jws = (await (await context.request.get(`${base}/id/${copy}/jws`)).text()).split(".");
  const claims = JSON.parse(Buffer.from(jws[1], "base64url").toString());
  claims.body.title.en = "Another title";
  jws[1] = Buffer.from(JSON.stringify(claims)).toString("base64url");
  const { createHash } = await import("node:crypto");
  const digest = createHash("sha256").update(jws.join(".")).digest("base64url");
  await context.route(`**/id/${copy}/jws`, (route) => route.fulfill({ contentType: "application/jose", body: jws.join(".") }));
  await context.route(`**/records/${copy}/verify`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/data-digest="[^"]*"/, `data-digest="${digest}"`);
    await route.fulfill({ response: answer, body });
  });
  const page = await open(context, `/en/records/${copy}/verify`);
  await page.waitForSelector("#verdict[data-result]");
  const said = (await results(page)).join("; ");
  check(said.includes("key right; signature wrong; text -"), "a tampered record is told", said);
  check((await page.getAttribute("#verdict", "data-result")) === "wrong", "verdict");
}

// A reference to what was withdrawn: the reader learns what it was and goes on from there.
async function withdrawn(browser) {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  for (const path of [`/id/${gone}`, `/en/practices/${gone}`, `/en/documents/${gone}`, `/en/records/${gone}/history`]) {
    const answer = await page.goto(base + path);
    check(answer.status() === 410, path, answer.status());
    check((await page.textContent("h1")) === "A practice was withdrawn", path, await page.textContent("h1"));
  }
  await page.locator("main a", { hasText: "All practices" }).click();
  await page.locator(".entry").first().waitFor();
  check((await page.locator(".entry").count()) > 0, "the other practices are one step away");
}

async function withoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/en/practices`);
  await page.locator("input[name=capacity][value=consultation]").check();
  await page.locator(".facets > button").click();
  await page.waitForURL(/capacity=consultation/).catch(() => {});
  check(page.url().includes("capacity=consultation"), "the form works without a script", page.url());
  await page.locator(".entry h3 a").first().click();
  await page.locator(".seal").waitFor();
  check((await page.locator("h1").count()) === 1 && (await page.locator(".seal").count()) === 1, "a practice is whole");
  await page.goto(`${base}/en/records/${copy}/verify`);
  check((await page.locator("noscript .note").count()) === 1 || (await page.textContent("main")).includes("by hand"), "by hand");
}

await run(async (browser) => {
  await facets(browser);
  await suggestions(browser);
  await signatures(browser);
  await tampered(browser);
  await withdrawn(browser);
  await withoutScript(browser);
});
