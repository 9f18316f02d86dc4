/** What is said of a part: its tokens, why it is there, and why it has no count. */

import { l10n, Uri, workspace } from 'vscode';
import { type PromptAgentId, promptAgentNames } from '../../domain/promptAgent.ts';
import type { Problem } from '../../estimator/context/parts.ts';
import type { CountedPart } from '../../workers/contextProtocol.ts';
import type { Format } from '../format.ts';
import { shorten, toPlainLine } from '../plainText.ts';

const longestName = 60;

export function fileName({ path, lines }: Pick<CountedPart, 'path' | 'lines'>): string {
  const name = shorten(toPlainLine(path.slice(path.lastIndexOf('/') + 1)), longestName);
  if (lines === null) return name;
  return lines.first === lines.last ? `${name}:${lines.first}` : `${name}:${lines.first}-${lines.last}`;
}

/** The folder that a file is in as a person knows it; empty for the workspace itself. */
export function folderName(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const known = workspace.asRelativePath(Uri.file(folder), false);
  const isWorkspace = workspace.getWorkspaceFolder(Uri.file(folder))?.uri.path === Uri.file(folder).path;
  return isWorkspace ? '' : toPlainLine(known);
}

/** `~1,234`, or what stands in for a count. */
export function partTokens(part: CountedPart, format: Format): string {
  const { tokens, content } = part;
  if (content.kind === 'problem') return problemWords(content.problem);
  return tokens === null ? l10n.t('unknown size') : mark(part, format.tokens(tokens));
}

function problemWords(problem: Problem): string {
  switch (problem) {
    case 'missing':
      return l10n.t('not found');
    case 'outOfReach':
      return l10n.t('outside the workspace');
    case 'tooLarge':
      return l10n.t('too large');
    case 'notText':
      return l10n.t('not text');
    case 'unreadable':
      return l10n.t('not readable');
    case 'late':
      return l10n.t('counting…');
  }
}

/** A sentence on a count that is missing; empty where there is one. */
export function problemSentence({ content, tokens }: CountedPart): string {
  if (content.kind !== 'problem') {
    return tokens === null
      ? l10n.t('No formula is published for images with this model: it is not in the sum.')
      : '';
  }
  switch (content.problem) {
    case 'missing':
      return l10n.t('There is no such file.');
    case 'outOfReach':
      return l10n.t('Only files of the workspace and of the agent are looked at: it is not in the sum.');
    case 'tooLarge':
      return l10n.t('Files over 5 MB are not counted: it is not in the sum.');
    case 'notText':
      return l10n.t('It is neither text nor an image: it is not in the sum.');
    case 'unreadable':
      return l10n.t('It cannot be read: it is not in the sum.');
    case 'late':
      return l10n.t('It is still to be counted.');
  }
}

export function reasonSentence({ reason, isSent }: CountedPart, agent: PromptAgentId): string {
  const name = promptAgentNames[agent];
  switch (reason.kind) {
    case 'named':
      return isSent
        ? l10n.t('Named in line {0}.', reason.line)
        : l10n.t(
            'Named in line {0}. {1} does not send it with the prompt; it may read it later.',
            reason.line,
            name,
          );
    case 'loaded':
      return l10n.t('Loaded by {0} by itself.', name);
    case 'matched':
      return l10n.t('Loaded by {0} because of a file that the prompt names.', name);
    case 'agentDecides':
      return l10n.t('{0} knows what it is about and reads it when it thinks fit.', name);
    case 'imported':
      return l10n.t('Imported by {0}.', fileName({ path: reason.by, lines: null }));
  }
}

/** Empty where there is no count. */
export function countSentence(part: CountedPart, format: Format): string {
  if (part.tokens === null || part.content.kind === 'problem') return '';
  const count = mark(part, format.count(part.tokens));
  return count.startsWith('~')
    ? l10n.t('Tokens: {0} ±{1}.', count, format.share(part.errorShare))
    : l10n.t('Tokens: {0}.', count);
}

/** What else is to be said of what was counted; empty for most. */
export function contentSentence({ content }: CountedPart, format: Format): string {
  if (content.kind === 'names') return l10n.t('The names in the folder are sent, not what the files hold.');
  if (content.kind !== 'text') return '';
  if (content.bytesLeftOut > 0) {
    return l10n.t(
      'The agent takes so much of its instructions alone: bytes left out: {0}.',
      format.count(content.bytesLeftOut),
    );
  }
  return content.isLive ? l10n.t('Counted with changes that are not saved.') : '';
}

/** `1000 × 800` of an image. */
export function pixels({ content }: CountedPart, format: Format): string {
  if (content.kind !== 'image' || content.size === null) return '';
  return `${format.count(content.size.width)} × ${format.count(content.size.height)}`;
}

/** `~` before what is calibrated. */
export function mark(
  { tokens, errorShare }: Pick<CountedPart, 'tokens' | 'errorShare'>,
  number: string,
): string {
  return (tokens ?? 0) > 0 && errorShare > 0 ? `~${number}` : number;
}
