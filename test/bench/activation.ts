/** How long VS Code itself says that our activation took, beside extensions of its own that it starts with. */

import { setTimeout as pause } from 'node:timers/promises';
import { installForWorkbench } from '../harness/packagedExtension.ts';
import { runNpm } from '../harness/program.ts';
import { openWorkbench } from '../ui/driver.ts';
import { compare, type Part } from './figure.ts';

const rounds = 3;
const peers = ['Git', 'GitHub', 'Emmet', 'Merge Conflict'];
/** For the extensions that start once the window stands. */
const settleMs = 5_000;

type Times = ReadonlyMap<string, number>;

export const activation: Part = {
  name: 'activation',
  async run() {
    await runNpm(['run', '--silent', 'build:tests']);
    await installForWorkbench();
    const seen: Times[] = [];
    for (let round = 0; round < rounds; round++) seen.push(await activationTimes());
    const timesOf = (name: string) => seen.flatMap((times) => times.get(name) ?? []);
    const theirs = peers
      .map((name) => [name, timesOf(name)] as const)
      .filter(([, times]) => times.length > 0);
    return compare(activation.name, 'ms', timesOf('Token Burn'), Object.fromEntries(theirs));
  },
};

/** Loading and activating, in milliseconds, by the extension's name. */
async function activationTimes(): Promise<Times> {
  const { ui, close } = await openWorkbench();
  try {
    // High enough for all rows: the list only makes those that it shows.
    await ui.page.setViewportSize({ width: 1280, height: 2_400 });
    await pause(settleMs);
    await ui.runCommand('Developer: Show Running Extensions');
    const rows = ui.page.getByRole('listitem').filter({ hasText: /Activation: \d+ms/ });
    await rows.filter({ hasText: 'Token Burn' }).waitFor();
    const texts = await rows.allInnerTexts();
    return new Map(texts.map((text) => [text.split('\n')[0] ?? '', Number(/(\d+)ms/.exec(text)?.[1])]));
  } finally {
    await close();
  }
}
