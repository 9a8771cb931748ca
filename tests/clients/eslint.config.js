// The rules of schema-recommended and relay for the published schema, each exception with its reason. Everything else
// must pass, warnings included (the test counts them).
import { fileURLToPath } from "node:url";
import graphql from "@graphql-eslint/eslint-plugin";

const schema = fileURLToPath(new URL("../../schema.graphql", import.meta.url));

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema } } },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // Only what `node` finds has an id of its own; edges, pages, payloads, counts and values (a text, a term, a source)
      // are never fetched or kept by id, and one made up for them would promise that they could be.
      "@graphql-eslint/strict-id-in-types": "off",
      "@graphql-eslint/relay-edge-types": [
        "error",
        {
          // Besides `edges` each connection has the short form `nodes`, and small closed lists (terms, sources) need no cursors.
          listTypeCanWrapOnlyEdgeType: false,
          // A change in `changes` is no thing with an id: it has a cursor, and names its record.
          shouldImplementNode: false,
        },
      ],
    },
  },
];
