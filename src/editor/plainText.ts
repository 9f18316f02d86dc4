/**
 * Making text of strangers safe to show. Titles, branches and model names come from logs: they may hold control and
 * bidirectional characters, markdown with command links, or the names of icons.
 */

import { toTitle } from '../domain/session.ts';

/** One line without characters that act on the text around them. */
export function toPlainLine(text: string): string {
  return toTitle(text) ?? '';
}

/** A path in one line and whole, without such characters. */
export function toPlainPath(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}

/** At most so many characters, the last of them an ellipsis where some were cut. */
export function shorten(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const kept = characters.slice(0, longest - 1).join('');
  return `${kept.trimEnd()}…`;
}

/** For messages, in which VS Code turns `[text](link)` into a link. */
export function withoutLinks(text: string): string {
  return toPlainLine(text).replaceAll('](', '] (');
}

/** The same for a path, which stays whole. */
export function pathWithoutLinks(path: string): string {
  return toPlainPath(path).replaceAll('](', '] (');
}

/** For quick picks, in which VS Code turns `$(name)` into an icon. */
export function withoutIcons(text: string): string {
  return toPlainLine(text).replaceAll('$(', '\\$(');
}
