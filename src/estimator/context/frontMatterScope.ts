/** When an instruction file applies, by what its front matter says. */

import type { FrontMatter } from './frontMatter.ts';
import type { Applies, ScopeField } from './instructionRules.ts';

/** @param fits whether patterns fit a file that is sent */
export function appliesByFrontMatter(
  scope: ScopeField,
  fields: FrontMatter,
  fits: (patterns: readonly string[]) => boolean,
): Applies {
  const patterns = fields[scope] ?? [];
  const isDescribed = (fields.description ?? []).length > 0;
  if (scope === 'globs' && fields.alwaysApply?.[0] === 'true') return 'always';
  if (patterns.some((pattern) => pattern === '**' || pattern === '**/*')) return 'always';
  if (patterns.length > 0 && fits(patterns)) return 'matched';
  // Claude Code and Cline load rules without a field always; an empty list switches one of Cline's off.
  if (scope === 'paths' && fields.paths === undefined) return 'always';
  return isDescribed && scope !== 'paths' ? 'agentDecides' : 'no';
}
