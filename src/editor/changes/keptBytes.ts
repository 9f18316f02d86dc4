/** What a file of another program was before a change and after it, to give back every byte where nobody has changed it since. */

import { readFile, rm, writeFile } from 'node:fs/promises';

/** Settings may hold keys: copies of them are for nobody else. */
export const ofUserAlone = { mode: 0o600 };

/** @param stem path of the two copies, without their endings */
export async function keepBytes(stem: string, before: string | null, after: string): Promise<void> {
  await writeFile(beforeAt(stem), before ?? '', ofUserAlone);
  await writeFile(afterAt(stem), after, ofUserAlone);
}

/** The text before the change, empty where there was no file; `null` where the text is not that after it any more. */
export async function bytesBefore(stem: string, text: string): Promise<string | null> {
  const [before, after] = await Promise.all([readText(beforeAt(stem)), readText(afterAt(stem))]);
  return before !== null && text === after ? before : null;
}

export async function forgetBytes(stem: string): Promise<void> {
  for (const path of [beforeAt(stem), afterAt(stem)]) await rm(path, { force: true });
}

/** `null` where there is no such text. */
export async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

function beforeAt(stem: string): string {
  return `${stem}.before`;
}

function afterAt(stem: string): string {
  return `${stem}.after`;
}
