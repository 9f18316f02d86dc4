/** The size of images in pixels, from their headers. */

import { BMP } from 'image-size/types/bmp';
import { GIF } from 'image-size/types/gif';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import type { ImageSize } from '../images.ts';

/** Covers the header of any usual image; before that of a JPEG there can be previews and colour profiles. */
export const imageHeadBytes = 512 * 1024;

const formats = [PNG, JPG, GIF, WEBP, BMP];

/** Orientations from here on lie on their side. */
const firstTurned = 5;

export function isImagePath(path: string): boolean {
  return /\.(?:png|jpe?g|gif|webp|bmp)$/i.test(path);
}

/**
 * As the image is looked at, so with the sides of a turned one exchanged.
 *
 * @param head the first {@link imageHeadBytes}, or all of a smaller file
 * @returns `null` for anything but a sound PNG, JPEG, GIF, WebP or BMP
 */
export function readPixelSize(head: Uint8Array): ImageSize | null {
  try {
    // The readers reach behind the end of an array that is a view of a longer one.
    const own = head.slice();
    const found = formats.find(({ validate }) => validate(own))?.calculate(own);
    if (found === undefined || !(found.width > 0 && found.height > 0)) return null;
    const { width, height, orientation = 1 } = found;
    return orientation < firstTurned ? { width, height } : { width: height, height: width };
  } catch {
    return null;
  }
}
