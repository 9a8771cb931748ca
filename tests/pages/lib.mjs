// A browser for the scripts of this folder: nothing but the hub is reached, and a check that fails is counted and told.
import { get } from "node:http";
import { chromium } from "playwright-core";

export const LANGUAGES = ["en", "ar", "zh", "fr", "ru", "es"];
export const [base, ...rest] = process.argv.slice(2);

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

let faults = 0;

/** A fresh browser. It may crash while it starts, before any page is asked for: that is tried again, twice. */
export async function launch() {
  const options = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS };
  for (let left = 2; left > 0; left -= 1) {
    try {
      return await chromium.launch(options);
    } catch (fault) {
      console.error("the browser did not start, once more:", fault.message.split("\n")[0]);
    }
  }
  return chromium.launch(options);
}

/** Tells a fault and goes on, so that one run tells all of them. */
export function check(is, ...words) {
  if (is) return;
  faults += 1;
  console.error("FAULT", ...words);
}

/** Runs a journey in a fresh browser; ends the program with 1 if a check failed. */
export async function run(journey) {
  const browser = await launch();
  try {
    await journey(browser);
  } catch (fault) {
    faults += 1;
    console.error("FAULT", fault);
  } finally {
    await browser.close();
  }
  process.exitCode = faults ? 1 : 0;
}

/** Does work for each item, so many at a time; what one throws is a fault of that item. */
export async function each(items, atOnce, work) {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
      await work(item).catch((fault) => check(false, JSON.stringify(item), fault));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** How many bytes an address sends, compressed. */
export function bytes(address) {
  return new Promise((done, failed) => {
    get(address, { headers: { "accept-encoding": "gzip", accept: "text/html,*/*" } }, (response) => {
      let count = 0;
      response.on("data", (piece) => (count += piece.length)).on("end", () => done(count));
    }).on("error", failed);
  });
}

/** A page whose console errors and requests to other hosts are faults. */
export async function open(context, path, { isRefused = false } = {}) {
  const page = await context.newPage();
  watch(page, () => ({ path, isRefused }));
  await page.goto(base + path);
  return page;
}

/** Counts as faults what a page tells on the console and what it asks of other hosts. The console tells of a status, too:
 *  not where a visit is meant to be refused. */
export function watch(page, visit) {
  const isMeant = (words) => visit().isRefused && words.includes("the server responded with a status of 4");
  page.on("console", (message) => message.type() === "error" && check(isMeant(message.text()), visit().path, message.text()));
  page.on("pageerror", (fault) => check(false, visit().path, fault.message));
  page.on("request", (request) => check(new URL(request.url()).origin === base, visit().path, "asks", request.url()));
}

/** Signs in by the form. */
export async function signIn(page, name, password) {
  await page.goto(`${base}/en/sign-in`);
  await page.fill("#name", name);
  await page.fill("#password", password);
  await Promise.all([page.waitForEvent("load"), page.press("#password", "Enter")]);
}
