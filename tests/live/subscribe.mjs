// Runs one operation with the client that programs use, and says line by line what comes of it, as JSON. A line "stop" on
// standard input ends the operation as a program would; at the end of the input the process ends without a goodbye.
import { createInterface } from "node:readline";
import { createClient as createEvents } from "graphql-sse";
import { createClient as createSocket } from "graphql-ws";
import WebSocket from "ws";

const { transport, base, query, variables, token, origin, cookie, method } = JSON.parse(process.argv[2]);
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
const asHeaders = token ? { authorization: `Bearer ${token}` } : {};

// A page's own headers, which only a browser sets.
class FromPage extends WebSocket {
  constructor(address, protocols) {
    super(address, protocols, { headers: { ...(origin && { origin }), ...(cookie && { cookie }) } });
  }
}

function client() {
  if (transport === "ws") {
    return createSocket({
      url: `${base.replace("http", "ws")}/graphql/ws`,
      webSocketImpl: FromPage,
      connectionParams: token ? { Authorization: `Bearer ${token}` } : undefined,
      retryAttempts: 0,
      on: { closed: ({ code, reason }) => say({ closed: code, reason }) },
    });
  }
  const address = `${base}/graphql`;
  if (method !== "GET") return createEvents({ url: address, headers: asHeaders, retryAttempts: 0 });
  // What EventSource does: everything stands in the address.
  const inAddress = (_, { headers, body, signal }) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(JSON.parse(body))) {
      parameters.set(name, typeof value === "string" ? value : JSON.stringify(value));
    }
    const { accept, ...rest } = headers;
    return fetch(`${address}?${parameters}`, { headers: { ...asHeaders, accept: "text/event-stream" }, signal });
  };
  return createEvents({ url: address, retryAttempts: 0, fetchFn: inAddress });
}

const stop = client().subscribe(
  { query, variables },
  {
    next: (answer) => say({ next: answer }),
    error: (error) => say({ error: describe(error) }),
    complete: () => say({ complete: true }),
  },
);

function describe(error) {
  if (Array.isArray(error)) return error;
  if (typeof error?.code === "number") return { code: error.code, reason: error.reason };
  if (error?.response) return { status: error.response.status };
  return { message: String(error?.message ?? error) };
}

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => line === "stop" && stop());
lines.on("close", () => process.exit(0));
