/** How the estimator worker answers. */

import type { AgentPlaces } from '../estimator/context/agents.ts';
import type { Files } from '../estimator/context/files.ts';
import { imageTokens } from '../estimator/context/imageTokens.ts';
import type { CountedText } from '../estimator/countedText.ts';
import { addCounts, type Count, type Encoding, type EncodingName, noCount } from '../estimator/encoding.ts';
import { type ModelChoice, toEstimate } from '../estimator/estimate.ts';
import { type Family, familyOf, offeredModels, unknownFamily } from '../estimator/models.ts';
import type { Catalogue, PricedModel } from '../pricing/catalogue.ts';
import { createLookup } from '../pricing/lookup.ts';
import { projectCost } from '../pricing/projectedCost.ts';
import type { Handlers } from './channel.ts';
import { type ContextTarget, createContextHandler } from './contextHandler.ts';
import type { EstimateQuery, EstimateReply, EstimatorEvent, EstimatorRequests } from './estimatorProtocol.ts';
import { FollowedDocuments } from './followedDocuments.ts';
import { Settler } from './settler.ts';

export interface EstimatorParts {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly places: AgentPlaces;
  /** A path of this machine as `files` takes it. */
  toSlashes(path: string): string;
  now(): number;
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

  function contextTargetOf(id: string): ContextTarget {
    const { choice, family, priced } = targetOf(id);
    const price = (tokens: number, atMs: number) => priced && projectCost(priced, tokens, atMs);
    return { choice, family, encoding: encodingOf(family.encoding), price };
  }

  async function estimate(query: EstimateQuery): Promise<EstimateReply> {
    const document = documents.find(query);
    if (document === undefined) return { kind: 'outOfStep' };
    const { choice, family, priced } = targetOf(query.model);
    const count = await countAll(toCount(document, query, encodingOf(family.encoding)), parts.pause);
    if (!count.isExact) settler.settle(query.uri);
    const result = toEstimate(choice, family, count);
    const cost = priced === null ? null : projectCost(priced, result.tokens, query.atMs);
    return { kind: 'estimate', estimate: result, cost };
  }

  return {
    models: () => offeredModels.map((id) => targetOf(id).choice),
    openDocument: ({ uri, text }) => {
      documents.open(uri, text);
      return null;
    },
    appendText: ({ uri, text }) => {
      documents.append(uri, text);
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
    context: createContextHandler({ ...parts, documents, imageTokens, targetOf: contextTargetOf }),
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

type Counting = Generator<undefined, Count>;

function toCount(document: CountedText, { spans }: EstimateQuery, encoding: Encoding): readonly Counting[] {
  if (spans.length === 0) return [document.count(encoding)];
  return spans.map(({ start, end }) => document.countSpan(encoding, start, end));
}

async function countAll(countings: readonly Counting[], pause: () => Promise<void>): Promise<Count> {
  let sum = noCount;
  for (const counting of countings) {
    let step = counting.next();
    while (step.done !== true) {
      await pause();
      step = counting.next();
    }
    sum = addCounts(sum, step.value);
  }
  return sum;
}
