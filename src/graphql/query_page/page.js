// The query page: editor with line numbers, variables, answer with status and time, examples. The query lives in the
// address (after #), so copying the address shares it; nothing is stored, and the token never leaves this page but in
// the Authorization header.
"use strict";

const EXAMPLES = [
  ["The newest practices", "{\n  practices(first: 5) {\n    totalCount\n    nodes {\n      id\n      title { text language }\n      country\n      themes { code label { text } }\n      provenance { origin { name } isStale }\n    }\n  }\n}", ""],
  ["Search practices on a theme", "query Search($words: String!, $filter: PracticeFilter) {\n  practices(search: $words, filter: $filter, first: 10) {\n    totalCount\n    edges {\n      node { id title { text } countryName { text } }\n    }\n    facets(fields: [THEME, COUNTRY]) {\n      field\n      buckets { value count }\n    }\n  }\n}", '{\n  "words": "recommendations",\n  "filter": { "countries": ["PT", "MA"] }\n}'],
  ["A country: its mechanism and practices", 'query Country($code: CountryCode!) {\n  mechanism(country: $code) {\n    id\n    name { text }\n    type { label { text } }\n    capacities { label { text } }\n    practices(first: 10) { nodes { id title { text } } }\n  }\n}', '{ "code": "PT" }'],
  ["The network now", "{\n  instances(first: 50) {\n    nodes {\n      name\n      role\n      country\n      entityId\n    }\n  }\n}", ""],
  ["What changed", "query Changes($after: String) {\n  changes(first: 20, after: $after) {\n    pageInfo { hasNextPage endCursor }\n    nodes { __typename }\n  }\n}", '{ "after": null }'],
  ["One record by its id, with its signed form", "query Record($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on Practice {\n      title { text }\n      provenance { revision signedAt keyId jws }\n    }\n  }\n}", '{ "id": "" }'],
];

const at = (id) => document.getElementById(id);
const [query, variables, operation, language, token] = ["query", "variables", "operation", "language", "token"].map(at);
const [numbers, answer, status, run, cancel] = ["numbers", "answer", "status", "run", "cancel"].map(at);
let running = null;

function headers() {
  const made = { "content-type": "application/json", accept: "application/graphql-response+json, application/json;q=0.9" };
  if (language.value.trim()) made["accept-language"] = language.value.trim();
  if (token.value.trim()) made.authorization = `Bearer ${token.value.trim()}`;
  return made;
}

async function send(body, signal) {
  return fetch("/graphql", { method: "POST", headers: headers(), body: JSON.stringify(body), credentials: "same-origin", signal });
}

function say(words, mood) {
  status.textContent = words;
  status.className = `hint ${mood ?? ""}`;
}

function readVariables() {
  const text = variables.value.trim();
  return text ? JSON.parse(text) : undefined;
}

async function ask() {
  let given;
  try {
    given = readVariables();
  } catch (error) {
    say(`The variables are no JSON: ${error.message}`, "bad");
    variables.focus();
    return;
  }
  running?.abort();
  const mine = new AbortController();
  running = mine;
  cancel.hidden = false;
  say("Asking …");
  const start = performance.now();
  try {
    const response = await send({ query: query.value, variables: given, operationName: operation.value.trim() || undefined }, mine.signal);
    const text = await response.text();
    const time = Math.round(performance.now() - start);
    show(response, text, time);
  } catch (error) {
    say(error.name === "AbortError" ? "Stopped" : `The hub cannot be reached: ${error.message}`, "bad");
  } finally {
    if (running === mine) {
      running = null;
      cancel.hidden = true;
    }
  }
}

function show(response, text, time) {
  let errors = 0;
  try {
    const read = JSON.parse(text);
    errors = read.errors?.length ?? 0;
    answer.textContent = JSON.stringify(read, null, 2);
  } catch {
    answer.textContent = text;
  }
  const size = new Intl.NumberFormat("en").format(new Blob([text]).size);
  const words = errors ? `${errors} ${errors === 1 ? "error" : "errors"}` : "no errors";
  say(`Status ${response.status}, ${words}, ${time} ms, ${size} bytes`, response.ok && !errors ? "good" : "bad");
}

function number() {
  const lines = query.value.split("\n").length;
  numbers.textContent = Array.from({ length: lines }, (_, line) => line + 1).join("\n");
  numbers.scrollTop = query.scrollTop;
}

// Enter keeps the indentation. Tab stays the way out of the field: the keyboard is not trapped.
function indent(event) {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  event.preventDefault();
  const before = query.value.slice(0, query.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const opened = /[{(\[]\s*$/.test(line) ? "  " : "";
  query.setRangeText(`\n${line.match(/^\s*/)[0]}${opened}`, query.selectionStart, query.selectionEnd, "end");
  number();
}

function put(text, values) {
  query.value = text;
  variables.value = values ?? "";
  operation.value = "";
  number();
}

function toAddress() {
  const kept = new URLSearchParams({ query: query.value });
  if (variables.value.trim()) kept.set("variables", variables.value);
  return `#${kept}`;
}

function fromAddress() {
  const kept = new URLSearchParams(location.hash.slice(1));
  if (!kept.get("query")) return false;
  put(kept.get("query"), kept.get("variables"));
  return true;
}

async function copy() {
  history.replaceState(null, "", toAddress());
  try {
    await navigator.clipboard.writeText(location.href);
    say("The address is copied");
  } catch {
    say("The address stands in the address bar now; copy it from there");
  }
}

const example = at("example");
EXAMPLES.forEach(([name], place) => example.add(new Option(name, place)));
example.addEventListener("change", () => {
  const chosen = EXAMPLES[example.value];
  if (chosen) put(chosen[1], chosen[2]);
});
query.addEventListener("input", number);
query.addEventListener("scroll", () => (numbers.scrollTop = query.scrollTop));
query.addEventListener("keydown", indent);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    ask();
  }
});
run.addEventListener("click", ask);
cancel.addEventListener("click", () => running?.abort());
at("copy").addEventListener("click", copy);
window.addEventListener("hashchange", fromAddress);
if (!fromAddress()) put(EXAMPLES[0][1], EXAMPLES[0][2]);

const browser = new SchemaBrowser(at("schema-body"), at("trail"), at("search"));
browser
  .load(async (text) => (await send({ query: text })).json())
  .catch((error) => at("schema-body").replaceChildren(`The schema cannot be read: ${error.message}`));
