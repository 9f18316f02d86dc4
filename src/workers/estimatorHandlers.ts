/** How the estimator worker answers. */

import type { CountedText } from '../estimator/countedText.ts';
import { addCounts, type Count, type Encoding, type EncodingName, noCount } from '../estimator/encoding.ts';
import { type ModelChoice, toEstimate } from '../estimator/estimate.ts';
import { type Family, familyOf, offeredModels, unknownFamily } from '../estimator/models.ts';
import type { Catalogue, PricedModel } from '../pricing/catalogue.ts';
import { createLookup } from '../pricing/lookup.ts';
import { projectCost } from '../pricing/projectedCost.ts';
import type { Handlers } from './channel.ts';
import type { EstimateQuery, EstimateReply, EstimatorEvent, EstimatorRequests } from './estimatorProtocol.ts';
import { FollowedDocuments } from './followedDocuments.ts';
import { Settler } from './settler.ts';

/** Text that is asked for at a time, in UTF-16 code units: the editor's thread reads and copies it in one go. */
const mostWanted = 128 * 1024;

export interface EstimatorParts {
  readonly catalogue: Catalogue;
  loadEncoding(name: EncodingName): Encoding;
  /** Lets other messages be read before a long count goes on. */
  pause(): Promise<void>;
  /** Waits for as long as nobody should have typed before something slow begins. */
  rest(): Promise<void>;
  send(event: EstimatorEvent): void;
}

interface Target {
  readonly choice: ModelChoice;
  readonly family: Family;
  /** `null` for a model without a price list. */
  readonly priced: PricedModel | null;
}

export function createEstimatorHandlers(parts: EstimatorParts): Handlers<EstimatorRequests> {
  const documents = new FollowedDocuments();
  const lookup = createLookup(parts.catalogue);
  const settler = new Settler(documents, parts);
  const encodingOf = keepEncodings(parts.loadEncoding);
  const targetOf = (id: string) => toTarget(id, lookup(id)?.model ?? null);

  async function estimate(query: EstimateQuery): Promise<EstimateReply> {
    const document = documents.find(query);
    if (document === undefined) return { kind: 'outOfStep' };
    const { choice, family, priced } = targetOf(query.model);
    const encoding = encodingOf(family.encoding);
    const count = await countAll(toCount(document, query, encoding), parts.pause);
    if (count === undefined) {
      const { version } = document;
      return { kind: 'textWanted', version, spans: document.wanted(encoding, query.spans, mostWanted) };
    }
    if (!count.isExact) settler.settle(query.uri);
    const result = toEstimate(choice, family, count);
    const cost = priced === null ? null : projectCost(priced, result.tokens, query.atMs);
    return { kind: 'estimate', estimate: result, cost };
  }

  return {
    models: () => offeredModels.map((id) => targetOf(id).choice),
    openDocument: ({ uri, text, restLength = 0 }) => {
      documents.open(uri, text, restLength);
      return null;
    },
    supplyText: ({ uri, version, pieces }) => {
      documents.supply(uri, version, pieces);
      return null;
    },
    editDocument: ({ uri, edits }) => {
      documents.edit(uri, edits);
      return null;
    },
    closeDocument: ({ uri }) => {
      documents.close(uri);
      return null;
    },
    estimate,
  };
}

/**
 * The model under its own id, whatever spelling was asked for. Of a model that the catalogue does not know nothing is
 * guessed: it keeps the name it was given, and its estimate the widest margin.
 */
function toTarget(askedId: string, priced: PricedModel | null): Target {
  const family = priced === null ? unknownFamily : familyOf(priced.id);
  const choice: ModelChoice = {
    id: priced?.id ?? askedId,
    name: priced?.name ?? askedId,
    vendor: priced?.vendor ?? '',
    contextWindowTokens: priced?.contextWindowTokens ?? null,
    isExact: family.errorShare === 0,
  };
  return { choice, family, priced };
}

/** Loads each encoding when it is first counted with, and keeps it. */
function keepEncodings(loadEncoding: EstimatorParts['loadEncoding']): (name: EncodingName) => Encoding {
  const encodings = new Map<EncodingName, Encoding>();
  return (name) => {
    const encoding = encodings.get(name) ?? loadEncoding(name);
    encodings.set(name, encoding);
    return encoding;
  };
}

type Counting = Generator<undefined, Count | undefined>;

function toCount(document: CountedText, { spans }: EstimateQuery, encoding: Encoding): readonly Counting[] {
  if (spans.length === 0) return [document.count(encoding)];
  return spans.map(({ start, end }) => document.countSpan(encoding, start, end));
}

/** `undefined` where text is wanted first. */
async function countAll(
  countings: readonly Counting[],
  pause: () => Promise<void>,
): Promise<Count | undefined> {
  let sum = noCount;
  for (const counting of countings) {
    let step = counting.next();
    while (step.done !== true) {
      await pause();
      step = counting.next();
    }
    if (step.value === undefined) return undefined;
    sum = addCounts(sum, step.value);
  }
  return sum;
}
