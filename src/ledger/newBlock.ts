/** The bytes in which logs are read: memory of one size, which is what programs expect, of which less may be used. */

import { type LogBlock, programBytes, spareBytes } from '../agents/logBlock.ts';
import { blockBytes } from './tail.ts';

const pageBytes = 1 << 16;
/** Fewer are read line by line before a program for them is even compiled. */
const usualWorthBytes = 64 << 10;

export interface BlockOptions {
  /** Bytes that are used. */
  readonly size?: number;
  /** From so many bytes at hand on it is worth making a program that reads them. */
  readonly worthBytes?: number;
}

export function newBlock({ size = blockBytes, worthBytes = usualWorthBytes }: BlockOptions = {}): LogBlock {
  const memory = newMemory();
  const made = new Map<unknown, unknown>();
  const block: LogBlock = {
    memory,
    bytes: memory === null ? Buffer.alloc(size) : Buffer.from(memory.buffer, programBytes, size),
    once<Made>(make: (block: LogBlock) => Made, bytes: number): Made | null {
      if (!made.has(make)) {
        if (bytes < worthBytes) return null;
        made.set(make, make(block));
      }
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
