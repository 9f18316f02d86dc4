/** Waiting for a count, which can be given up once it takes long. */

import { setTimeout as pause } from 'node:timers/promises';
import { CancellationTokenSource, l10n, ProgressLocation, window } from 'vscode';
import type { ApiKey } from './apiKeys.ts';
import { counterText } from './exactText.ts';
import type { Subject } from './subject.ts';
import type { Way, WayOutcome } from './way.ts';

/** What takes longer than this is shown, with a way to give up. */
const patienceMs = 700;

export async function countInSight(
  way: Way,
  { text }: Subject,
  key: ApiKey | undefined,
): Promise<WayOutcome> {
  const giveUp = new CancellationTokenSource();
  try {
    const counting = way.count(text, key?.value ?? '', giveUp.token);
    const soon = await Promise.race([counting, pause(patienceMs)]);
    return soon ?? (await showProgress(way, counting, giveUp));
  } finally {
    giveUp.dispose();
  }
}

async function showProgress(
  way: Way,
  counting: Promise<WayOutcome>,
  giveUp: CancellationTokenSource,
): Promise<WayOutcome> {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('{0} is counting…', counterText(way)),
    cancellable: true,
  };
  return window.withProgress(options, (_progress, token) => {
    token.onCancellationRequested(() => giveUp.cancel());
    return counting;
  });
}
