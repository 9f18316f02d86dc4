/** The logs of an agent as our reader takes them, line by line, for imitations to read along. */

import { createReadStream, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogParser, Reader, Sink } from '../../src/agents/reader.ts';
import type { Receipt } from '../../src/domain/receipt.ts';
import { type FoundLog, resolveRoots, toRelative, walk } from '../../src/ledger/discover.ts';
import { toLogLine } from '../contract/byteLine.ts';
import type { Imitation, SeenLine } from './imitation.ts';

/** Has each imitation read all logs of the reader's agent in `home`. What cannot be read is passed over. */
export async function readAlong(
  home: string,
  reader: Reader,
  imitations: readonly Imitation[],
): Promise<void> {
  for (const log of await findLogs(home, reader)) {
    try {
      await readLog(home, log, imitations);
    } catch {
      // The ledger counts it as unreadable, and other programs pass over it like this.
    }
  }
}

async function findLogs(home: string, reader: Reader): Promise<readonly FoundLog[]> {
  const machine = { platform: process.platform, homeFolder: home, environment: {}, userFolders: [] };
  const roots = await resolveRoots(reader.roots(machine).map((root) => ({ ...root, reader })));
  const logs: FoundLog[] = [];
  for (const root of roots) {
    for await (const finding of walk(root)) if (finding.kind === 'log') logs.push(finding.log);
  }
  return logs.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function readLog(home: string, log: FoundLog, imitations: readonly Imitation[]): Promise<void> {
  const { reader } = log.root;
  const path = toRelative(log.root, log.path);
  if (log.format.kind !== 'lines') return;
  const parser = log.format.open({ relativePath: path });
  const folder = relative(home, log.root.path).split(sep).join('/');
  const seen = { agent: reader.agent, root: folder, path, modifiedMs: statSync(log.path).mtimeMs };
  const takers = imitations.map((imitation) => imitation.open(seen));
  const input = createReadStream(log.path, 'utf8');
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text === '') continue;
    const line = seenBy(parser, text);
    for (const take of takers) take(line);
  }
}

/** A line with what our parser, which has read those before it, makes of it. */
export function seenBy(parser: LogParser, text: string): SeenLine {
  const heard = new Heard();
  parser.read(toLogLine(Buffer.from(text)), heard);
  return { text, receipts: heard.receipts, isRefused: heard.isRefused };
}

class Heard implements Sink {
  readonly receipts: Receipt[] = [];
  isRefused = false;

  receipt(receipt: Receipt): void {
    this.receipts.push(receipt);
  }

  session(): void {}

  toolCall(): void {}

  plan(): void {}

  refuse(): void {
    this.isRefused = true;
  }
}
