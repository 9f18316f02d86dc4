/** A home that keeps its scanner at work: a ledger of a million receipts, and a session whose log never stands still. */

import { randomUUID } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ledgerFile } from '../../../src/ledger/moveAside.ts';
import { ledgerOnce } from '../../bench/millionReceipts.ts';
import { dataFolderIn } from '../../contract/guardHome.ts';

export interface Crowd {
  /** Far from their limits, and long to be summed up. */
  readonly budgets: readonly object[];
  begin(): void;
  end(): void;
}

const everyMs = 50;

export async function makeCrowd(home: string): Promise<Crowd> {
  const dataFolder = dataFolderIn(home);
  mkdirSync(dataFolder, { recursive: true });
  copyFileSync(await ledgerOnce(), join(dataFolder, ledgerFile));
  const session = randomUUID();
  const log = join(home, '.claude', 'projects', '-crowd', `${session}.jsonl`);
  mkdirSync(dirname(log), { recursive: true });
  const append = () => appendFileSync(log, `${cheapReply(session)}\n`);
  append();
  let timer: NodeJS.Timeout | undefined;
  return {
    budgets: [
      { per: 'day', limit: 1_000_000 },
      { per: 'month', limit: 1_000_000, unit: 'paid' },
      { per: 'week', limit: 1_000_000_000_000, unit: 'tokens' },
    ],
    begin: () => {
      timer = setInterval(append, everyMs);
    },
    end: () => clearInterval(timer),
  };
}

/** A response of Claude Code that costs next to nothing. */
function cheapReply(sessionId: string): string {
  const id = randomUUID();
  return JSON.stringify({
    parentUuid: null,
    isSidechain: false,
    cwd: '/home/ann/crowd',
    sessionId,
    type: 'assistant',
    uuid: id,
    timestamp: new Date().toISOString(),
    requestId: `req_${id}`,
    message: {
      model: 'claude-haiku-4-5-20251001',
      id: `msg_${id}`,
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'On and on. '.repeat(20) }],
      stop_reason: 'end_turn',
      usage: {
        input_tokens: 4,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 1,
      },
    },
  });
}
