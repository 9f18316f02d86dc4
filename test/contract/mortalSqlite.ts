/** SQLite as its process might meet it: at the statement of a number, the process is killed. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Sqlite } from '../../src/storage/sqlite.ts';

/** @param diesAt number of the statement before which this process kills itself; it lives on without */
export function mortal(sqlite: Sqlite, diesAt?: number): { readonly module: Sqlite; count(): number } {
  let statements = 0;
  const tick = () => {
    statements++;
    if (statements === diesAt) process.kill(process.pid, 'SIGKILL');
  };
  class MortalDatabase extends sqlite.DatabaseSync implements DatabaseSync {
    override exec(sql: string): void {
      tick();
      super.exec(sql);
    }

    override prepare(sql: string): StatementSync {
      return ticking(super.prepare(sql), tick);
    }
  }
  return { module: { ...sqlite, DatabaseSync: MortalDatabase }, count: () => statements };
}

function ticking(statement: StatementSync, tick: () => void): StatementSync {
  return new Proxy(statement, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...values: readonly unknown[]) => {
        tick();
        return Reflect.apply(member, target, values);
      };
    },
  });
}
