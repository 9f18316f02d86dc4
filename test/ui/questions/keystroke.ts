/** How long a keystroke takes to show in the estimate, as the extension host sees it. */

import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { commands, workspace } from 'vscode';
import type { WindowState } from '../../../src/extension.ts';

const limitMs = 10_000;

/** Milliseconds from the edit to the estimate's changed words. */
export async function typeCharacter(character: string, state: WindowState): Promise<number> {
  const before = state.estimateLabel();
  const edited = nextEdit();
  await commands.executeCommand('type', { text: character });
  const editedMs = await edited;
  return (await changed(state, before)) - editedMs;
}

function nextEdit(): Promise<number> {
  return new Promise((resolve) => {
    const listener = workspace.onDidChangeTextDocument(({ contentChanges }) => {
      if (contentChanges.length === 0) return;
      listener.dispose();
      resolve(performance.now());
    });
  });
}

async function changed(state: WindowState, before: string | undefined): Promise<number> {
  const deadline = performance.now() + limitMs;
  while (state.estimateLabel() === before) {
    if (performance.now() > deadline) throw new Error(`the estimate stays at ${before}`);
    await pause(1);
  }
  return performance.now();
}
