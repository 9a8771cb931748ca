// Checks the signed form of a record in the reader's own browser, step by step, and says in words what it compared. It
// trusts nothing of this hub's page but the addresses: the keys come from the register, whose own signature is checked
// against the chain of the coordinator's keys.
"use strict";

const list = document.getElementById("steps");
const verdict = document.getElementById("verdict");
const bytes = new TextEncoder();

const fromBase64url = (text) => {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Error("not base64url");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
};
const toBase64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const sha256 = async (text) => toBase64url(await crypto.subtle.digest("SHA-256", bytes.encode(text)));
const firstHalf = (hash) => toBase64url(fromBase64url(hash).slice(0, 16));

/** The name of a key: the hash of its public part (RFC 7638). */
const thumbprint = (x) => sha256(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`);

/** A compact JWS taken apart; only the exact form of the protocol passes. */
function read(jws, type) {
  const parts = jws.trim().split(".");
  if (parts.length !== 3) throw new Error("not three parts");
  const decode = (part) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(fromBase64url(part)));
  const header = decode(parts[0]);
  if (Object.keys(header).sort().join() !== "alg,kid,typ") throw new Error("the header is not exactly alg, kid, typ");
  if (header.alg !== "EdDSA" || header.typ !== type) throw new Error(`alg ${header.alg}, typ ${header.typ}`);
  return { kid: header.kid, claims: decode(parts[1]), signed: `${parts[0]}.${parts[1]}`, signature: fromBase64url(parts[2]) };
}

async function isSignedBy(statement, x) {
  const key = await crypto.subtle.importKey("raw", fromBase64url(x), { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, key, statement.signature, bytes.encode(statement.signed));
}

/** The listed keys by the name that is computed, never believed. */
async function byName(keys) {
  const named = new Map();
  for (const { kty, crv, x, status } of keys) {
    if (kty === "OKP" && crv === "Ed25519") named.set(await thumbprint(x), { x, status: status ?? "current" });
  }
  return named;
}

async function text(address) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

/** The coordinator's keys: each link of the chain is signed by a key that is current in the link before. */
async function coordinator() {
  const { links } = JSON.parse(await text(list.dataset.anchor));
  const all = new Map();
  let before = null;
  for (const jws of links) {
    const link = read(jws, "nmirf-anchor+jwt");
    const own = await byName(link.claims.keys);
    const signer = (before ?? own).get(link.kid);
    if (!signer || signer.status !== "current" || !(await isSignedBy(link, signer.x))) throw new Error(`link ${link.claims.num}`);
    all.set(link.claims.iss, own);
    before = own;
  }
  if (!before) throw new Error("no link");
  return all;
}

/** The keys that are listed for the origin, and who listed them. */
async function listed(origin) {
  const { member, pinned, coordinator: isCoordinator } = list.dataset;
  if (pinned !== undefined) {
    const keys = pinned.split(",").filter(Boolean).map((key) => key.split(" "));
    return [await byName(keys.map(([x, status]) => ({ kty: "OKP", crv: "Ed25519", x, status }))), "pinned by this hub"];
  }
  const anchors = await coordinator();
  if (isCoordinator) {
    const keys = anchors.get(origin);
    if (!keys) throw new Error(`${origin} is not in the chain`);
    return [keys, "anchor"];
  }
  const entry = read(await text(member), "nmirf-revision+jwt");
  const signer = anchors.get(entry.claims.iss)?.get(entry.kid);
  if (!signer || !(await isSignedBy(entry, signer.x))) throw new Error("the register's record of this member");
  if (entry.claims.act !== "put" || entry.claims.body.entityId !== origin) throw new Error(`entityId ${entry.claims.body?.entityId}`);
  return [await byName(entry.claims.body.keys), `${entry.claims.sub}, rev ${entry.claims.rev}, key ${entry.kid}`];
}

const demand = (is, words) => {
  if (!is) throw new Error(words);
  return words;
};

/** What is compared in each step; gives the line for engineers, or throws with it. */
const STEPS = {
  async fetched(found) {
    found.jws = (await text(list.dataset.jws)).trim();
    found.record = read(found.jws, "nmirf-revision+jwt");
    const { iss, sub, rev } = found.record.claims;
    return demand(iss === list.dataset.origin && String(rev) === list.dataset.revision, `iss ${iss}, sub ${sub}, rev ${rev}`);
  },
  async digest(found) {
    const digest = await sha256(found.jws);
    return demand(digest === list.dataset.digest, `SHA-256 ${digest}`);
  },
  async address(found) {
    const { iss, sub } = found.record.claims;
    const key = firstHalf(await sha256(`${list.dataset.coordinator ? "coordinator" : iss}\n${sub}`));
    return demand(key === list.dataset.key, key);
  },
  async register(found) {
    [found.keys, found.listing] = await listed(found.record.claims.iss);
    return found.listing;
  },
  async key(found) {
    const key = found.keys.get(found.record.kid);
    found.key = key;
    return demand(key !== undefined, key ? `${found.record.kid} (${key.status})` : found.record.kid);
  },
  async signature(found) {
    return demand(await isSignedBy(found.record, found.key.x), `Ed25519, x ${found.key.x}`);
  },
  async text(found) {
    const { body } = found.record.claims;
    const title = (body.title ?? body.name)?.[list.dataset.language];
    return demand((await sha256(title ?? "")) === list.dataset.title, `SHA-256 ${list.dataset.title}`);
  },
};

function say(step, is, line) {
  const item = list.querySelector(`[data-step="${step}"]`);
  item.classList.toggle("now", is);
  item.dataset.result = is ? "right" : "wrong";
  item.querySelector(".result").textContent = is ? item.dataset.right : item.dataset.wrong;
  item.querySelector("code").textContent = line;
  item.querySelector(".quiet").hidden = false;
}

function conclude(how) {
  verdict.className = { right: "note good", wrong: "note bad", unable: "note warn" }[how];
  verdict.dataset.result = how;
  verdict.textContent = verdict.dataset[how];
  verdict.hidden = false;
}

async function canVerify() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/** One fault ends it: what comes after would rest on it. */
async function verify() {
  if (!(await canVerify())) return conclude("unable");
  const found = {};
  for (const [step, compare] of Object.entries(STEPS)) {
    try {
      say(step, true, await compare(found));
    } catch (fault) {
      say(step, false, fault.message);
      return conclude("wrong");
    }
  }
  return conclude("right");
}

verify();
