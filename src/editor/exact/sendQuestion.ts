/** Asking before text leaves this machine: each time, with what is sent and to whom. */

import { l10n, type MessageItem, window } from 'vscode';
import type { Format } from '../format.ts';
import { withoutLinks } from '../plainText.ts';
import type { ApiKey } from './apiKeys.ts';
import type { Subject } from './subject.ts';
import type { Way } from './way.ts';

export interface SendAnswer {
  /** Whether a typed key is to be kept, once it has proved right. */
  readonly keepsKey: boolean;
}

/** @returns `undefined` when nothing is to be sent */
export async function askToSend(
  subject: Subject,
  way: Way,
  key: ApiKey | undefined,
  format: Format,
): Promise<SendAnswer | undefined> {
  const send: MessageItem = { title: l10n.t('Send') };
  const sendAndKeep: MessageItem = { title: l10n.t('Send and Keep Key') };
  const answer = await window.showWarningMessage(
    question(subject, way, format),
    { modal: true, detail: detail(way, key, format) },
    send,
    ...(key?.from.kind === 'typed' ? [sendAndKeep] : []),
  );
  return answer === undefined ? undefined : { keepsKey: answer.title === sendAndKeep.title };
}

function question({ text, spans, name }: Subject, { host }: Way, format: Format): string {
  const characters = format.count(text.length);
  return spans.length > 0
    ? l10n.t('Send the {0} selected characters of {1} to {2}?', characters, name, host)
    : l10n.t('Send the {0} characters of {1} to {2}?', characters, name, host);
}

function detail(way: Way, key: ApiKey | undefined, format: Format): string {
  const { model, isEncrypted, tellsModel, asksTwice } = way;
  const manner = isEncrypted
    ? l10n.t('They go there once, over HTTPS, to be counted.')
    : l10n.t('They go there once, NOT ENCRYPTED, to be counted.');
  const rest = [
    ...(tellsModel ? [l10n.t('the name of the model ({0})', withoutLinks(model))] : []),
    ...(key === undefined ? [] : [keyText(key)]),
  ];
  const company =
    rest.length === 0
      ? l10n.t('Nothing is sent with them.')
      : l10n.t('Sent with them: {0}. Nothing else.', format.list(rest));
  const again = l10n.t('A second request has the letter "a" counted, to learn what is added to a text.');
  return [manner, company, ...(asksTwice ? [again] : [])].join(' ');
}

function keyText({ from }: ApiKey): string {
  switch (from.kind) {
    case 'environment':
      return l10n.t('your key ({0} of the environment)', from.variable);
    case 'kept':
      return l10n.t('your key (kept by VS Code)');
    case 'typed':
      return l10n.t('the key that you typed');
  }
}
