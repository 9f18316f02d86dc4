/** The rows of the sessions view: days, sessions with their facts, and sub-agents below. */

import type { TotalsByAccount } from '../../domain/account.ts';
import type { PlanReading } from '../../domain/planReading.ts';
import type { SessionNode } from '../../ledger/views.ts';
import type { SessionsPage } from '../../workers/ledgerProtocol.ts';
import { type Day, dayOf } from '../days.ts';
import { type RowId, type RowPlace, type Rows, topLevel, toRows } from '../rows/rows.ts';
import { type Fact, factsOf } from './sessionFacts.ts';

export type Row = RowPlace &
  (
    | {
        readonly kind: 'day';
        readonly day: Day;
        /** What all sessions burned on the day; told of today alone. */
        readonly spent: TotalsByAccount | null;
      }
    | { readonly kind: 'session'; readonly session: SessionNode }
    | { readonly kind: 'fact'; readonly fact: Fact }
    | { readonly kind: 'plans'; readonly plan: readonly PlanReading[] }
    | { readonly kind: 'plan'; readonly reading: PlanReading }
    | { readonly kind: 'older'; readonly hidden: number }
    | { readonly kind: 'refused'; readonly records: number }
  );

export type SessionRows = Rows<Row>;

/** What the rows are made of. */
export interface RowSource {
  readonly page: SessionsPage;
  /** What was burned today, which is not the sum of today's sessions: one may have begun yesterday. `null` of samples. */
  readonly today: TotalsByAccount | null;
  /** Records of the logs that no reader could take. */
  readonly refused: number;
}

const days: readonly Day[] = ['today', 'yesterday', 'earlier'];

export function buildRows({ page, today, refused }: RowSource, nowMs: number): SessionRows {
  const rows: Row[] = [];
  addPlans(rows, page.plan);
  for (const day of days) addDay(rows, day, page.sessions, day === 'today' ? today : null, nowMs);
  const hidden = page.totalSessions - page.sessions.length;
  if (hidden > 0) rows.push({ kind: 'older', id: 'older', ...topLevel, hidden });
  if (refused > 0) rows.push({ kind: 'refused', id: 'refused', ...topLevel, records: refused });
  return toRows(rows);
}

export function sessionRowId({ agent, key }: Pick<SessionNode, 'agent' | 'key'>): RowId {
  return `session:${agent}:${key}`;
}

function addPlans(rows: Row[], plan: readonly PlanReading[]): void {
  if (plan.length === 0) return;
  const readings = plan.map((reading): Row => {
    const id = `plan:${reading.agent}:${reading.window}`;
    return { kind: 'plan', id, parent: 'plans', children: [], reading };
  });
  const children = readings.map(({ id }) => id);
  rows.push({ kind: 'plans', id: 'plans', parent: undefined, children, plan }, ...readings);
}

function addDay(
  rows: Row[],
  day: Day,
  sessions: readonly SessionNode[],
  spent: TotalsByAccount | null,
  nowMs: number,
): void {
  const ofDay = sessions.filter((session) => dayOf(session.lastMs, nowMs) === day);
  if (ofDay.length === 0) return;
  const id = `day:${day}`;
  const children = ofDay.map((session) => addSession(rows, session, id));
  rows.push({ kind: 'day', id, parent: undefined, children, day, spent });
}

function addSession(rows: Row[], session: SessionNode, parent: RowId): RowId {
  const id = sessionRowId(session);
  const facts = factsOf(session, parent.startsWith('day:')).map((fact): Row => {
    return { kind: 'fact', id: `${id}#${fact.kind}`, parent: id, children: [], fact };
  });
  rows.push(...facts);
  const subAgents = session.subAgents.map((subAgent) => addSession(rows, subAgent, id));
  rows.push({
    kind: 'session',
    id,
    parent,
    children: [...facts.map((row) => row.id), ...subAgents],
    session,
  });
  return id;
}
