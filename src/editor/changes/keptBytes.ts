/** What a file of another program was before a change and after it, to give back every byte where nobody has changed it since. */

import { readFile, rm, writeFile } from 'node:fs/promises';

/** Settings may hold keys: copies of them are for nobody else. */
export const ofUserAlone = { mode: 0o600 };

/** A text as it was; `null` where there was no file. */
export interface Former {
  readonly text: string | null;
}

/** @param stem path of what is kept, without the endings */
export async function keepBytes(stem: string, before: string | null, after: string): Promise<void> {
  await forgetBytes(stem);
  const [ending, text] = before === null ? [endings.absent, ''] : [endings.before, before];
  await writeFile(`${stem}${ending}`, text, ofUserAlone);
  await writeFile(`${stem}${endings.after}`, after, ofUserAlone);
}

/** What was there before the change; `null` where the text is not that after it any more, or nothing was kept. */
export async function bytesBefore(stem: string, text: string): Promise<Former | null> {
  if (text !== (await readText(`${stem}${endings.after}`))) return null;
  const before = await readText(`${stem}${endings.before}`);
  const isNew = (await readText(`${stem}${endings.absent}`)) !== null;
  return before !== null || isNew ? { text: before } : null;
}

export async function forgetBytes(stem: string): Promise<void> {
  for (const ending of Object.values(endings)) await rm(`${stem}${ending}`, { force: true });
}

/** `null` where there is no such text. */
export async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

const endings = { before: '.before', absent: '.absent', after: '.after' } as const;
