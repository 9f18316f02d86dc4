/** How long a keystroke takes to show in the estimate, as the extension host sees it. */

import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { commands, workspace } from 'vscode';
import type { WindowState } from '../../../src/extension.ts';

const limitMs = 10_000;

/** Milliseconds from the edit on. */
export interface Keystroke {
  /** Until the estimate says something else. */
  readonly shownMs: number;
  /** Until a timer that was due at once: how long the host was busy with the edit, whoever kept it. */
  readonly hostMs: number;
}

export async function typeCharacter(character: string, state: WindowState): Promise<Keystroke> {
  await commands.executeCommand('workbench.action.focusActiveEditorGroup');
  const before = state.estimateLabel();
  const edited = nextEdit();
  await commands.executeCommand('type', { text: character });
  const { atMs, hostMs } = await edited;
  return { shownMs: (await changed(state, before)) - atMs, hostMs: await hostMs };
}

interface Edit {
  readonly atMs: number;
  readonly hostMs: Promise<number>;
}

function nextEdit(): Promise<Edit> {
  return new Promise((resolve) => {
    const listener = workspace.onDidChangeTextDocument(({ contentChanges }) => {
      if (contentChanges.length === 0) return;
      listener.dispose();
      const atMs = performance.now();
      resolve({ atMs, hostMs: pause(0).then(() => performance.now() - atMs) });
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
