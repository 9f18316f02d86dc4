/** Whether what a user sent was written by a person, as `prompts.ts` of all agents has it, where that is plain to see. */

import { caveatWord, continuedWord, requestHeadingWord } from '../fields';
import { backslash, findWord, isWordAt, quote } from './bytes';

/**
 * @param text where it begins, behind its quote
 * @param end of the line
 */
export function isPersons(text: i32, end: i32): bool {
  const start = afterSpace(text, end);
  if (!isPlainBegin(start) || isWordAt(caveatWord, start, end) || isWordAt(continuedWord, start, end))
    return false;
  return findWord(requestHeadingWord, text, end) < 0;
}

/** Behind the blanks and escaped breaks at the beginning of a text. */
function afterSpace(text: i32, end: i32): i32 {
  let at = text;
  while (at < end) {
    if (load<u8>(at) === 0x20) at++;
    else if (load<u8>(at) === backslash && isSpaceEscape(load<u8>(at + 1))) at += 2;
    else break;
  }
  return at;
}

/** `\n`, `\r` or `\t`. */
function isSpaceEscape(byte: u8): bool {
  return byte === 0x6e || byte === 0x72 || byte === 0x74;
}

/** Whether a letter or sign begins there that is no space, and with which no notice begins that a program wrote. */
function isPlainBegin(at: i32): bool {
  const byte = load<u8>(at);
  if (byte === backslash) return load<u8>(at + 1) === quote || load<u8>(at + 1) === backslash;
  // Of an empty text, of tags, of what was interrupted, and of a file's heading.
  if (byte === quote || byte === 0x3c || byte === 0x5b || byte === 0x23) return false;
  return byte < 0x80 || !mayBeSpace(byte, load<u8>(at + 1));
}

/** Whether UTF-8 of a space may begin so: U+00A0, U+1680, some at U+2000, U+3000 and U+FEFF. */
function mayBeSpace(first: u8, second: u8): bool {
  if (first === 0xe3) return second === 0x80;
  return first === 0xc2 || first === 0xe1 || first === 0xe2 || first === 0xef;
}
