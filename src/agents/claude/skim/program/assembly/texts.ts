/** Texts that repeat, each by its number: why responses ended, and names of tools. */

import { mostTexts, textCountAt, textStride, textsAt } from '../layout';
import { areSame } from './bytes';

/** -1 where there is no room for another. Notes at a place that it was met. */
export function textNumber(start: i32, end: i32, metAt: i32): i32 {
  const number = numberOf(start, end);
  if (number >= 0) store<i64>(metAt, load<i64>(metAt) | ((<i64>1) << number));
  return number;
}

function numberOf(start: i32, end: i32): i32 {
  const length = end - start;
  const count = load<i32>(textCountAt);
  for (let number = 0; number < count; number++) {
    const known = textsAt + number * textStride;
    if (load<i32>(known) === length && areSame(start, known + 4, length)) return number;
  }
  if (count === mostTexts) return -1;
  const added = textsAt + count * textStride;
  store<i32>(added, length);
  memory.copy(added + 4, start, length);
  store<i32>(textCountAt, count + 1);
  return count;
}
