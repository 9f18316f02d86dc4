/** What is said when nobody counted, each time in one sentence that tells what to do. */

import { l10n } from 'vscode';
import type { EngineRefusal } from '../../engines/localEngine.ts';
import { counterText } from './exactText.ts';
import type { Way, WayProblem } from './way.ts';

export function refusalText(engine: string, reason: EngineRefusal): string {
  switch (reason) {
    case 'badUrl':
      return l10n.t(
        'The address of {0} in the settings is none: write it like http://127.0.0.1:11434, without a user or a key.',
        engine,
      );
    case 'notLoopback':
      return l10n.t(
        'The address of {0} in the settings is not of this machine: write localhost, 127.0.0.1 or [::1], or allow other machines in the settings.',
        engine,
      );
    case 'noModel':
      return l10n.t('{0} counts for a model by name: set the name in the settings.', engine);
  }
}

/** @returns `undefined` when the user gave up, who knows it */
export function problemText(way: Way, problem: WayProblem): string | undefined {
  const who = way.host === '' ? counterText(way) : way.host;
  switch (problem) {
    case 'cancelled':
      return undefined;
    case 'notRunning':
      return l10n.t('Nobody answers at {0}: is {1} running?', who, way.counter);
    case 'unknownHost':
      return l10n.t('The name of {0} cannot be resolved: is this machine online?', who);
    case 'unreachable':
      return l10n.t('{0} cannot be reached, or does not speak HTTP.', who);
    case 'unauthorized':
      return way.keyOf === null
        ? l10n.t('{0} wants a key, and Token Burn has none for engines: count with one that wants none.', who)
        : l10n.t('{0} does not accept the key: is it right, and allowed to count?', who);
    case 'notFound':
      return notFoundText(way, who);
    case 'textTooLong':
      return l10n.t('The text is too long for {0}: select a part of it.', who);
    case 'tooManyRequests':
      return l10n.t('{0} has been asked too often: try again in a minute.', who);
    case 'rejected':
      return l10n.t('{0} refuses to count this text for this model: it may be too long for it.', who);
    case 'serverError':
      return l10n.t('{0} failed while it counted: its own log tells why.', who);
    case 'redirected':
      return l10n.t('{0} points to another address, which is not followed: name the right one.', who);
    case 'timedOut':
      return l10n.t('{0} did not answer in time.', who);
    case 'malformed':
      return l10n.t('What {0} answers is not a count: is it what the settings say it is?', who);
    case 'extensionFailed':
      return l10n.t('The extension behind {0} could not count: is it signed in?', who);
  }
}

function notFoundText({ source, model }: Way, who: string): string {
  return source === 'engine' && model === ''
    ? l10n.t('{0} cannot count tokens: is it the engine that the settings say?', who)
    : l10n.t('{0} does not know the model, or cannot count tokens.', who);
}
