/** The bytes in which logs are read: memory of one size, which is what programs expect, of which less may be used. */

import { type LogBlock, programBytes, spareBytes } from '../agents/logBlock.ts';
import { blockBytes } from './tail.ts';

const pageBytes = 1 << 16;

export interface BlockOptions {
  /** Bytes that are used. */
  readonly size?: number;
  /** See {@link LogBlock.isEager}. */
  readonly isEager?: boolean;
}

export function newBlock({ size = blockBytes, isEager = false }: BlockOptions = {}): LogBlock {
  const memory = newMemory();
  const made = new Map<unknown, unknown>();
  const block: LogBlock = {
    memory,
    bytes: memory === null ? Buffer.alloc(size) : Buffer.from(memory.buffer, programBytes, size),
    isEager,
    once<Made>(make: (block: LogBlock) => Made): Made {
      if (!made.has(make)) made.set(make, make(block));
      return made.get(make) as Made;
    },
  };
  return block;
}

/** `null` where none is to be had: engines that compile nothing have no WebAssembly, and a limit of addresses is soon met. */
function newMemory(): WebAssembly.Memory | null {
  const pages = Math.ceil((programBytes + blockBytes + spareBytes) / pageBytes);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    return null;
  }
}
