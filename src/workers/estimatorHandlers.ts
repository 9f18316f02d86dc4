/** How the estimator worker answers. */

import { applyCalibration, yardstick } from '../estimator/calibration.ts';
import type { AgentPlaces } from '../estimator/context/agents.ts';
import type { Files } from '../estimator/context/files.ts';
import type { Count, Encoding, EncodingName, LoadedEncoding } from '../estimator/encoding.ts';
import { type Estimate, excessShareOf, toEstimate } from '../estimator/estimate.ts';
import { keepEncodings } from '../estimator/familyEncodings.ts';
import { type Family, offeredModels, unknownFamily } from '../estimator/models.ts';
import type { Catalogue } from '../pricing/catalogue.ts';
import type { OwnPrice } from '../pricing/ownPrices.ts';
import { projectCost } from '../pricing/projectedCost.ts';
import { Calibrations, type Kin } from './calibrations.ts';
import type { Handlers } from './channel.ts';
import { type ContextTarget, createContextHandler } from './contextHandler.ts';
import type { ContextQuery } from './contextProtocol.ts';
import { countQuery } from './countQuery.ts';
import type { EstimateQuery, EstimateReply, EstimatorEvent, EstimatorRequests } from './estimatorProtocol.ts';
import { FollowedDocuments } from './followedDocuments.ts';
import { overheadsOf } from './overheads.ts';
import { Settler } from './settler.ts';
import { createTargets, type Target } from './targets.ts';
import { findVariances } from './varianceSearch.ts';

/** Text that is asked for at a time, in UTF-16 code units: the editor's thread reads and copies it in one go. */
const mostWanted = 128 * 1024;

export interface EstimatorParts {
  readonly catalogue: Catalogue;
  /** The user's; none where it is left out. */
  readonly ownPrices?: readonly OwnPrice[];
  readonly files: Files;
  readonly places: AgentPlaces;
  /** A path of this machine as `files` takes it. */
  toSlashes(path: string): string;
  now(): number;
  loadEncoding(name: EncodingName): LoadedEncoding;
  /** Lets other messages be read before a long count goes on. */
  pause(): Promise<void>;
  /** Waits for as long as nobody should have typed before something slow begins. */
  rest(): Promise<void>;
  send(event: EstimatorEvent): void;
}

export function createEstimatorHandlers(parts: EstimatorParts): Handlers<EstimatorRequests> {
  const documents = new FollowedDocuments();
  const settler = new Settler(documents, parts);
  const encodings = keepEncodings(parts.loadEncoding);
  const targetOf = createTargets(parts.catalogue, parts.ownPrices);
  const scales = new Map<Family, number>();
  const calibrations = new Calibrations((model) => kinOf(targetOf(model)));

  function tokensOf({ choice, family }: Target, text: string): number {
    return toEstimate(choice, family, encodings.tokens(family).count(text)).tokens;
  }

  function kinOf(target: Target): Kin {
    const { choice, family } = target;
    const identity = family === unknownFamily ? choice.id : family;
    // Exact counts have but one scale, and no vocabulary need be loaded to know it.
    const scale = choice.isExact ? 1 : (scales.get(family) ?? tokensOf(target, yardstick));
    scales.set(family, scale);
    return { identity, scale, isExact: choice.isExact };
  }

  /** What was counted as the model is thought to count it, before calibration and after. */
  function estimatesOf(
    { choice, family }: Target,
    { model, projectPath }: Pick<EstimateQuery, 'model' | 'projectPath'>,
    count: Count,
    doubts: Count | null,
  ): { readonly cold: Estimate; readonly calibrated: Estimate } {
    const cold = toEstimate(choice, family, count, doubts);
    const calibration = calibrations.calibrationOf(model, projectPath);
    if (calibration === null) return { cold, calibrated: cold };
    const excessShare = excessShareOf(family, count, doubts);
    const calibrated = applyCalibration(cold, calibration, { isExactCount: count.isExact, excessShare });
    return { cold, calibrated };
  }

  function contextTargetOf(query: ContextQuery): ContextTarget {
    const target = targetOf(query.model);
    const { family, priced } = target;
    return {
      encoding: encodings.tokens(family),
      doubting: encodings.doubts(family),
      estimate: (count, doubts) => estimatesOf(target, query, count, doubts).calibrated,
      imageTokens: family.imageTokens,
      overheads: overheadsOf(query.agent, calibrations.baselinesOf(query.model, query.projectPath), family),
      price: (tokens) => priced && projectCost(priced, tokens, query.atMs),
    };
  }

  async function estimate(query: EstimateQuery): Promise<EstimateReply> {
    const document = documents.find(query);
    if (document === undefined) return { kind: 'outOfStep' };
    const target = targetOf(query.model);
    const { family, priced } = target;
    const encoding = encodings.tokens(family);
    const doubting = encodings.doubts(family);
    document.ask(doubting === null ? [encoding] : [encoding, doubting]);
    document.hold(query.spans);
    const countWith = (each: Encoding) => countQuery(document, query, each, parts.pause);
    // In both before text is asked for, so that it serves both.
    const count = await countWith(encoding);
    const doubts = doubting === null ? null : await countWith(doubting);
    if (count === undefined || doubts === undefined) {
      const lacking = count === undefined || doubting === null ? encoding : doubting;
      const spans = document.wanted(lacking, query.spans, mostWanted);
      return { kind: 'textWanted', version: document.version, spans };
    }
    if (!count.isExact) settler.settle(query.uri);
    const calibration = calibrations.calibrationOf(query.model, query.projectPath);
    const { cold, calibrated: result } = estimatesOf(target, query, count, doubts);
    const uncalibrated = { tokens: cold.tokens, scale: kinOf(target).scale };
    const cost = priced === null ? null : projectCost(priced, result.tokens, query.atMs);
    const baselines = calibrations.baselinesOf(query.model, query.projectPath);
    return { kind: 'estimate', estimate: result, cost, calibration, uncalibrated, baselines };
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
    context: createContextHandler({ ...parts, documents, targetOf: contextTargetOf }),
    findVariances: ({ log }) =>
      findVariances(
        log,
        (model, text) => {
          const target = targetOf(model);
          const { scale, isExact } = kinOf(target);
          return { tokens: tokensOf(target, text), scale, isExact };
        },
        parts.pause,
      ),
    calibration: ({ model, projectPath }) => calibrations.calibrationOf(model, projectPath),
    calibrate: ({ variances }) => {
      calibrations.replace(variances);
      return null;
    },
  };
}
