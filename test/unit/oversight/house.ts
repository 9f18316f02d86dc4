/** A ledger with budgets over it, in which an output token costs a pico-dollar. */

import { parseBudgets } from '../../../src/budgets/parseBudgets.ts';
import type { Budget, Standing } from '../../../src/domain/budget.ts';
import { parseDollars } from '../../../src/domain/money.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { newestRoots } from '../../../src/ledger/roots.ts';
import type { Around } from '../../../src/oversight/around.ts';
import { loadBudgets, storeBudgets } from '../../../src/oversight/budgetsInForce.ts';
import { standingsOf } from '../../../src/oversight/standings.ts';
import type { FakeLine } from '../ledger/fakeReader.ts';
import { World } from '../ledger/world.ts';

export const hourMs = 3_600_000;
export const minuteMs = 60_000;

/** A Wednesday, at noon UTC. */
export const noonMs = Date.UTC(2026, 3, 15, 12);

/** A millionth of a dollar, the least that a setting can name. */
export const micro = Number(parseDollars('0.000001'));

export class House {
  readonly world = new World();
  readonly db: Database = this.world.open();
  nowMs = noonMs;
  calendar = { timeZone: 'UTC', weekStart: 1 };
  accounts: Around['accounts'] = {};
  #count = 0;

  get around(): Around {
    return { nowMs: this.nowMs, calendar: this.calendar, accounts: this.accounts };
  }

  /** Puts budgets in force as a setting has them. */
  budgets(...entries: readonly object[]): readonly Budget[] {
    const { budgets, wrong } = parseBudgets(entries, { project: null, homeFolder: '/home/me' });
    if (wrong.length > 0) throw new Error(`wrong budgets: ${JSON.stringify(wrong)}`);
    storeBudgets(this.db, 'user', budgets, this.nowMs);
    return loadBudgets(this.db);
  }

  async read(...lines: readonly FakeLine[]): Promise<void> {
    await this.world.read(this.db, lines);
  }

  /** One response that costs so many millionths of a dollar, now or when it is said. */
  async spend(session: string, micros: number, facts: Partial<FakeLine> = {}): Promise<void> {
    const tokens = { output: micros * micro };
    await this.read({ id: `response ${this.#count++}`, session, at: this.nowMs, tokens, ...facts });
  }

  standings(): readonly Standing[] {
    return standingsOf(this.db, loadBudgets(this.db), this.around, newestRoots(this.db, 1_000));
  }

  /** What each budget over a time, and that of each session, counts, in millionths of a dollar. */
  spent(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      this.standings().map((standing) => [nameOf(standing), Number(standing.spent) / micro]),
    );
  }

  dispose(): void {
    this.world.dispose();
  }
}

export function nameOf({ budget: { span }, session }: Standing): string {
  if (session !== null) return session.key;
  if (span.kind === 'rolling') return `${span.hours}h`;
  return span.kind === 'calendar' ? span.unit : 'session';
}
