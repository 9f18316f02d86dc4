/** How long VS Code itself says that we took to start, beside extensions of its own that it starts with. */

import { setTimeout as pause } from 'node:timers/promises';
import { installForWorkbench } from '../harness/packagedExtension.ts';
import { runNpm } from '../harness/program.ts';
import { openWorkbench } from '../ui/driver.ts';
import { compare, type Figure, type Part } from './figure.ts';

const rounds = 5;
const ours = 'tokenburn.token-burn';
const peers = ['vscode.git', 'vscode.github', 'vscode.emmet'];
/** For the extensions that start once the window stands. */
const settleMs = 5_000;

/** Milliseconds. */
interface Start {
  readonly load: number;
  readonly activate: number;
}

type Starts = ReadonlyMap<string, Start>;

export const activation: Part = {
  name: 'activation',
  async run() {
    await runNpm(['run', '--silent', 'build:tests']);
    await installForWorkbench();
    const seen: Starts[] = [];
    for (let round = 0; round < rounds; round++) seen.push(await readStarts());
    return [
      ...toFigures('activation', seen, ({ activate }) => activate),
      ...toFigures('activation-with-loading', seen, ({ load, activate }) => load + activate),
    ];
  },
};

function toFigures(name: string, seen: readonly Starts[], value: (start: Start) => number): Figure[] {
  const timesOf = (extension: string) =>
    seen.flatMap((starts) => starts.get(extension) ?? []).map((start) => value(start));
  const theirs = peers.map((peer) => [peer, timesOf(peer)] as const).filter(([, times]) => times.length > 0);
  return compare(name, 'ms', timesOf(ours), Object.fromEntries(theirs));
}

/** A row of the table that VS Code makes: extension, whether it is eager, loading, calling `activate`, … */
const row = /^\| ([\w-]+\.[\w-]+) +\| \w+ +\| (\d+) +\| (\d+) +\|/;

/** What *Developer: Startup Performance* tells, by the extension's id. */
async function readStarts(): Promise<Starts> {
  const { ui, close } = await openWorkbench({ isWhole: true });
  try {
    // High enough for all lines: an editor only makes those that it shows.
    await ui.page.setViewportSize({ width: 1_400, height: 4_000 });
    await pause(settleMs);
    await ui.runCommand('Developer: Startup Performance');
    const lines = ui.page.locator('.view-line');
    await lines.filter({ hasText: ours }).first().waitFor();
    const texts = (await lines.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '));
    return new Map(texts.flatMap((text) => toStart(row.exec(text))));
  } finally {
    await close();
  }
}

function toStart(match: RegExpExecArray | null): [string, Start][] {
  if (match?.[1] === undefined) return [];
  return [[match[1], { load: Number(match[2]), activate: Number(match[3]) }]];
}
