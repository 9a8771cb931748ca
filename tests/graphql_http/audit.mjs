// Runs the GraphQL-over-HTTP audit against the URL given as argument, with the token given after it. Exit 0 only when every
// audit is ok: warnings and notices count as failures, and so does an audit that is missing.
import { serverAudits } from "graphql-http";

const EXPECTED = 61;

const [url, token] = process.argv.slice(2);
if (!url) {
  console.error("usage: node audit.mjs URL [TOKEN]");
  process.exit(2);
}

const failures = [];
// A header of its own in each request: what the audit sends is otherwise as it is.
const signedIn = (address, options = {}) =>
  fetch(address, { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } });
const audits = serverAudits({ url, fetchFn: token ? signedIn : fetch });
if (audits.length !== EXPECTED) failures.push(`${audits.length} audits instead of ${EXPECTED}`);
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== "ok") failures.push(`${audit.id} ${result.status}: ${audit.name}: ${result.reason}`);
}
for (const failure of failures) console.error(failure);
console.log(`${audits.length} audits, ${failures.length} failures`);
process.exit(failures.length === 0 ? 0 : 1);
