/** What an invented developer's agents did lately, for pictures: see {@link writeHistory}. */

import { toolUse, usage } from '../fixtures/claude-code/records.ts';
import { ClaudeLog, type LogOptions, writeCodexLog } from '../host/agentLogs.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The dollars to hold the sessions against: one is over them, with two sub-agents, and one is near. */
export const historyBudget = 2;

/** The title of the session over its budget. */
export const dearestSession = 'Vector harbour maps';

/** Title of the session that is at work. */
export const runningSession = 'Tide forecast API';

export async function writeHistory(home: string): Promise<void> {
  await writeDearest({ home, cwd: '/home/ann/harbour-maps', ageMs: 6 * minuteMs });
  await writeRunning({ home, cwd: '/home/ann/tides' });
  await writeNear({ home, cwd: '/home/ann/logbook', ageMs: 50 * minuteMs });
  await writeCodexLog({
    threadId: '0198f000-0000-7000-8000-0000000000a1',
    home,
    cwd: '/home/ann/tides',
    ageMs: 26 * hourMs,
    prompt: 'Round heights once',
    model: 'gpt-5.5',
    used: [182_400, 150_300, 6_200, 2_100],
  });
}

async function writeDearest(options: LogOptions): Promise<void> {
  const opus = { model: 'claude-opus-5-5' };
  const log = new ClaudeLog('5c0de000-0000-4000-8000-0000000000b1', options);
  await log.begin(dearestSession);
  await log.answer(usage(900, 64_000, 0, 5_200), opus);
  const explorer = await log.startSubAgent('a1', 'Explore', 'Find tile code', options);
  await explorer.begin('Find tile code');
  await explorer.answer(usage(600, 41_000, 220_000, 7_400), { model: 'claude-haiku-5-5' });
  const tester = await log.startSubAgent('a2', 'general-purpose', 'Draw test tiles', options);
  await tester.begin('Draw test tiles');
  await tester.answer(usage(700, 58_000, 310_000, 21_000), { model: 'claude-sonnet-5-5' });
  await log.answer(usage(1_200, 72_000, 940_000, 38_600), opus);
}

async function writeRunning(options: LogOptions): Promise<void> {
  const log = new ClaudeLog('5c0de000-0000-4000-8000-0000000000b2', options);
  await log.begin(runningSession);
  const editing = toolUse('toolu_edit', 'Edit', { file_path: 'src/forecast.ts' });
  await log.answer(usage(400, 38_000, 96_000, 9_100), { model: 'claude-sonnet-5-5', ...editing });
}

async function writeNear(options: LogOptions): Promise<void> {
  const log = new ClaudeLog('5c0de000-0000-4000-8000-0000000000b3', options);
  await log.begin('Logbook import');
  await log.answer(usage(1_500, 120_000, 640_000, 42_000), { model: 'claude-opus-5-5' });
}
