/**
 * Patterns for paths, which anybody may have written: a prompt, a repository, the settings of a workspace. They become
 * regular expressions, so only those are taken that no path can make slow.
 */

import picomatch from 'picomatch';

/**
 * Signs that leave a choice of what they take: `**`, braces, and each star of a name but its first. Every one multiplies
 * the time that a path made for it takes.
 */
const mostChoices = 3;
/** Of the stars among them, which have a choice at each letter. */
const mostStars = 2;
/** In all braces. */
const mostCommas = 30;
/** In UTF-16 code units, of a pattern and of a path. */
const longest = 1_024;

export interface GlobOptions {
  /** Whether a name alone is tested against the last name of a path. */
  readonly basename?: boolean;
}

/** Groups and repetitions are plain signs, as in a shell. @returns `undefined` for what is no pattern or too complicated */
export function compileGlob(
  pattern: string,
  options: GlobOptions = {},
): ((path: string) => boolean) | undefined {
  if (!/[^./]/.test(pattern) || !isQuick(pattern)) return undefined;
  try {
    const test = picomatch(withoutGroups(pattern), { ...options, dot: true, noextglob: true });
    return (path) => path.length <= longest && test(path);
  } catch {
    return undefined;
  }
}

function isQuick(pattern: string): boolean {
  const names = pattern.split('/');
  const deep = names.filter((name) => name === '**').length;
  const stars = names.reduce((sum, name) => sum + Math.max(0, times(name, '*') - 1), 0) - deep;
  const braces = times(pattern, '{');
  return (
    pattern.length <= longest &&
    stars <= mostStars &&
    deep + stars + braces <= mostChoices &&
    (braces === 0 || times(pattern, ',') <= mostCommas) &&
    // Of several in a row picomatch makes fewer, and what follows is no longer escaped.
    !pattern.includes('\\\\')
  );
}

function times(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

/** picomatch hands `(a+)+` on to the regular expression, whatever it is told of extended patterns. */
function withoutGroups(pattern: string): string {
  return pattern.replace(/\\.|[()+|]/gs, (sign) => (sign.length === 1 ? `\\${sign}` : sign));
}
