/** What the status bar's tooltip says about what such prompts turned into before. */

import { l10n } from 'vscode';
import type { Outlook, ReplyOutlook, ReplySize, SessionOutlook } from '../../domain/outlook.ts';
import type { Format } from '../format.ts';

type Row = readonly [string, string];

/** Rows of the tooltip's table. None of what there are too few samples for. */
export function outlookRows({ reply, session }: Outlook, format: Format): readonly Row[] {
  return [...(reply ? replyRows(reply, format) : []), ...(session ? sessionRows(session, format) : [])];
}

/** What the rows stand on. */
export function outlookSentences({ reply, session }: Outlook, format: Format): readonly string[] {
  return [
    ...(reply ? [replySource(reply, format)] : []),
    ...(session ? [sessionSource(session, format)] : []),
  ];
}

function replyRows({ half, most }: ReplyOutlook, format: Format): readonly Row[] {
  return [
    [l10n.t('Half of the replies'), upToReply(half, format)],
    [l10n.t('Nine of ten replies'), upToReply(most, format)],
  ];
}

function upToReply({ tokens, cost }: ReplySize, format: Format): string {
  const price = cost === null ? l10n.t('unpriced') : format.dollars(cost);
  return l10n.t('up to {0} tokens · {1}', format.tokens(tokens), price);
}

function sessionRows({ half, most }: SessionOutlook, format: Format): readonly Row[] {
  return [
    [l10n.t('Half of the sessions'), l10n.t('up to {0}', format.dollars(half))],
    [l10n.t('Nine of ten sessions'), l10n.t('up to {0}', format.dollars(most))],
  ];
}

function replySource({ replies, isOfProject }: ReplyOutlook, format: Format): string {
  const number = format.count(replies);
  return isOfProject
    ? l10n.t('Replies of this model in this project so far: {0}.', number)
    : l10n.t('Replies of this model in all projects so far: {0}.', number);
}

function sessionSource({ sessions, hitShare }: SessionOutlook, format: Format): string {
  return l10n.t(
    'Sessions with it in this project: {0}; {1} of the later ones cost no more than nine of ten before them.',
    format.count(sessions),
    format.share(hitShare),
  );
}
