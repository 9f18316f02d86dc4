import assert from 'node:assert/strict';
import { readPixelSize } from '../../../../src/estimator/context/imageSize.ts';

const bytes = (...parts: (string | readonly number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((sign) => sign.charCodeAt(0)) : [...part],
    ),
  );
const big = (value: number, size: number) =>
  Array.from({ length: size }, (_one, at) => (value >> (8 * (size - 1 - at))) & 255);
const little = (value: number, size: number) => big(value, size).reverse();

const png = bytes([137], 'PNG\r\n\x1a\n', big(13, 4), 'IHDR', big(640, 4), big(480, 4), [8, 6, 0, 0, 0]);
const gif = bytes('GIF89a', little(640, 2), little(480, 2));
const bmp = bytes('BM', little(0, 16), little(640, 4), little(480, 4));
const webp = bytes(
  'RIFF',
  little(30, 4),
  'WEBPVP8X',
  little(10, 4),
  [0, 0, 0, 0],
  little(639, 3),
  little(479, 3),
);

/** A JPEG with a preview before its size, and the orientation that a camera writes when it is held so. */
function jpeg(orientation: number | null, previewBytes = 0): Uint8Array {
  const entry = [...big(0x0112, 2), ...big(3, 2), ...big(1, 4), ...big(orientation ?? 1, 2), 0, 0];
  const exif = bytes(
    'Exif\0\0MM',
    big(42, 2),
    big(8, 4),
    big(1, 2),
    entry,
    big(0, 4),
    new Array(previewBytes).fill(0),
  );
  const app1 = bytes([0xff, 0xe1], big(exif.length + 2, 2), [...exif]);
  const frame = bytes([0xff, 0xc0], big(11, 2), [8], big(480, 2), big(640, 2), [1, 1, 0x11, 0]);
  const jfif = bytes([0xff, 0xe0], big(16, 2), 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]);
  return bytes([0xff, 0xd8], [...(orientation === null ? jfif : app1)], [...frame], [0xff, 0xd9]);
}

describe('the size of an image', () => {
  const landscape = { width: 640, height: 480 };

  it('is read from the header of each format', () => {
    for (const head of [png, gif, bmp, webp, jpeg(null)]) assert.deepEqual(readPixelSize(head), landscape);
  });

  it('is that of a photograph as it is looked at', () => {
    assert.deepEqual(readPixelSize(jpeg(1)), landscape);
    assert.deepEqual(readPixelSize(jpeg(3)), landscape);
    assert.deepEqual(readPixelSize(jpeg(6)), { width: 480, height: 640 });
    assert.deepEqual(readPixelSize(jpeg(8, 40_000)), { width: 480, height: 640 });
  });

  it('is unknown of anything broken, cut or other', () => {
    for (const whole of [png, gif, bmp, webp, jpeg(6, 40_000)]) {
      for (const length of [0, 1, 4, 8, 9]) assert.equal(readPixelSize(whole.subarray(0, length)), null);
    }
    assert.equal(
      readPixelSize(bytes([137], 'PNG\r\n\x1a\n', big(13, 4), 'IHDR', big(0, 8), [8, 6, 0, 0, 0])),
      null,
    );
    assert.equal(readPixelSize(bytes('<svg width="1" height="1"/>')), null);
  });
});
