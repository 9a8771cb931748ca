// Asks a hub through Apollo's client with automatic persisted queries, and prints in which form each request went out. The
// second client does not know what the first one sent, and finds it known.
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";

const uri = process.argv[2];
const text = gql`
  query Persisted {
    practices(first: 1) {
      totalCount
      nodes {
        id
      }
    }
  }
`;

function client(useGETForHashedQueries) {
  const forms = [];
  const watching = (address, options) => {
    const sent = options.body ?? decodeURIComponent(address);
    forms.push(/"query":|[?&]query=/.test(sent) ? "text" : "hash");
    return fetch(address, options);
  };
  const sha256 = (query) => createHash("sha256").update(query).digest("hex");
  const link = ApolloLink.from([
    new PersistedQueryLink({ sha256, useGETForHashedQueries }),
    new HttpLink({ uri, fetch: watching }),
  ]);
  return { forms, apollo: new ApolloClient({ link, cache: new InMemoryCache() }) };
}

for (const [name, byGet] of [["post", false], ["get", true]]) {
  const { forms, apollo } = client(byGet);
  for (let round = 0; round < 2; round += 1) {
    const { data } = await apollo.query({ query: text, fetchPolicy: "no-cache" });
    if (data.practices.totalCount !== 1) throw new Error(`another answer: ${JSON.stringify(data)}`);
  }
  console.log(`${name}: ${forms.join(", ")}`);
}
