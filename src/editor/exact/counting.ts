/**
 * The commands that have a text counted by the model's own tokenizer, and that forget keys. The build makes a file of
 * its own of them, which is loaded with the first command.
 */

import { env, l10n, window } from 'vscode';
import { type LocalEngine, localEngine } from '../../engines/localEngine.ts';
import { projectOf } from '../estimate/projectOf.ts';
import { readSetting } from '../settings.ts';
import { type ApiKey, findKey, forgetKeys, type KeyVendor, keepKey, typeKey } from './apiKeys.ts';
import { countInSight } from './countInSight.ts';
import type { CountNote, ExactCount, Predicted } from './exactCount.ts';
import type { ExactCountsParts } from './exactCounts.ts';
import { exactText } from './exactText.ts';
import { openEngineSettings, tellProblem, tellRefusal } from './problems.ts';
import { askToSend } from './sendQuestion.ts';
import { isCurrent, longestText, type Subject, takeSubject } from './subject.ts';
import type { Counted, Way } from './way.ts';
import { pickWay } from './wayPick.ts';

export type TakeCount = (count: ExactCount, note: CountNote) => void;

export async function countActiveText(parts: ExactCountsParts, take: TakeCount): Promise<void> {
  const subject = takeSubject();
  if (subject === 'nothing') {
    void window.showInformationMessage(l10n.t('There is no text in an editor to count.'));
  } else if (subject === 'tooLong') {
    const most = parts.format.count(longestText);
    void window.showWarningMessage(
      l10n.t('The text is too long to be counted so: select up to {0} characters of it.', most),
    );
  } else {
    await new Counting(parts, subject, take).run();
  }
}

export async function forgetApiKeys({ secrets }: ExactCountsParts): Promise<void> {
  await forgetKeys(secrets);
}

/** One run of the command, over the text as it was when the command was given. */
class Counting {
  readonly #parts: ExactCountsParts;
  readonly #subject: Subject;
  readonly #take: TakeCount;

  constructor(parts: ExactCountsParts, subject: Subject, take: TakeCount) {
    this.#parts = parts;
    this.#subject = subject;
    this.#take = take;
  }

  async run(): Promise<void> {
    const inUse = this.#parts.model.id;
    const known = (await this.#estimate(inUse))?.estimate.model;
    const choice = await pickWay(readEngine(), known ?? { id: inUse, name: inUse });
    if (choice?.kind === 'settings') await openEngineSettings();
    if (choice?.kind === 'refused') await tellRefusal(choice.engine);
    if (choice?.kind === 'way') await this.#countBy(choice.way);
  }

  async #countBy(way: Way): Promise<void> {
    const key = way.keyOf === null ? undefined : await this.#keyOf(way.keyOf);
    if (way.keyOf !== null && key === undefined) return;
    const { format, secrets } = this.#parts;
    const asks = way.goesTo === 'elsewhere';
    const consent = asks ? await askToSend(this.#subject, way, key, format) : { keepsKey: false };
    if (consent === undefined) return;
    const outcome = await countInSight(way, this.#subject, key);
    if (outcome.kind === 'failed') {
      await tellProblem(way, outcome.problem, key, secrets);
      return;
    }
    if (consent.keepsKey && way.keyOf !== null && key) await keepKey(way.keyOf, key, secrets);
    await this.#tell(way, outcome);
  }

  async #keyOf(vendor: KeyVendor): Promise<ApiKey | undefined> {
    const { environment, secrets } = this.#parts;
    return (await findKey(vendor, environment(), secrets)) ?? (await typeKey(vendor));
  }

  async #tell(way: Way, { tokens, isFramed }: Counted): Promise<void> {
    const predicted = isFramed ? null : await this.#estimateFor(way);
    const text = exactText(
      way,
      { tokens, isFramed, estimate: predicted?.estimate ?? null },
      this.#parts.format,
    );
    const { source, model } = way;
    const { document, version, spans } = this.#subject;
    this.#take(
      { source, model, predicted, actualTokens: tokens, isFramed },
      { document, version, spans, text },
    );
    const copy = l10n.t('Copy Count');
    const answer = await window.showInformationMessage(text, copy);
    if (answer === copy) await env.clipboard.writeText(String(tokens));
  }

  /** Several selections are sent as one text, which is not what the estimator counts of them. */
  async #estimateFor({ family }: Way): Promise<Predicted | null> {
    if (family === '' || this.#subject.spans.length > 1) return null;
    const predicted = await this.#estimate(family);
    return predicted === undefined || predicted.estimate.model.vendor === '' ? null : predicted;
  }

  /** @returns `undefined` when the worker does not answer, or for another text than the one to count */
  async #estimate(model: string): Promise<Predicted | undefined> {
    const { document, spans } = this.#subject;
    if (!isCurrent(this.#subject)) return undefined;
    try {
      const projectPath = projectOf(document.uri);
      const question = { model, spans, atMs: Date.now(), projectPath };
      const reply = await this.#parts.estimator.estimate(document, question);
      if (reply.kind !== 'estimate' || !isCurrent(this.#subject)) return undefined;
      const { estimate, uncalibrated } = reply;
      return { estimate, uncalibrated, projectPath };
    } catch (error) {
      this.#parts.log.debug(`No estimate: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}

function readEngine(): LocalEngine {
  return localEngine({
    kind: readSetting('tokenBurn.engine.kind'),
    url: readSetting('tokenBurn.engine.url'),
    model: readSetting('tokenBurn.engine.model'),
    allowRemote: readSetting('tokenBurn.engine.allowRemote'),
  });
}
