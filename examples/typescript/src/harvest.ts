// A local copy of the records that follows the hub: everything once, then only what has changed.
import { HubError, type HubClient } from "./client.js";
import { graphql } from "./generated/gql.js";
import type { ChangesQuery } from "./generated/graphql.js";

const Changes = graphql(`
  query Changes($after: String, $filter: ChangeFilter) {
    changes(first: 100, after: $after, filter: $filter) {
      nodes {
        cursor
        type
        recordId
        record {
          id
          kind
          country
          updatedAt
          ... on Practice { title { text } }
          ... on Mechanism { name { text } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const RecordChanged = graphql(`
  subscription RecordChanged($since: String, $filter: ChangeFilter) {
    recordChanged(since: $since, filter: $filter) { cursor type recordId kind }
  }
`);

export type HarvestedRecord = NonNullable<ChangesQuery["changes"]["nodes"][number]["record"]>;

/** What a copy keeps: the records by id, and how far it has read. Write it to disk as it is. */
export interface Copy {
  cursor: string | null;
  records: Record<string, HarvestedRecord>;
}

/** Brings a copy up to date; gives the number of changes. A cursor that the hub does not know (another database stands
 *  behind the address) starts it from nothing. */
export async function harvest(hub: HubClient, copy: Copy): Promise<number> {
  let changed = 0;
  for (let more = true; more; ) {
    let page: ChangesQuery;
    try {
      page = await hub.ask(Changes, { after: copy.cursor });
    } catch (fault) {
      if (!(fault instanceof HubError && fault.code === "BAD_USER_INPUT" && copy.cursor)) throw fault;
      Object.assign(copy, { cursor: null, records: {} } satisfies Copy);
      continue;
    }
    for (const change of page.changes.nodes) {
      if (change.record) copy.records[change.recordId] = change.record;
      else delete copy.records[change.recordId];
      changed += 1;
    }
    copy.cursor = page.changes.pageInfo.endCursor ?? copy.cursor;
    more = page.changes.pageInfo.hasNextPage;
  }
  return changed;
}

/** Changes as they happen, first those since the cursor. After a broken connection go on with the last `cursor` seen. */
export async function* follow(hub: HubClient, since: string | null) {
  for await (const { recordChanged } of hub.subscribe(RecordChanged, { since })) yield recordChanged;
}
