// The desk and the administration in every way (`ways.mjs`), with what a mistake in a form leads to.
import { rest, run, signIn } from "./lib.mjs";
import { everyWay } from "./ways.mjs";

const [password, member, ...paths] = rest;
const below = (path) => (language) => `/${language}${path}`;
const mistakes = [
  { at: below(member), press: "form:has([value=suspend]) button", isRefused: true },
  { at: below("/admin/users"), press: "form:has(#user-name) button", isRefused: true },
];

await run(async (browser) => {
  const context = await browser.newContext();
  await signIn(await context.newPage(), "coordinator", password);
  await everyWay(context, [...[member, ...paths].map((path) => ({ at: below(path) })), ...mistakes]);
});
