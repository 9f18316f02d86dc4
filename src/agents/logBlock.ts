/** Bytes of a log where programs of WebAssembly can see them. */

/** Memory in which the bytes lie behind room for such a program. */
export interface LogBlock {
  /** `null` where there is none that programs can see: the bytes lie elsewhere then. */
  readonly memory: WebAssembly.Memory | null;
  /** The bytes, which begin at {@link programBytes} of the memory. */
  readonly bytes: Buffer;
  /** Programs are wanted at once, however little there is to read. */
  readonly isEager: boolean;
  /** What a function makes for the block, which it makes once. */
  once<Made>(make: (block: LogBlock) => Made): Made;
}

/** Bytes of memory that are a program's own. */
export const programBytes = 253_952;

/** Bytes behind those of the log that may be read, whatever they are: programs look at many at once. */
export const spareBytes = 64;

/** Complete lines with their breaks, between two offsets in the bytes of a block. */
export interface BlockLines {
  readonly block: LogBlock;
  readonly start: number;
  readonly end: number;
  /** Offset in its log of the byte at which the block begins. */
  readonly position: number;
}
