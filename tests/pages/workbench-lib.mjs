// What the journeys of the workbench have in common.
import { base, check, rest, signIn } from "./lib.mjs";

export const PASSWORD = rest[0];

/** A browser of somebody who is signed in; with an empty page whose faults are told. */
export async function staff(browser, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("pageerror", (fault) => check(false, name, fault.message));
  page.on("request", (request) => check(new URL(request.url()).origin === base, name, "asks", request.url()));
  await signIn(page, name, PASSWORD);
  return page;
}

/** Presses something that leads to another page, and waits for it. */
export async function press(page, what) {
  await Promise.all([page.waitForEvent("framenavigated"), page.locator(what).first().click()]);
  await page.waitForLoadState();
}

/** A draft of a practice that lacks nothing. */
export async function write(page, title) {
  await page.goto(`${base}/en/workbench`);
  await press(page, "form:has(input[value=practice]) button");
  await page.fill("#f-title-en", title);
  await page.fill("#f-summary-en", "All ministries follow implementation there.");
  await page.selectOption("#f-country", "MA");
  await page.fill("[name='sources[0].title']", "National report");
  await page.fill("[name='sources[0].url']", "https://example.org/report");
  await press(page, "button[value=save]");
  return page.url().split("?")[0];
}

/** What the hub has of a record, as anybody sees it. */
export async function published(page, id) {
  const query = `{ practice(id: "${id}") { title { text language } provenance { revision } } }`;
  const answer = await page.request.post(`${base}/graphql`, { data: { query } });
  return (await answer.json()).data.practice;
}
