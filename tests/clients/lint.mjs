// Lints the published schema with eslint.config.js; prints what is wrong and fails on anything at all.
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";

const root = fileURLToPath(new URL("../../", import.meta.url));
const eslint = new ESLint({ cwd: root, overrideConfigFile: `${root}tests/clients/eslint.config.js` });
const [result] = await eslint.lintFiles(["schema.graphql"]);
const rules = Object.keys((await eslint.calculateConfigForFile("schema.graphql")).rules);
for (const { ruleId, line, message } of result.messages) console.error(`${line}: ${ruleId}: ${message}`);
console.log(`${rules.length} rules, ${result.messages.length} complaints`);
process.exit(result.messages.length === 0 ? 0 : 1);
