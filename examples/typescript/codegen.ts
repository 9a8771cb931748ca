import type { CodegenConfig } from "@graphql-codegen/cli";

// The checked-in schema of the hub; the address of a running one (https://…/graphql) does as well.
const schema = process.env["HUB_SCHEMA"] ?? "../../schema.graphql";

const config: CodegenConfig = {
  schema,
  documents: ["src/**/*.ts", "!src/generated/**"],
  emitLegacyCommonJSImports: false,
  generates: {
    "src/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        // Documents are plain texts: no parser in the bundle.
        documentMode: "string",
        enumsAsTypes: true,
        useTypeImports: true,
        // What a scalar is in JSON. A new scalar stops the generation instead of becoming `any`.
        strictScalars: true,
        scalars: {
          CountryCode: "string",
          Date: "string",
          DateTime: "string",
          Duration: "string",
          LanguageTag: "string",
          PartialDate: "string",
          URL: "string",
        },
      },
    },
  },
};

export default config;
