// A ministry's supergraph over a hub: composes the hub's schema with that of a small subgraph of the ministry, puts a
// gateway in front of both, and asks it. Prints what came of each step as JSON. Nothing but the hub at the address
// given and the ministry's subgraph on loopback is contacted.
import { createServer } from "node:http";
import { composeServices } from "@apollo/composition";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";

process.env.APOLLO_TELEMETRY_DISABLED = "true";
const quiet = { debug() {}, info() {}, warn() {}, error: (message) => console.error(String(message)) };

const MINISTRY = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
  type Query {
    recentlyNoted: [Practice]!
    membersToCall: [Member!]!
    mechanismsToVisit: [Mechanism!]!
    node(id: ID!): Node @shareable
  }
  interface Node { id: ID! }
  type Practice implements Node @key(fields: "id") { id: ID!, ministryNotes: [String!]! }
  type Member implements Node @key(fields: "id") { id: ID!, telephone: String! }
  type Mechanism implements Node @key(fields: "id") { id: ID!, lastVisit: Int }
  type PageInfo @shareable { hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String }
`);

/** The ministry's subgraph, which knows nothing of a record but its id. */
async function ministry(known) {
  const note = ({ id }) => ({ __typename: "Practice", id, ministryNotes: [`seen ${id}`] });
  const member = ({ id }) => ({ __typename: "Member", id, telephone: "+1 555 0100" });
  const mechanism = ({ id }) => ({ __typename: "Mechanism", id, lastVisit: 2026 });
  const resolvers = {
    Query: {
      recentlyNoted: () => known.practices.map((id) => note({ id })),
      membersToCall: () => known.members.map((id) => member({ id })),
      mechanismsToVisit: () => known.mechanisms.map((id) => mechanism({ id })),
    },
    Practice: { __resolveReference: note },
    Member: { __resolveReference: member },
    Mechanism: { __resolveReference: mechanism },
  };
  const schema = buildSubgraphSchema({ typeDefs: MINISTRY, resolvers });
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { query, variables } = JSON.parse(body);
    const answer = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}/graphql` };
}

async function ask(url, query, variables) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return response.json();
}

const [, , hub, ...ids] = process.argv;
if (!hub) {
  console.error("usage: node gateway.mjs HUB_URL [PRACTICE_ID MEMBER_ID MECHANISM_ID UNKNOWN_ID]");
  process.exit(2);
}
const [practice, member, mechanism, unknown] = ids;
const { data } = await ask(hub, "{ _service { sdl } }");
const known = { practices: [practice, unknown], members: [member], mechanisms: [mechanism] };
const subgraph = await ministry(known);
const composed = composeServices([
  { name: "hub", typeDefs: parse(data._service.sdl), url: hub },
  { name: "ministry", typeDefs: MINISTRY, url: subgraph.url },
]);
const report = {
  errors: (composed.errors ?? []).map((error) => error.message),
  hints: (composed.hints ?? []).map((hint) => `${hint.definition.code}: ${hint.message}`),
};
if (composed.supergraphSdl) {
  const gateway = new ApolloGateway({ supergraphSdl: composed.supergraphSdl, logger: quiet });
  const server = new ApolloServer({ gateway, logger: quiet, nodeEnv: "test" });
  await server.start();
  const run = async (query) => {
    const answer = await server.executeOperation({ query });
    return answer.body.singleResult;
  };
  report.fromHub = await run(`{
    practices(filter: { countries: ["MA"] }, first: 2) {
      totalCount nodes { id title(language: "en") { text } ministryNotes }
      pageInfo { hasNextPage }
    }
  }`);
  report.fromMinistry = await run(`{
    recentlyNoted { id ministryNotes title(language: "en") { text } country history(first: 1) { number } }
    membersToCall { telephone countryName(language: "en") { text } }
    mechanismsToVisit { lastVisit name(language: "en") { text } type { code } }
  }`);
  report.node = await run(`{ node(id: "${practice}") { id ... on Practice { title(language: "en") { text } } } }`);
  await server.stop();
}
subgraph.server.close();
console.log(JSON.stringify(report, null, 1));
