/** Decompresses files, where the runtime can: Node 22.15 was the first to know Zstandard. */

import { readSync } from 'node:fs';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';

/** Decompressed bytes that come at a time, about. */
const pieceBytes = 256 << 10;
/** Compressed bytes that are read at a time. */
const readBytes = 64 << 10;

export function canDecompress(): boolean {
  return typeof zlib.createZstdDecompress === 'function';
}

/**
 * The content of a file from its start, piece by piece: no more is read and decompressed than is taken. The iteration
 * throws where the file is damaged or ends too early; the descriptor stays open.
 */
export function decompressed(fd: number): AsyncIterator<Buffer> {
  const output = zlib.createZstdDecompress({ chunkSize: pieceBytes });
  Readable.from(compressedPieces(fd))
    .on('error', (error) => output.destroy(error))
    .pipe(output);
  return output[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
}

function* compressedPieces(fd: number): Generator<Buffer> {
  for (let at = 0; ; ) {
    const piece = Buffer.allocUnsafe(readBytes);
    const length = readSync(fd, piece, 0, piece.length, at);
    if (length === 0) return;
    at += length;
    yield piece.subarray(0, length);
  }
}
