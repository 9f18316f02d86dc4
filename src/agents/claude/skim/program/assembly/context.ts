/** What all lines of a run have in common: the bytes of some fields of the line that gave the context. */

import { contextFieldCount, placeFieldCount, timestampField } from '../fields';
import { contextAt, contextStride, dayBytes, hasContextAt } from '../layout';
import { areSame } from './bytes';
import { endOf, has, startOf } from './walk';

/** Takes the line that was walked last for the one that all lines from now on are like. */
export function setContext(): void {
  for (let field = 0; field < contextFieldCount; field++) {
    const to = contextAt + field * contextStride;
    const length = contextLength(field);
    store<i32>(to, length);
    if (length > 0) memory.copy(to + 4, startOf(field), length);
  }
  store<i32>(hasContextAt, 1);
}

/** Whether a response is like that one. */
export function isInContext(): bool {
  return isLike(contextFieldCount);
}

/** Whether a line is of the same session, folder, branch and day. */
export function isInPlace(): bool {
  return isLike(placeFieldCount);
}

function isLike(fields: i32): bool {
  if (load<i32>(hasContextAt) === 0) return false;
  for (let field = 0; field < fields; field++) {
    const known = contextAt + field * contextStride;
    const length = contextLength(field);
    if (load<i32>(known) !== length) return false;
    if (length > 0 && !areSame(startOf(field), known + 4, length)) return false;
  }
  return true;
}

function contextLength(field: i32): i32 {
  if (!has(field)) return -1;
  return field === timestampField ? dayBytes : endOf(field) - startOf(field);
}
