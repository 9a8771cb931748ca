// nmirf-hub-example URL list [COUNTRY] | search WORDS | harvest FILE | follow [CURSOR [COUNT]]
import { readFile, writeFile } from "node:fs/promises";
import { HubClient, HubError } from "./client.js";
import { follow, harvest, type Copy } from "./harvest.js";
import { marked, practices, search } from "./practices.js";

const [, , url = "http://127.0.0.1:4000/graphql", command = "list", ...rest] = process.argv;
const hub = new HubClient(url, process.env["HUB_LANGUAGE"] ?? "en");

async function main(): Promise<void> {
  switch (command) {
    case "list": {
      const filter = rest[0] ? { countries: [rest[0]] } : {};
      for await (const { country, title, themes } of practices(hub, filter)) {
        console.log(`${country}  ${title.text}  (${themes.map((theme) => theme.label.text).join(", ")})`);
      }
      break;
    }
    case "search": {
      const found = await search(hub, rest.join(" "));
      console.log(`${found.totalCount} practices`);
      for (const { node, highlights } of found.edges) {
        console.log(`${node.country}  ${node.title.text}`);
        for (const { field, text, ranges } of highlights) console.log(`    ${field}: ${marked(text, ranges)}`);
      }
      break;
    }
    case "harvest": {
      const file = rest[0] ?? "copy.json";
      const copy: Copy = await readFile(file, "utf8").then(JSON.parse, () => ({ cursor: null, records: {} }));
      const changed = await harvest(hub, copy);
      await writeFile(file, JSON.stringify(copy, null, 1));
      console.log(`${changed} changes, ${Object.keys(copy.records).length} records`);
      break;
    }
    case "follow": {
      const [since = null, count = "0"] = rest;
      let left = Number(count) || Infinity;
      for await (const { type, kind, recordId, cursor } of follow(hub, since)) {
        console.log(`${type}  ${kind}  ${recordId}  ${cursor}`);
        if (--left === 0) break;
      }
      break;
    }
    default:
      throw new Error("Say list, search, harvest or follow after the address.");
  }
}

main().catch((fault: unknown) => {
  console.error(fault instanceof HubError ? `${fault.code}: ${fault.message}` : fault);
  process.exitCode = 1;
});
