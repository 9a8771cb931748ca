// An administrator's day: somebody is invited and comes in from another browser, is disabled and out at once; a token is
// issued and revoked; a hub is paused; one is added by hand and taken out; the audit log tells all of it.
import { base, check, rest, run, signIn } from "./lib.mjs";

const [password, script, member, own, peer, thumbprint] = rest;
const user = `new.person.${script}`;

async function send(page, selector) {
  await Promise.all([page.waitForEvent("load"), page.locator(selector).first().click()]);
}

const says = async (page, selector, words) => {
  const text = (await page.locator(selector).first().textContent()) ?? "";
  check(text.includes(words), selector, "does not say", words, "but", text);
};

await run(async (browser) => {
  const context = await browser.newContext({ javaScriptEnabled: script === "on", locale: "en" });
  const page = await context.newPage();
  page.on("pageerror", (fault) => check(false, fault.message));
  await signIn(page, "administrator", password);
  check(page.url() === `${base}/en/admin`, "work begins at the administration:", page.url());
  await users(browser, page);
  await tokens(page);
  await hubs(page);
  await byHand(page);
  await log(page);
  const refused = await page.goto(`${base}/en/desk`);
  check(refused.status() === 403, "the register is not an administrator's:", refused.status());
});

async function users(browser, page) {
  await page.goto(`${base}/en/admin/users`);
  await page.fill("#user-name", "no name");
  await send(page, "form:has(#user-name) button");
  await says(page, "#user-name-wrong", "1 to 100 letters");
  await page.fill("#user-name", user);
  await page.selectOption("#user-role", "editor");
  await send(page, "form:has(#user-name) button");
  // The hub of a test is reached at another port than its name says.
  const link = base + new URL(await page.locator("#invitation").textContent()).pathname;
  await page.goto(`${base}/en/admin/users`);
  check(!(await page.content()).includes("/sign-in/invitation/"), "the link is shown once");

  const theirs = await (await browser.newContext({ javaScriptEnabled: script === "on", locale: "fr" })).newPage();
  await theirs.goto(link);
  check(theirs.url().startsWith(`${base}/fr/sign-in/invitation/`), "in the reader's language:", theirs.url());
  await theirs.fill("#password", password);
  await theirs.fill("#again", `${password} of another`);
  await send(theirs, "main form button");
  check((await theirs.locator("[role=alert]").count()) === 1, "two passwords that differ are told");
  await theirs.fill("#password", password);
  await theirs.fill("#again", password);
  await send(theirs, "main form button");
  await says(theirs, "footer", user);

  await page.goto(`${base}/en/admin/users`);
  await send(page, `tr:has-text("${user}") form:has([value=disable]) button`);
  await says(page, "[role=status]", "have ended");
  await theirs.goto(`${base}/fr/sign-in`);
  check((await theirs.locator("#password").count()) === 1, "who is disabled is signed out");
}

async function tokens(page) {
  await page.goto(`${base}/en/admin/tokens`);
  await page.fill("#token-name", "import-script");
  await page.fill("#token-days", "0");
  await send(page, "form:has(#token-name) button");
  await says(page, "#token-days-wrong", "1 to 366");
  await page.fill("#token-days", "1");
  await send(page, "form:has(#token-name) button");
  const token = await page.locator("#token").textContent();
  const viewer = async () => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = JSON.stringify({ query: "{ viewer { name } }" });
    return (await fetch(`${base}/graphql`, { method: "POST", headers, body })).status;
  };
  check((await viewer()) === 200, "the token counts");
  await send(page, "form:has([value=revoke]) button");
  await says(page, "[role=status]", "revoked");
  check((await viewer()) === 401, "the token counts no more");
}

async function hubs(page) {
  await page.goto(`${base}/en/admin`);
  await send(page, "form[action$='/admin/sync'] button");
  await says(page, "[role=status]", "being asked");
  await page.goto(`${base}/en/admin/hub?id=${encodeURIComponent(member)}`);
  for (const [step, state] of [["pause", "Paused here"], ["resume", ""], ["unblock", ""]]) {
    if (step === "unblock") {
      await send(page, "form:has([value=block]) button");
      await says(page, "#block-reason-wrong", "missing");
      await page.fill("#block-reason", "By order of the committee");
      await send(page, "form:has([value=block]) button");
      await says(page, ".head", "Blocked here");
    }
    await send(page, `form:has([value=${step}]) button`);
    await says(page, ".head", state);
  }
}

/** A hub that no register lists: its staff reads the thumbprint, nothing shows it before it is typed. */
async function byHand(page) {
  await page.goto(`${base}/en/admin`);
  const add = "form:has(#pin-address) button";
  await send(page, add);
  await says(page, "#pin-address-wrong", "missing");
  for (const [address, words] of [["hub.example", "no address of a hub"], [own, "this hub itself"]]) {
    await page.fill("#pin-address", address);
    await page.fill("#pin-thumbprint", thumbprint);
    await send(page, add);
    await says(page, "#pin-address-wrong", words);
  }
  await page.fill("#pin-address", peer);
  await page.fill("#pin-thumbprint", `${thumbprint.slice(0, -1)}${thumbprint.endsWith("A") ? "E" : "A"}`);
  await send(page, add);
  await says(page, "#pin-thumbprint-wrong", "another thumbprint");
  const shown = (await page.locator("main").innerText()).replaceAll(/\s/g, "");
  check(!shown.includes(thumbprint), "the thumbprint is not given away");
  await page.goto(`${base}/en/admin/hub?id=${encodeURIComponent(peer)}`);
  await says(page, "h1", "There is no page");

  await page.goto(`${base}/en/admin`);
  await page.fill("#pin-address", ` ${peer} `);
  await page.fill("#pin-thumbprint", thumbprint.match(/.{1,4}/g).join(" "));
  await send(page, add);
  check(page.url() === `${base}/en/admin/hub?id=${encodeURIComponent(peer)}&done=pinned`, "added:", page.url());
  await says(page, "[role=status]", "is being asked");
  await says(page, ".facts", "added it by hand");
  await send(page, "form:has([value=sync]) button");
  await says(page, "[role=status]", "being asked");

  await send(page, "form:has([value=unpin]) button");
  check(page.url() === `${base}/en/admin?done=unpinned`, "taken out:", page.url());
  await says(page, "[role=status]", "taken out");
  check(!(await page.locator("#hubs ~ div table").innerText()).includes(peer), "it is known here no more");
}

async function log(page) {
  await page.goto(`${base}/en/admin/audit`);
  await page.fill("#audit-action", "peer.block");
  await send(page, "main form.tools button");
  check(new URL(page.url()).searchParams.get("action") === "peer.block", "the filter is in the address");
  await says(page, "tbody tr", "By order of the committee");
  const file = await page.locator("a[download]").first().getAttribute("href");
  const table = await (await page.request.get(base + file)).text();
  check(table.includes("administrator") && table.includes("peer.block") && !table.includes("user.add"), table);
}
