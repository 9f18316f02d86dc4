/** The rows of the context view, and what each shows, as plain values: equal values need no new drawing. */

import { l10n } from 'vscode';
import { type PromptAgentId, promptAgentNames } from '../../domain/promptAgent.ts';
import type { ContextEstimate, CountedPart, Overhead } from '../../workers/contextProtocol.ts';
import type { Format } from '../format.ts';
import { least } from './added.ts';
import {
  fileName,
  folderName,
  mark,
  partTokens,
  pixels,
  problemSentence,
  reasonSentence,
} from './partWords.ts';

export type Row =
  | { readonly kind: 'text' }
  | { readonly kind: 'overhead'; readonly overhead: Overhead }
  | { readonly kind: 'group'; readonly group: CountedPart['group']; readonly parts: readonly CountedPart[] }
  | { readonly kind: 'part'; readonly part: CountedPart };

export interface RowLook {
  readonly label: string;
  readonly description: string;
  /** The whole row in words, for screen readers. */
  readonly spoken: string;
  readonly icon: 'text' | 'agent' | 'file' | 'folder' | 'image' | 'warning' | null;
  /** Whether it is ticked; `null` without a box. */
  readonly isTicked: boolean | null;
  /** Opened on a click, as an absolute path with slashes. */
  readonly opens: string | null;
}

/** By id, in the order to show them; only groups have children. */
export interface Rows {
  readonly byId: ReadonlyMap<string, Row>;
  readonly roots: readonly string[];
}

export const noRows: Rows = { byId: new Map(), roots: [] };

const groups = ['instructions', 'named'] as const;

export function buildRows(context: ContextEstimate): Rows {
  const byId = new Map<string, Row>([['text', { kind: 'text' }]]);
  for (const overhead of context.overheads) {
    byId.set(`overhead:${overhead.kind}`, { kind: 'overhead', overhead });
  }
  for (const group of groups) {
    const parts = context.parts.filter((part) => part.group === group);
    if (parts.length > 0) byId.set(`group:${group}`, { kind: 'group', group, parts });
  }
  const roots = [...byId.keys()];
  for (const part of context.parts) byId.set(part.id, { kind: 'part', part });
  return { byId, roots };
}

export function childrenOf(row: Row | undefined): readonly string[] {
  return row?.kind === 'group' ? row.parts.map(({ id }) => id) : [];
}

/** @param title the name of the document */
export function lookOf(row: Row, context: ContextEstimate, title: string, format: Format): RowLook {
  switch (row.kind) {
    case 'text':
      return textLook(context, title, format);
    case 'overhead':
      return overheadLook(row.overhead, context, format);
    case 'group':
      return groupLook(row, context, format);
    case 'part':
      return partLook(row.part, context, format);
  }
}

function textLook({ text, whole }: ContextEstimate, title: string, format: Format): RowLook {
  const description = withShare(mark(text, format.tokens(text.tokens)), text.tokens, whole.tokens, format);
  const spoken = l10n.t('{0}, the prompt itself, tokens: {1}', title, description);
  return { label: title, description, spoken, icon: 'text', isTicked: null, opens: null };
}

function overheadLook(overhead: Overhead, { whole, agent }: ContextEstimate, format: Format): RowLook {
  const { kind, tokens } = overhead;
  const label = kind === 'frame' ? l10n.t('Message Frame') : l10n.t('System Prompt and Tools');
  const description =
    tokens === null
      ? l10n.t('not known yet')
      : withShare(mark({ ...overhead, tokens }, format.tokens(tokens)), tokens, whole.tokens, format);
  const spoken = l10n.t('{0} of {1}, tokens: {2}', label, promptAgentNames[agent], description);
  return { label, description, spoken, icon: 'agent', isTicked: null, opens: null };
}

function groupLook(
  { group, parts }: Extract<Row, { kind: 'group' }>,
  { whole }: ContextEstimate,
  format: Format,
): RowLook {
  const label = group === 'named' ? l10n.t('Named in the Prompt') : l10n.t('Instructions');
  const included = parts.filter((part) => part.isIncluded && !isMissing(part));
  const tokens = included.reduce((sum, part) => sum + (part.tokens ?? 0), 0);
  const isRough = included.some((part) => (part.tokens ?? 0) > 0 && part.errorShare > 0);
  const isLeast = included.some((part) => part.tokens === null);
  const sum = least(isLeast, `${isRough && !isLeast ? '~' : ''}${format.tokens(tokens)}`);
  const description = withShare(sum, tokens, whole.tokens, format);
  const spoken = l10n.t('{0}, files: {1}, tokens: {2}', label, format.count(included.length), description);
  return { label, description, spoken, icon: null, isTicked: null, opens: null };
}

function partLook(part: CountedPart, { whole, agent }: ContextEstimate, format: Format): RowLook {
  const label = fileName(part);
  const tokens = partTokens(part, format);
  const share =
    part.isIncluded && part.tokens ? withShare(tokens, part.tokens, whole.tokens, format) : tokens;
  const facts = [share, pixels(part, format), folderName(part.path)].filter((fact) => fact !== '');
  return {
    label,
    description: facts.join(' · '),
    spoken: spokenPart(part, label, facts, agent),
    icon: iconOf(part),
    isTicked: isMissing(part) ? null : part.isIncluded,
    opens: part.content.kind === 'names' || isMissing(part) ? null : part.path,
  };
}

function spokenPart(
  part: CountedPart,
  label: string,
  facts: readonly string[],
  agent: PromptAgentId,
): string {
  const included = part.isIncluded ? l10n.t('included') : l10n.t('left out');
  const sentences = [reasonSentence(part, agent), problemSentence(part)].filter(
    (sentence) => sentence !== '',
  );
  const words = [label, ...(isMissing(part) ? [] : [included]), ...facts].join(', ');
  return [`${words}.`, ...sentences].join(' ');
}

function isMissing({ content }: CountedPart): boolean {
  return content.kind === 'problem' && content.problem === 'missing';
}

function iconOf({ content }: CountedPart): RowLook['icon'] {
  switch (content.kind) {
    case 'names':
      return 'folder';
    case 'image':
      return 'image';
    case 'text':
      return 'file';
    case 'problem':
      return content.problem === 'late' ? 'file' : 'warning';
  }
}

function withShare(tokens: string, count: number, whole: number, format: Format): string {
  return whole === 0 ? tokens : `${tokens} · ${format.share(count / whole)}`;
}
