// What hostile requests cost a running hub, and what they do to everybody else. By hand, on a release build:
//
//   nmirf-hub --config hub.toml --set listen.trusted_proxies=1 serve &
//   node tests/exposure/hostile.mjs http://127.0.0.1:4000/graphql $!
//
// trusted_proxies lets each request here come from another address (X-Forwarded-For), so that the rate does not hide the
// cost. First the CPU of the server for each kind of hostile request, from /proc/PID/stat. Then the latency of a normal
// client: quiet; while such requests come from everywhere, PACE a second; and while one address sends as many as it can.
// Environment: REPEAT (200 requests of each kind), PACE (200), SECONDS (10). Exit 1 when one costs 50 ms or more, or is
// answered as if nothing were wrong.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { isMainThread, Worker, workerData } from "node:worker_threads";

const [url, pid] = isMainThread ? process.argv.slice(2) : [workerData.url];
const repeat = Number(process.env.REPEAT ?? 200);
const pace = Number(process.env.PACE ?? 200);
const seconds = Number(process.env.SECONDS ?? 10);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const query = (text, variables) => JSON.stringify({ query: text, variables });
const many = (count, make) => Array.from({ length: count }, (_, place) => make(place)).join("");
const spreads = (count, last) =>
  `{ ...F0 } ${many(count, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} } `)} fragment F${count} on Query { ${last} }`;
const lists = (depth) => "practices(first: 100) { nodes { mechanism { ".repeat(depth) + "id" + " } } }".repeat(depth);
const hostile = {
  "doubling fragments": query(spreads(20, "__typename")),
  "99 fragments, doubling": query(spreads(99, "practices { totalCount }")),
  "500 fragments": query(spreads(500, "__typename")),
  "fragments in a circle": query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
  "10,000 levels": query("{a".repeat(10_000) + "}".repeat(10_000)),
  "lists in lists": query(`{ ${lists(3)} }`),
  "lists in lists, 9 deep": query(`{ ${lists(9)} }`),
  "3,000 aliases": query(`{ ${many(3000, (n) => `a${n}:__typename `)} }`),
  "1,600 directives": query(`{ __typename ${"@skip(if: false) ".repeat(1600)} }`),
  "99 directives on 60 fields": query(`{ ${many(60, () => `__typename ${"@include(if: true) ".repeat(20)}`)} }`),
  "1,000 unused variables": query(`query(${many(1000, (n) => `$v${n}:Int `)}) { __typename }`),
  "20,000 unused variables": query(`query(${many(20_000, (n) => `$v${n}:Int `)}) { __typename }`),
  "a search of 10,000 characters": query(`{ practices(search: "${"ab ".repeat(3334)}") { totalCount } }`),
  "the same as a variable": query("query($s: String) { practices(search: $s) { totalCount } }", { s: "é".repeat(10_000) }),
  "a list of 20,000 values": query("{ __typename }", { v: Array(20_000).fill(1) }),
  "4,000 ids": query(`{ nodes(ids: [${'"x",'.repeat(4000)}]) { id } }`),
  "two lists of 4,900 facets": query(`query($f: [PracticeDimension!]!) { ${many(2, (n) => `a${n}: practices(first: 1) { facets(fields: $f) { field } } `)} }`, { f: Array(4900).fill("COUNTRY") }),
  "tables of two dimensions, eight": query(`{ statistics { ${many(8, (n) => `a${n}: practices(groupBy: [COUNTRY, YEAR]) { count } `)} } }`),
  "JSON without a floor": `{"query":"{__typename}","variables":{"v":${"[".repeat(50_000)}`,
  "a batch of 1,000": `[${Array(1000).fill(query("{ __typename }")).join(",")}]`,
  "no UTF-8": Buffer.concat([Buffer.from('{"query":"{ '), Buffer.alloc(30_000, 0xff), Buffer.from(' }"}')]),
  "a number of 30,000 digits": query(`{ practices(first: ${"9".repeat(30_000)}) { totalCount } }`),
  "fields that are not there": query(`{ ${many(49, (n) => `a${n}: nothing${n} `)} }`),
  "10 MiB": "x".repeat(10 << 20),
};
// What a guest may ask, as dear as it gets: it is answered, and costs what its limits allow.
const dear = query(`{ ${many(3, (n) => `a${n}: practices(first: 100, search: "a") { nodes { title { text } summary { text } themes { label { text } } } } `)} }`);

function send(body, address) {
  return new Promise((done, failed) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body), "x-forwarded-for": address };
    const sent = request(url, { method: "POST", agent, headers }, (answer) => {
      const pieces = [];
      answer.on("data", (piece) => pieces.push(piece));
      answer.on("end", () => done({ status: answer.statusCode, text: Buffer.concat(pieces).toString() }));
      answer.on("error", failed);
    });
    sent.on("error", failed);
    sent.end(body);
  });
}

let place = 0;
function anywhere() {
  place += 1;
  return `10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`;
}

// Jiffies are hundredths of a second on every Linux that a hub runs on.
function cpu() {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const quantile = (times, share) => times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];

async function costs() {
  let bad = 0;
  for (const [name, body] of [...Object.entries(hostile), ["(answered: dear)", dear]]) {
    const times = name === "10 MiB" ? Math.min(repeat, 20) : repeat;
    const first = await send(body, anywhere());
    const code = /"code":"([A-Z_]+)"/.exec(first.text)?.[1] ?? "none";
    const before = cpu();
    for (let round = 0; round < times; round += 1) await send(body, anywhere());
    const each = (cpu() - before) / times;
    const wrong = each >= 50 || (code === "none" && !name.startsWith("("));
    bad += wrong ? 1 : 0;
    console.log(`${each.toFixed(2).padStart(8)} ms  ${first.status}  ${code.padEnd(18)} ${name}${wrong ? "  !" : ""}`);
  }
  return bad;
}

const normal = (round) =>
  query("query($first: Int) { practices(first: $first) { totalCount nodes { id title { text } country } } }", { first: 1 + (round % 20) });

async function latency() {
  const [times, end] = [[], performance.now() + seconds * 1000];
  for (let round = 0; performance.now() < end; round += 1) {
    const begun = performance.now();
    const answer = await send(normal(round), anywhere());
    if (answer.status !== 200) throw new Error(`a normal client got ${answer.status}: ${answer.text.slice(0, 200)}`);
    times.push(performance.now() - begun);
    await new Promise((later) => setTimeout(later, 2));
  }
  return times;
}

async function flooded(kind) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { url, kind, pace } });
  await new Promise((ready) => worker.once("online", ready));
  await new Promise((later) => setTimeout(later, 500));
  const times = await latency();
  await worker.terminate();
  return times;
}

async function flood() {
  const bodies = Object.entries(hostile).filter(([name]) => name !== "10 MiB").map(([, body]) => body);
  const everywhere = workerData.kind === "everywhere";
  let sent = 0;
  const one = async () => {
    sent += 1;
    await send(bodies[sent % bodies.length], everywhere ? anywhere() : "192.0.2.66").catch(() => {});
  };
  if (everywhere) {
    setInterval(() => void one(), 1000 / workerData.pace);
  } else {
    for (let line = 0; line < 16; line += 1) void (async () => { for (;;) await one(); })();
  }
}

if (!isMainThread) {
  await flood();
} else if (!url || !pid) {
  console.error("usage: node hostile.mjs URL PID");
  process.exit(2);
} else {
  const bad = await costs();
  await latency();
  const quiet = await latency();
  const [median, tail] = [quantile(quiet, 0.5), quantile(quiet, 0.99)];
  console.log(`quiet: ${quiet.length} answers, median ${median.toFixed(2)} ms, p99 ${tail.toFixed(2)} ms`);
  for (const [kind, words] of [["everywhere", `${pace} a second from everywhere`], ["one", "as many as one address can"]]) {
    const times = await flooded(kind);
    const under = quantile(times, 0.99);
    console.log(`${words}: ${times.length} answers, median ${quantile(times, 0.5).toFixed(2)} ms, p99 ${under.toFixed(2)} ms, ${(under / tail).toFixed(2)} times the quiet one`);
  }
  agent.destroy();
  process.exit(bad === 0 ? 0 : 1);
}
