/** An open editor beside an agent, from its parent's side. See `editorProgram.ts`. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EditorOptions } from './editorProgram.ts';

const program = fileURLToPath(new URL('./editorProgram.ts', import.meta.url));

export interface OpenEditor {
  close(): Promise<void>;
}

/** Resolves when it has read all logs that are there. */
export async function openEditor(
  options: EditorOptions,
  environment: Readonly<Record<string, string>>,
): Promise<OpenEditor> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const isReady = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => null)]);
  if (isReady === null) throw new Error('the editor has ended before it was ready');
  return {
    close: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
