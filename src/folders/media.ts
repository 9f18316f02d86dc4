/** Files that are no text by their names alone, which saves reading them. */

import { extname } from 'node:path';

const extensions: ReadonlySet<string> = new Set(
  [
    ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'bmp', 'ico', 'icns', 'tif', 'tiff', 'heic', 'psd'],
    ['mp3', 'mp4', 'm4a', 'm4v', 'wav', 'flac', 'ogg', 'opus', 'webm', 'mov', 'mkv', 'avi'],
    ['woff', 'woff2', 'ttf', 'otf', 'eot'],
    ['zip', 'gz', 'tgz', 'bz2', 'xz', 'zst', '7z', 'rar', 'tar', 'jar', 'war', 'vsix', 'whl'],
    ['exe', 'dll', 'so', 'dylib', 'a', 'o', 'obj', 'lib', 'class', 'pyc', 'wasm', 'node'],
    ['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'epub'],
    ['sqlite', 'sqlite3', 'db', 'parquet', 'npy', 'npz', 'pt', 'safetensors', 'gguf', 'onnx'],
  ].flatMap((names) => names.map((name) => `.${name}`)),
);

export function isMedia(path: string): boolean {
  return extensions.has(extname(path).toLowerCase());
}
