/** What the status bar says about the text in the editor. */

import { l10n, MarkdownString } from 'vscode';
import { type CommandId, viewIds } from '../../contributions.ts';
import type { Pico } from '../../domain/money.ts';
import type { Outlook } from '../../domain/outlook.ts';
import type { Estimate } from '../../estimator/estimate.ts';
import type { ProjectedCost } from '../../pricing/projectedCost.ts';
import type { EstimateReply } from '../../workers/estimatorProtocol.ts';
import { commandLink } from '../commands.ts';
import {
  type Added,
  addedRows,
  addedText,
  lackSentence,
  leastDollars,
  spokenAdded,
} from '../context/added.ts';
import type { Format } from '../format.ts';
import { hoverTable } from '../hoverTable.ts';
import { shorten, toPlainLine, withoutIcons } from '../plainText.ts';
import { baselineSentences, calibrationSentence } from './calibrationSection.ts';
import { outlookRows, outlookSentences } from './outlookSection.ts';

export type EstimateState =
  | { readonly kind: 'none' }
  | { readonly kind: 'counting' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'unanswered' }
  | (Extract<EstimateReply, { kind: 'estimate' }> & {
      readonly isSelection: boolean;
      /** What an agent would send beside it; `null` where that is nothing. Costs are of the whole then. */
      readonly added: Added | null;
      /** `null` while nothing is known of what prompts turned into. */
      readonly outlook: Outlook | null;
      /** What else is known of the count, in plain text. */
      readonly note: string | undefined;
    });

export interface StatusText {
  readonly text: string;
  /** The same in words, for screen readers. */
  readonly label: string;
  readonly tooltip: MarkdownString;
}

type Rough = Pick<Estimate, 'tokens' | 'errorShare'>;
type Counted = Extract<EstimateState, { kind: 'estimate' }>;

const icon = '$(flame)';
/** A gateway's id of a model can be long enough to push the rest out of the status bar. */
const longestModel = 32;

export function describeEstimate(
  state: Exclude<EstimateState, { kind: 'none' }>,
  format: Format,
): StatusText {
  switch (state.kind) {
    case 'counting':
      return plain(`${icon} …`, l10n.t('Counting tokens'));
    case 'unavailable':
      return plain(`${icon} —`, l10n.t('The token count is unavailable. Its worker is being restarted.'));
    case 'unanswered':
      return plain(
        `${icon} —`,
        l10n.t('The token count is unavailable. The text is counted again after the next edit.'),
      );
    case 'estimate':
      return {
        text: `${icon} ${shortText(state, format)}`,
        label: spokenText(state, format),
        tooltip: tooltip(state, format),
      };
  }
}

function plain(text: string, label: string): StatusText {
  return { text, label, tooltip: new MarkdownString(label) };
}

function shortText({ estimate, cost, isSelection, added }: Counted, format: Format): string {
  const tokens = mark(estimate, format.tokens(estimate.tokens));
  const model = withoutIcons(shorten(toPlainLine(estimate.model.name), longestModel));
  if (added) {
    const [more, price] = [
      isRough(estimate) ? addedText(added, format) : mark(added.whole, addedText(added, format)),
      priceCell(added.whole, added.cost?.cold ?? null, added, format),
    ];
    return isSelection
      ? l10n.t('{0} selected + {1} tokens · {2} · {3}', tokens, more, model, price)
      : l10n.t('{0} + {1} tokens · {2} · {3}', tokens, more, model, price);
  }
  const price = cost ? mark(estimate, format.dollars(cost.cold)) : l10n.t('unpriced');
  return isSelection
    ? l10n.t('{0} tokens selected · {1} · {2}', tokens, model, price)
    : l10n.t('{0} tokens · {1} · {2}', tokens, model, price);
}

/** `~` before what is calibrated rather than counted with the model's own vocabulary; "less than" is rough by itself. */
export function mark(estimate: Rough, number: string): string {
  return isRough(estimate) && !number.startsWith('<') ? `~${number}` : number;
}

function spokenText({ estimate, cost, isSelection, added }: Counted, format: Format): string {
  const number = format.count(estimate.tokens);
  const tokens = isRough(estimate) ? l10n.t('about {0}', number) : number;
  const model = toPlainLine(estimate.model.name);
  const count = isSelection
    ? l10n.t('Tokens in the selection: {0}, counted for {1}.', tokens, model)
    : l10n.t('Tokens in this document: {0}, counted for {1}.', tokens, model);
  return [
    count,
    ...(added ? [spokenAdded(added, format)] : []),
    spokenPrecision(added?.whole ?? estimate, format),
    spokenPrice(added?.whole ?? estimate, added ? added.cost : cost, format),
  ].join(' ');
}

export function spokenPrecision(estimate: Rough, format: Format): string {
  return isRough(estimate)
    ? l10n.t('An estimate: nine of ten texts are within {0} of it.', format.share(estimate.errorShare))
    : l10n.t('The exact count of plain text.');
}

function spokenPrice(estimate: Estimate, cost: ProjectedCost | null, format: Format): string {
  if (cost === null) return l10n.t('No price is known for this model.');
  const dollars = format.dollars(cost.cold);
  if (dollars.startsWith('<')) {
    return l10n.t('Sending it once costs less than {0} for the input.', dollars.slice(1));
  }
  return isRough(estimate)
    ? l10n.t('Sending it once costs about {0} for the input.', dollars)
    : l10n.t('Sending it once costs {0} for the input.', dollars);
}

/** Nothing is exactly no tokens, by every vocabulary. */
export function isRough({ tokens, errorShare }: Rough): boolean {
  return tokens > 0 && errorShare > 0;
}

/** VS Code's own, for each view. */
const contextFocus = `${viewIds.context}.focus`;

const tooltipCommands: readonly CommandId[] = ['tokenBurn.selectModel', 'tokenBurn.countExactly'];

function tooltip(state: Counted, format: Format): MarkdownString {
  const markdown = new MarkdownString();
  markdown.isTrusted = { enabledCommands: [...tooltipCommands, contextFocus] };
  markdown.appendText(toPlainLine(state.estimate.model.name)).appendMarkdown('\n\n');
  markdown.appendMarkdown(hoverTable(['', ''], tooltipRows(state, format)));
  for (const paragraph of tooltipParagraphs(state, format)) markdown.appendMarkdown(`\n\n${paragraph}`);
  if (state.note !== undefined) markdown.appendMarkdown('\n\n').appendText(state.note);
  const links = [
    `[${l10n.t('Select Model')}](${commandLink('tokenBurn.selectModel')})`,
    ...(state.added ? [`[${l10n.t('Show Context')}](command:${contextFocus})`] : []),
    `[${l10n.t("Count with the Model's Own Tokenizer")}](${commandLink('tokenBurn.countExactly')})`,
  ];
  markdown.appendMarkdown(`\n\n${links.join(' · ')}`);
  return markdown;
}

function tooltipParagraphs(state: Counted, format: Format): readonly string[] {
  const { estimate, added, calibration, baselines, outlook } = state;
  const precision = [
    spokenPrecision(added?.whole ?? estimate, format),
    ...(isRough(estimate) ? [calibrationSentence(calibration, format)] : []),
    l10n.t('The reply is not included.'),
  ];
  const own = baselines.filter(({ agent }) => agent === added?.agentId);
  return [
    precision.join(' '),
    ...(added?.lacksBaseline ? [lackSentence(added)] : []),
    ...(outlook ? [outlookSentences(outlook, format).join(' ')] : []),
    ...baselineSentences(own, format),
  ];
}

function tooltipRows(
  { estimate, cost, isSelection, added, outlook }: Counted,
  format: Format,
): readonly (readonly [string, string])[] {
  const { tokens, errorShare } = estimate;
  const margin = isRough(estimate) ? ` ±${format.share(errorShare)}` : '';
  const whole = added?.whole ?? estimate;
  const price = added ? added.cost : cost;
  return [
    [
      isSelection ? l10n.t('Tokens selected') : l10n.t('Tokens'),
      `${mark(estimate, format.count(tokens))}${margin}`,
    ],
    ...(added ? addedRows(added, format) : []),
    [l10n.t('Context window'), contextShare(whole, format)],
    [l10n.t('Sent once, nothing cached'), priceCell(whole, price?.cold ?? null, added, format)],
    [l10n.t('Sent once, all cached'), priceCell(whole, price?.warm ?? null, added, format)],
    ...(outlook ? outlookRows(outlook, format) : []),
  ];
}

function contextShare({ model, tokens }: Estimate, format: Format): string {
  const window = model.contextWindowTokens;
  return window === null
    ? l10n.t('unknown')
    : l10n.t('{0} of {1}', format.share(tokens / window), format.tokens(window));
}

function priceCell(estimate: Estimate, price: Pico | null, added: Added | null, format: Format): string {
  if (price === null) return l10n.t('unpriced');
  return added?.isLeast ? leastDollars(price, format) : mark(estimate, format.dollars(price));
}
