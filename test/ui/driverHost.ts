/** Asks the extension host of a workbench under test. */

import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Address, QuestionName, Questions } from './questions/questions.ts';

const answerLimitMs = 30_000;
const startLimitMs = 30_000;

export type Ask = <Name extends QuestionName>(
  name: Name,
  ask: Questions[Name]['ask'],
) => Promise<Questions[Name]['answer']>;

/** The asking side; its first question waits until the host has started. */
export function hostAt(addressFile: string): Ask {
  return async (name, ask) => {
    const { port, token } = await addressIn(addressFile);
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { authorization: token },
      body: JSON.stringify({ name, ask }),
      signal: AbortSignal.timeout(answerLimitMs),
    });
    const said = (await response.json()) as { answer: never } | { error: string };
    if ('error' in said) throw new Error(`${name}: ${said.error}`);
    return said.answer;
  };
}

async function addressIn(file: string): Promise<Address> {
  const deadline = Date.now() + startLimitMs;
  for (;;) {
    try {
      return JSON.parse(await readFile(file, 'utf8'));
    } catch (error) {
      if (Date.now() > deadline) throw new Error('the extension host did not start', { cause: error });
      await pause(50);
    }
  }
}
