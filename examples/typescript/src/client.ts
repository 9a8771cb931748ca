// A client of a hub in one screen: a typed document goes in, its data comes out, a refusal is thrown with its code.
import { createClient } from "graphql-sse";
import type { TypedDocumentString } from "./generated/graphql.js";

/** An error of the hub; `code` is one of those in docs/GRAPHQL.md, Errors. */
export class HubError extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Longest pause that is kept when the hub asks for one, in milliseconds. */
const LONGEST_PAUSE = 60_000;

export class HubClient {
  /** `language`: what texts are wanted in, as in `Accept-Language`. */
  constructor(
    readonly url: string,
    readonly language = "en",
  ) {}

  /** Asks once; waits and asks again when the hub says that it is asked too often. */
  async ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(this.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/graphql-response+json, application/json",
          "accept-language": this.language,
        },
        body: JSON.stringify({ query: document.toString(), variables }),
      });
      if ((response.status === 429 || response.status === 503) && attempt < 4) {
        const seconds = Number(response.headers.get("retry-after")) || 2 ** attempt;
        await new Promise((resolve) => setTimeout(resolve, Math.min(seconds * 1000, LONGEST_PAUSE)));
        continue;
      }
      const { data, errors } = (await response.json()) as Answer<Data>;
      const first = errors?.[0];
      if (first) throw new HubError(first.message, first.extensions?.code ?? "INTERNAL");
      if (!data) throw new HubError(`The hub answered ${response.status} without data.`, "INTERNAL");
      return data;
    }
  }

  /** Events of a subscription, over one connection (Server-Sent Events). Leaving the loop ends it. */
  async *subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): AsyncGenerator<Data> {
    const client = createClient({ url: this.url, headers: { "accept-language": this.language } });
    try {
      for await (const { data, errors } of client.iterate<Data>({ query: document.toString(), variables })) {
        const first = errors?.[0];
        if (first) throw new HubError(first.message, String(first.extensions?.["code"] ?? "INTERNAL"));
        if (data) yield data;
      }
    } finally {
      client.dispose();
    }
  }
}
