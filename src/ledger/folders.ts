/** What the ledger has taken, and refused, from each folder with logs. */

import type { RefusalReason } from '../domain/refusal.ts';
import type { Database } from './database.ts';
import { type Root, rootState } from './discover.ts';
import type { LogFolder } from './views.ts';

type Counts = Pick<LogFolder, 'files' | 'refused'>;

export function logFolders(db: Database, roots: readonly Root[]): readonly LogFolder[] {
  const counts = countsByRoot(db);
  return roots.map((root) => ({
    agent: root.reader.agent,
    path: root.path,
    watched: root.watched,
    isForeign: root.isForeign,
    state: rootState(root),
    ...(counts.get(identity(root.reader.agent, root.realPath)) ?? nothing),
  }));
}

const nothing: Counts = { files: 0, refused: {} };

function identity(agent: string, path: string): string {
  return `${agent}\0${path}`;
}

interface Place {
  readonly agent: string;
  readonly root: string;
}

interface Refusal extends Place {
  readonly reason: RefusalReason;
  readonly count: number;
}

interface Taken extends Place {
  readonly files: number;
  readonly unreadable: number;
}

function countsByRoot(db: Database): ReadonlyMap<string, Counts> {
  const refused = new Map<string, Counts['refused']>();
  for (const { agent, root, reason, count } of db.all<Refusal>(selectRefusals)) {
    const place = identity(agent, root);
    refused.set(place, { ...refused.get(place), [reason]: count });
  }
  return new Map(
    db.all<Taken>(selectSources).map(({ agent, root, files, unreadable }) => {
      const place = identity(agent, root);
      const more = unreadable === 0 ? {} : { unreadable };
      return [place, { files, refused: { ...refused.get(place), ...more } }];
    }),
  );
}

const selectSources = `
  SELECT agent, root, sum(file_id <> '') AS files, sum(is_unreadable) AS unreadable
  FROM source GROUP BY agent, root`;

const selectRefusals = `
  SELECT agent, root, reason, sum(count) AS count FROM refusal JOIN source ON source.id = refusal.source
  GROUP BY agent, root, reason ORDER BY reason`;
