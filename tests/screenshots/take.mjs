// Pictures of the main pages of a running hub, for people to look at:
//   node tests/screenshots/take.mjs http://127.0.0.1:4000 [--name NAME --password PASSWORD] [--way en.1280.light …] [path …]
// into tests/screenshots/taken: English, Arabic, Chinese and Russian, 1280 and 390 px wide, some in the dark theme. Paths
// stand below the language; without any, the list below is taken, with one record of each kind, and with a name the pages
// that this role may see: workbench, desk, administration. What there is to see is there before: nothing is changed.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, signIn } from "../pages/lib.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { name: { type: "string" }, password: { type: "string" }, way: { type: "string", multiple: true } },
});
const [base, ...wanted] = positionals;
if (!base || !values.name !== !values.password) {
  console.error("node tests/screenshots/take.mjs http://127.0.0.1:4000 [--name NAME --password PASSWORD] [--way en.1280.light …] [path …]");
  process.exit(2);
}
const folder = fileURLToPath(new URL("taken/", import.meta.url));
mkdirSync(folder, { recursive: true });

const WAYS = ["en.1280.light", "en.390.light", "en.1280.dark", "ar.1280.light", "ar.390.light", "ar.390.dark", "zh.1280.light",
  "zh.390.light", "zh.1280.dark", "ru.1280.light", "ru.390.light"];
const READING = ["/", "/practices", "/practices?q=consultation", "/practices?q=zzz&region=WEOG", "/search?q=rights", "/mechanisms",
  "/network", "/documents", "/events", "/figures", "/countries/MA", "/about", "/about/method", "/about/sources", "/about/api",
  "/about/feeds", "/about/licence", "/about/accessibility", "/about/privacy", "/sign-in", "/nothing"];
const STAFF = ["/workbench", "/workbench/records?kind=practice", "/workbench/take-over", "/workbench/import", "/desk",
  "/desk/applications", "/desk/members/add", "/admin", "/admin/users", "/admin/tokens", "/admin/audit"];
const browser = await launch();
const context = await browser.newContext();
const page = await context.newPage();

/** The pages of one kind that another page leads to, below the language and without a query. */
async function linked(from, to) {
  await page.goto(`${base}/en${from}`);
  const hrefs = await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const paths = hrefs.map((href) => href.slice(href.indexOf("/en/") + 3).split("#")[0]);
  return [...new Set(paths.filter((path) => path.startsWith(to) && !/\/(compare|add)\b/.test(path)))];
}

/** One record of each kind, and what belongs to a practice. */
async function records() {
  const [practice, other] = await linked("/practices", "/practices/");
  const [id, second] = [practice, other].map((path) => path?.split(/[/?]/)[2]);
  const others = [];
  for (const kind of ["/mechanisms", "/documents", "/events"]) others.push(...(await linked(kind, `${kind}/`)).slice(0, 1));
  const ofPractice = id ? [practice, `/records/${id}/history`, `/records/${id}/verify`, `/practices/compare?id=${id}&id=${second}`] : [];
  return [...ofPractice, ...others];
}

/** Each step of the first draft, of the first own record, of an application and of a member, as far as there are any. */
async function ofStaff() {
  const steps = (paths, ends) => paths.slice(0, 1).flatMap((path) => ends.map((end) => path.split(/[/?]/).slice(0, 4).join("/") + end));
  return [
    ...steps(await linked("/workbench", "/workbench/drafts/"), ["", "/preview", "/review", "/publish", "/delete"]),
    ...steps(await linked("/workbench/records?kind=practice", "/workbench/records/"), ["/versions", "/withdraw", "/withdraw?step=confirm"]),
    ...steps(await linked("/desk/applications", "/desk/applications/"), [""]),
    ...steps(await linked("/desk", "/desk/members/"), [""]),
    ...(await linked("/admin", "/admin/hub?")).slice(0, 1),
  ];
}

if (values.name) await signIn(page, values.name, values.password);
const reading = wanted.length ? wanted : [...READING, ...(await records())];
const paths = wanted.length || !values.name ? reading : [...reading, ...STAFF, ...(await ofStaff())];
for (const way of values.way ?? WAYS) {
  const [language, width, colorScheme] = way.split(".");
  await page.setViewportSize({ width: Number(width), height: 900 });
  await page.emulateMedia({ colorScheme });
  for (const path of paths) {
    const answer = await page.goto(`${base}/${language}${path}`);
    const name = `${path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "").slice(0, 60) || "home"}.${way}.png`;
    // What a role may not see is no picture.
    if (answer.status() !== 403) await page.screenshot({ path: folder + name, fullPage: true });
    console.log(answer.status(), name);
  }
}
await browser.close();
