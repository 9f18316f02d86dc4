/** Counts one file, or says why it is left out; reads it only where the cache does not know it. */

import { createHash, hash } from 'node:crypto';
import type { Count, Encoding } from '../estimator/encoding.ts';
import type { SafeCuts } from '../estimator/safeCuts.ts';
import { type Charset, charsetOf } from './charset.ts';
import type { CountCache } from './countCache.ts';
import { type Disk, isDiskError, isSameStamp, type OpenFile, type Stamp } from './disk.ts';
import { isMedia } from './media.ts';
import { StreamCounter } from './streamCounter.ts';
import type { SkipReason } from './tokenTree.ts';

/** What a count works with. One count at a time may use the buffer. */
export interface CountTools {
  readonly disk: Disk;
  readonly cache: CountCache;
  /** Names the counts in the cache: that of the encoding, and of the version of what else decides about them. */
  readonly encodingKey: string;
  /** Loads it when it is first needed. */
  encoding(): Encoding;
  readonly cuts: SafeCuts;
  /** Files that fit are read at once, larger ones a buffer at a time. */
  readonly buffer: Uint8Array;
}

export type FileOutcome = Count | SkipReason;

/** Nobody sends a larger file to a model. */
export const largestBytes = 100 * 2 ** 20;

export const bufferBytes = 2 ** 20;

/** Yields between the parts of a large file. What cannot be read is said to be so. */
export function* countFile(path: string, tools: CountTools): Generator<undefined, FileOutcome> {
  if (isMedia(path)) return 'binary';
  try {
    const stamp = tools.disk.stamp(path);
    if (stamp.size > largestBytes) return 'tooLarge';
    return tools.cache.ofFile(path, stamp, tools.encodingKey) ?? (yield* read(path, stamp, tools));
  } catch (error) {
    if (isDiskError(error)) return 'unreadable';
    throw error;
  }
}

function* read(path: string, stamp: Stamp, tools: CountTools): Generator<undefined, FileOutcome> {
  const file = tools.disk.open(path);
  if (file === null) return 'special';
  try {
    const content = yield* countContent(file, tools);
    if (typeof content === 'string') return content;
    const { digest, outcome } = content;
    if (isSameStamp(stamp, file.stamp())) tools.cache.keepFile(path, stamp, digest);
    return outcome;
  } finally {
    file.close();
  }
}

interface Content {
  /** `null` of what is binary: it is known by its stamp alone. */
  readonly digest: Uint8Array | null;
  readonly outcome: Count | 'binary';
}

function* countContent(file: OpenFile, tools: CountTools): Generator<undefined, Content | 'tooLarge'> {
  const { buffer } = tools;
  const start = buffer.subarray(0, file.read(buffer));
  const charset = charsetOf(start);
  if (charset === null) return { digest: null, outcome: 'binary' };
  if (start.length === buffer.length) return yield* countParts(file, start, charset, tools);
  return countWhole(start, charset, tools);
}

const algorithm = 'sha1';

function countWhole(bytes: Uint8Array, charset: Charset, tools: CountTools): Content {
  const digest = hash(algorithm, bytes, 'buffer');
  const known = tools.cache.ofContent(digest, tools.encodingKey);
  if (known !== undefined) return { digest, outcome: known };
  const outcome = tools.encoding().count(new TextDecoder(charset).decode(bytes));
  tools.cache.keepCount(digest, tools.encodingKey, outcome);
  return { digest, outcome };
}

function* countParts(
  file: OpenFile,
  start: Uint8Array,
  charset: Charset,
  { buffer, cache, cuts, encoding, encodingKey }: CountTools,
): Generator<undefined, Content | 'tooLarge'> {
  const digesting = createHash(algorithm);
  const decoder = new TextDecoder(charset);
  const counter = new StreamCounter(encoding(), cuts);
  let bytesRead = 0;
  for (let part = start; part.length > 0; part = buffer.subarray(0, file.read(buffer))) {
    bytesRead += part.length;
    if (bytesRead > largestBytes) return 'tooLarge';
    digesting.update(part);
    counter.add(decoder.decode(part, { stream: true }));
    yield;
  }
  counter.add(decoder.decode());
  const outcome = counter.end();
  const digest = digesting.digest();
  cache.keepCount(digest, encodingKey, outcome);
  return { digest, outcome };
}
