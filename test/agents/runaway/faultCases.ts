/**
 * What must not keep an agent from its work, with the budget spent all the same: the guard allows what it cannot know, and
 * the doctor says why.
 */

import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardFiles } from '../../../src/guard/guardFolder.ts';
import { sqlite } from '../../unit/ledger/world.ts';
import { LoopbackModel } from '../model/loopbackModel.ts';
import { type Outcome, runInside, type Sandbox } from '../sandbox.ts';
import { scenario, type Turn } from '../scenario.ts';
import { type InstalledGuard, installGuard } from './installedGuard.ts';
import type { RunawayAgent } from './runawayAgents.ts';
import type { CaseResult, RunawayCase } from './runawayCase.ts';
import { costOfCalls, runawayScript } from './runawayModel.ts';
import { shortReach } from './runawayTrial.ts';

interface Fault {
  readonly name: string;
  /** What the doctor must say. */
  readonly says: RegExp;
  /** Brings it about. @returns what takes it away again, so that the doctor can be asked */
  bringAbout(guard: InstalledGuard, sandbox: Sandbox, sessionKey: string): (() => void) | undefined;
  /** Fields of the budget that it needs. */
  readonly budget?: object;
  /** It keeps the guard from seeing what was spent: nothing is spent before. */
  readonly isBeforeSpending?: true;
}

const faults: readonly Fault[] = [
  { name: 'ledger-locked', says: /another process kept the ledger to itself/, bringAbout: lockLedger },
  {
    name: 'ledger-damaged',
    says: /the ledger is damaged/,
    bringAbout: (guard) => {
      removeLedger(guard);
      writeFileSync(guard.ledger, 'This is no database, and was never one. '.repeat(200));
      return undefined;
    },
  },
  {
    name: 'ledger-missing',
    says: /the ledger is not there/,
    bringAbout: (guard) => {
      removeLedger(guard);
      return undefined;
    },
  },
  {
    name: 'runtime-gone',
    says: /nothing was there to run the guard with/,
    bringAbout: ({ folder }) => {
      const file = join(folder, guardFiles.runtime);
      writeFileSync(file, '/gone/with/an/update\n');
      return () => writeFileSync(file, `${process.execPath}\n`);
    },
  },
  {
    name: 'clock-went-back',
    says: /the clock went back/,
    budget: { per: 'day' },
    bringAbout: ({ folder }) => {
      const tomorrow = Date.now() / 1_000 + 86_400;
      utimesSync(join(folder, guardFiles.now), tomorrow, tomorrow);
      return undefined;
    },
  },
  {
    name: 'huge-log',
    says: /the log held more than could be read in time/,
    isBeforeSpending: true,
    bringAbout: (_guard, { home, project }, sessionKey) => {
      const place = project.replaceAll(/\W/g, '-');
      writeHugeLog(join(home, '.claude', 'projects', place, sessionKey, 'subagents'));
      return undefined;
    },
  },
];

function lockLedger({ ledger }: InstalledGuard): () => void {
  const db = new (sqlite().DatabaseSync)(ledger);
  // Readers of a database with a write-ahead log wait for nobody, unless one has it for itself.
  db.exec(
    'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (id); DROP TABLE held; COMMIT',
  );
  return () => db.close();
}

function removeLedger({ ledger }: InstalledGuard): void {
  for (const end of ['', '-wal', '-shm']) rmSync(ledger + end, { force: true });
}

const gigabyte = 1 << 30;

/** The log of a sub-agent, which is the session's: the agent itself need not read it to go on. */
function writeHugeLog(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const lines = '{"type":"user","message":{"role":"user","content":"nothing to count"}}\n'.repeat(15_000);
  const path = join(folder, 'agent-huge.jsonl');
  for (let written = 0; written < gigabyte; written += lines.length) appendFileSync(path, lines);
}

export const faultCases: readonly RunawayCase[] = faults.map((fault) => ({
  name: fault.name,
  play: (agent, sandbox) => playFault(fault, agent, sandbox),
}));

const turnLimitMs = 120_000;

async function playFault(
  fault: Fault,
  { agent, model: modelName }: RunawayAgent,
  sandbox: Sandbox,
): Promise<CaseResult> {
  const { script, calm } = runawayScript();
  const { limit: calls, most: maxCalls } = shortReach;
  const limit = { calls, money: costOfCalls(modelName, calls) };
  const model = await LoopbackModel.start({ script, maxCalls, lifeMs: 3 * turnLimitMs });
  const run = (prompt: string, sessionKey?: string) => {
    const session = sessionKey === undefined ? 'new' : 'resumed';
    const turn: Turn = { prompt, session, model: modelName };
    return runInside(sandbox, agent.command({ turn, modelUrl: model.url, sessionKey }), turnLimitMs);
  };
  try {
    await agent.prepare?.(
      sandbox,
      scenario(fault.name, () => script),
      model.url,
    );
    const guard = await installGuard(sandbox, agent.agent, limit, fault.budget);
    if (fault.isBeforeSpending) calm();
    const sessionKey = agent.sessionKeyOf(await run('Begin')) ?? '';
    const before = model.served.length;
    const mend = fault.bringAbout(guard, sandbox, sessionKey);
    calm();
    const outcome = await run('Go on', sessionKey).finally(mend);
    const doctor = await guard.doctor();
    return {
      deviations: [
        ...checkWork(outcome, model.served.length - before),
        ...(fault.says.test(doctor) ? [] : [`the doctor does not say it: ${doctor}`]),
      ],
    };
  } finally {
    model.stop();
  }
}

function checkWork({ exitCode, isTimedOut, stdout, stderr }: Outcome, calls: number): string[] {
  if (exitCode === 0 && !isTimedOut && calls === 2) return [];
  const said = (stdout + stderr).slice(-300);
  return [`the agent was kept from its work: ${calls} calls of 2, ended with ${exitCode}: ${said}`];
}
