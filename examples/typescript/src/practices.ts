// Lists: page through, and search.
import type { HubClient } from "./client.js";
import { graphql } from "./generated/gql.js";
import type { ListPracticesQuery, PracticeFilter } from "./generated/graphql.js";

const ListPractices = graphql(`
  query ListPractices($filter: PracticeFilter, $first: Int!, $after: String) {
    practices(filter: $filter, first: $first, after: $after) {
      nodes {
        id
        country
        title { text language }
        themes { code label { text } }
        updatedAt
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type ListedPractice = ListPracticesQuery["practices"]["nodes"][number];

/** All practices that pass a filter, newest first, page by page; stop when you have enough. */
export async function* practices(hub: HubClient, filter: PracticeFilter = {}, pageSize = 50): AsyncGenerator<ListedPractice> {
  let after: string | null = null;
  do {
    const page: ListPracticesQuery = await hub.ask(ListPractices, { filter, first: pageSize, after });
    yield* page.practices.nodes;
    after = page.practices.pageInfo.hasNextPage ? (page.practices.pageInfo.endCursor ?? null) : null;
  } while (after);
}

const SearchPractices = graphql(`
  query SearchPractices($words: String!, $first: Int!) {
    practices(search: $words, first: $first) {
      totalCount
      edges {
        node { id country title { text } }
        highlights { field text ranges { start end } }
      }
      facets(fields: [COUNTRY, THEME]) {
        field
        buckets { value label { text } count }
      }
    }
  }
`);

/** The best hits for some words, and how all hits spread over countries and themes. */
export async function search(hub: HubClient, words: string, first = 10) {
  return (await hub.ask(SearchPractices, { words, first })).practices;
}

/** A text with what was found in brackets. Ranges count UTF-16 units, as JavaScript does. */
export function marked(text: string, ranges: readonly { start: number; end: number }[]): string {
  let result = "";
  let done = 0;
  for (const { start, end } of ranges) {
    result += `${text.slice(done, start)}[${text.slice(start, end)}]`;
    done = end;
  }
  return result + text.slice(done);
}
