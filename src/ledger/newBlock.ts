/** The bytes in which logs are read: memory of one size, which is what programs expect, of which less may be used. */

import { type LogBlock, programBytes, spareBytes } from '../agents/logBlock.ts';
import { blockBytes } from './tail.ts';

const pageBytes = 1 << 16;

export function newBlock(size = blockBytes): LogBlock {
  const pages = Math.ceil((programBytes + blockBytes + spareBytes) / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const made = new Map<unknown, unknown>();
  const block: LogBlock = {
    memory,
    bytes: Buffer.from(memory.buffer, programBytes, size),
    once<Made>(make: (block: LogBlock) => Made): Made {
      if (!made.has(make)) made.set(make, make(block));
      return made.get(make) as Made;
    },
  };
  return block;
}
