// A coordinator's day: an application comes, wrong characters are refused and the right ones admit; suspended,
// reinstated, a role, persons to call, a stolen key, and out. Everybody reads the course on the page of the State.
import { base, check, rest, run, signIn } from "./lib.mjs";

const [password, script, number, thumbprint, country] = rest;
const tail = thumbprint.slice(-7);

/** Presses what sends a form, and waits for the page after it. */
async function send(page, selector) {
  await Promise.all([page.waitForEvent("load"), page.locator(selector).click()]);
}

/** Goes on with the key until something has the focus, as somebody without a mouse does. */
async function tabTo(page, selector) {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  check(false, selector, "is not reached with the key");
}

const says = async (page, selector, words) => {
  const text = (await page.locator(selector).first().textContent()) ?? "";
  check(text.includes(words), selector, "does not say", words, "but", text);
};

await run(async (browser) => {
  const context = await browser.newContext({ javaScriptEnabled: script === "on", acceptDownloads: true, locale: "en" });
  // Not `open`: the console tells of each answer that is no 200, and some are wanted here.
  const page = await context.newPage();
  page.on("pageerror", (fault) => check(false, fault.message));
  await page.goto(`${base}/en/desk`);
  // Nobody is signed in: there and back.
  check(page.url() === `${base}/en/sign-in?back=%2Fen%2Fdesk`, page.url());
  await page.fill("#name", "coordinator");
  await page.fill("#password", password);
  await send(page, "main form button");
  check(page.url() === `${base}/en/desk`, "back to the desk:", page.url());

  await decide(page);
  await keep(page);
  await persons(page);
  await end(page);
  await list(page);

  // Who may less is told so.
  const other = await browser.newContext({ javaScriptEnabled: script === "on" });
  const theirs = await other.newPage();
  await signIn(theirs, "administrator", password);
  const answer = await theirs.goto(`${base}/en/desk`);
  check(answer.status() === 403, "an administrator at the desk:", answer.status());
});

async function decide(page) {
  await send(page, `a[href="/en/desk/applications/${number}"]`);
  check(!(await page.content()).includes(tail), "the end of the thumbprint is hidden");
  await send(page, "#contact button");
  await says(page, "#contact", "office@ministry.example");

  // A question first; nothing chosen is told.
  await send(page, "main form:has(#decide-reason) button");
  await says(page, "[role=alert]", "Choose one of the three");
  await page.check("#decide-review");
  await page.fill("#decide-reason", "Who runs the hub?");
  await send(page, "main form:has(#decide-reason) button");
  await says(page, "[role=status]", "under review");
  await page.goto(`${base}/en/desk/applications/${number}`);

  // Wrong characters, by the key alone.
  if (script === "on") {
    await tabTo(page, "#decide-tail");
    await page.keyboard.type("AAAAAAA");
    await tabTo(page, "#decide-admit");
    await page.keyboard.press("Space");
    await tabTo(page, "form:has(#decide-reason) button");
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  } else {
    await page.fill("#decide-tail", "AAAAAAA");
    await page.check("#decide-admit");
    await send(page, "main form:has(#decide-reason) button");
  }
  await says(page, "#decide-tail-wrong", "not the last seven characters");
  check(await page.isChecked("#decide-admit"), "what was chosen stays chosen");
  await page.goto(`${base}/en/countries/${country}`);
  await page.goto(`${base}/en/desk/applications/${number}`);

  await page.fill("#decide-tail", `${tail.slice(0, 3)} ${tail.slice(3)}`);
  await page.check("#decide-admit");
  await send(page, "main form:has(#decide-reason) button");
  await says(page, "[role=status]", "is admitted");
}

/** Standing and role; the course tells each step. */
async function keep(page) {
  await send(page, `#members ~ div th a >> nth=${await row(page)}`);
  await send(page, "form:has([value=suspend]) button");
  await says(page, "#suspend-reason-wrong", "missing");
  await page.fill("#suspend-reason", "Decision of 3 March");
  await send(page, "form:has([value=suspend]) button");
  await says(page, ".times .now", "Suspended");
  await says(page, ".times", "Decision of 3 March");
  await page.fill("#reinstate-reason", "Decision of 9 June");
  await send(page, "form:has([value=reinstate]) button");
  await says(page, ".times .now", "Active");

  await page.selectOption("#role-role", "executive-committee");
  await page.fill("#role-until", "2001-01-01");
  await send(page, "form:has(#role-role) button");
  await says(page, "#role-until-wrong", "is not after the beginning");
  await page.fill("#role-until", "2999-01-01");
  await send(page, "form:has(#role-role) button");
  await says(page, ".times .now", "Executive committee");

  // Somebody else was faster: nothing is done twice.
  const stale = await page.context().newPage();
  await stale.goto(page.url());
  await page.fill("#suspend-reason", "First");
  await send(page, "form:has([value=suspend]) button");
  await stale.fill("#suspend-reason", "Second");
  await send(stale, "form:has([value=suspend]) button");
  await says(stale, "[role=alert]", "Somebody else changed this member");
  await stale.close();
  await page.fill("#reinstate-reason", "Back");
  await send(page, "form:has([value=reinstate]) button");
  await inPublic(page, "Executive committee", "Executive committee, Active", ["Member, Active"]);
}

/** What everybody reads on the page of the State: where it stands, and the course, with one term that holds now. */
async function inPublic(page, lead, now, course) {
  const reader = await page.context().browser().newPage({ javaScriptEnabled: script === "on", locale: "en" });
  await reader.goto(`${base}/en/countries/${country}`);
  const network = "section[aria-labelledby=network]";
  await says(reader, `${network} p.lead`, lead);
  const marked = await reader.locator(`${network} .times .now`).allTextContents();
  check(marked.length === 1 && marked[0].includes(now), "of now is marked", marked.join(" | "));
  check((await reader.locator(`${network} .times [aria-current=true]`).count()) === 1, "and said to be");
  const terms = await reader.locator(`${network} .times li`).allTextContents();
  for (const words of course) check(terms.some((term) => term.includes(words)), "no term", words, "in", terms.join(" | "));
  await reader.close();
}

/** The row of this State among the active members. */
async function row(page) {
  const names = await page.locator("#members ~ div th a").allTextContents();
  const name = { CV: "Cabo Verde", UY: "Uruguay" }[country];
  const place = names.indexOf(name);
  check(place >= 0, name, "is not among", names.join(", "));
  return place;
}

async function persons(page) {
  await page.fill("#person-name", "A. Person");
  await page.fill("#person-email", "no address");
  await send(page, "form:has(#person-name) button");
  await says(page, "#person-email-wrong", "e-mail address");
  await page.fill("#person-email", "a.person@ministry.example");
  await page.fill("#person-telephone", "+598 1 234");
  await send(page, "form:has(#person-name) button");
  check(!(await page.content()).includes("a.person@"), "a person is not shown before the click that is logged");
  await send(page, "form:has([value=open]) button");
  await says(page, "article.card", "a.person@ministry.example");
  await page.locator("article.card summary").click();
  await page.fill("[id^=person-change][id$=function]", "=Head");
  await send(page, "article.card form:has([value=change]) button");
  await says(page, "[role=status]", "is changed");

  const file = await page.request.post(`${base}/en/desk/focal-points`, { headers: { "sec-fetch-site": "same-origin" } });
  const table = await file.text();
  check(table.includes("a.person@ministry.example,+598 1 234") && table.includes("'=Head"), table);

  await send(page, "form:has([value=open]) button");
  await send(page, "article.card form:has([value=delete]) button");
  await says(page, "[role=status]", "is deleted");
}

async function end(page) {
  await send(page, "form:has(#compromised-key-reason) button");
  await says(page, "#compromised-key-wrong", "Choose the key");
  await page.check("#compromised-key-key");
  await page.fill("#compromised-key-reason", "The machine was broken into");
  await send(page, "form:has(#compromised-key-reason) button");
  await says(page, "#keys ~ ul", "stolen");
  await page.fill("#withdraw-reason", "By its letter");
  await send(page, "form:has([value=withdraw]) button");
  await says(page, ".times .now", "Withdrawn");
  await inPublic(page, "Withdrawn", "Withdrawn", ["By its letter"]);
  check((await page.locator("#suspend, #role").count()) === 0, "who has left is asked for nothing more");
}

/** A State without a hub. */
async function list(page) {
  await page.goto(`${base}/en/desk/members/add`);
  await send(page, "main form button");
  await says(page, "#add-country-wrong", "missing");
  await page.selectOption("#add-country", script === "on" ? "CH" : "NP");
  await page.fill("#add-name-fr", "Mécanisme");
  await send(page, "main form button");
  await says(page, "[role=status]", "is listed");
  await says(page, ".head", "Mécanisme");
}
