/** Files beside a log, which its reader asks for by name. */

import { closeSync, fstatSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDocument } from './document.ts';
import { withoutWaiting } from './fileBytes.ts';

/** A larger file is not worth what it costs to look into it each time that the log has changed. */
const mostBytes = 64 << 20;
const blockBytes = 256 << 10;

/** @param path from the folder of the log, with `/` between its parts */
export function textBeside(logPath: string, path: string): string | null {
  try {
    const fd = openSync(join(dirname(logPath), path), withoutWaiting);
    try {
      return textOf(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}

function textOf(fd: number): string | null {
  const stats = fstatSync(fd);
  if (!stats.isFile() || stats.size > mostBytes) return null;
  const { document } = readDocument(fd, Buffer.allocUnsafe(blockBytes));
  return document === null || document === 'oversized' ? null : document.text();
}
