/** How the estimator worker answers what a prompt would send in all. */

import type { PromptAgentId } from '../domain/promptAgent.ts';
import { CharacterClasses } from '../estimator/characters.ts';
import type { AgentPlaces } from '../estimator/context/agents.ts';
import { assemble } from '../estimator/context/assemble.ts';
import { runCounting } from '../estimator/context/countText.ts';
import type { Files } from '../estimator/context/files.ts';
import type { ImageTokens } from '../estimator/context/imageTokens.ts';
import { KnownFiles, searchedLength } from '../estimator/context/knownFiles.ts';
import type { Part } from '../estimator/context/parts.ts';
import type { CountedText } from '../estimator/countedText.ts';
import { addCounts, type Count, type Encoding, noCount } from '../estimator/encoding.ts';
import { type ModelChoice, toEstimate } from '../estimator/estimate.ts';
import type { Family } from '../estimator/models.ts';
import { SafeCuts } from '../estimator/safeCuts.ts';
import type { ProjectedCost } from '../pricing/projectedCost.ts';
import type {
  ContextEstimate,
  ContextQuery,
  ContextReply,
  CountedPart,
  Overhead,
} from './contextProtocol.ts';
import type { FollowedDocuments } from './followedDocuments.ts';

/** A model as this handler needs it. */
export interface ContextTarget {
  readonly choice: ModelChoice;
  readonly family: Family;
  readonly encoding: Encoding;
  price(tokens: number, atMs: number): ProjectedCost | null;
}

export interface ContextHandlerParts {
  readonly documents: FollowedDocuments;
  readonly files: Files;
  readonly places: AgentPlaces;
  readonly imageTokens: ImageTokens;
  targetOf(model: string): ContextTarget;
  /** What is known of the overheads of an agent with a model; nothing where this is not given. */
  overheadsOf?(agent: PromptAgentId, model: string): readonly Overhead[];
  toSlashes(path: string): string;
  now(): number;
  pause(): Promise<void>;
}

/** Long before the editor takes the worker for crashed; what is missing then is counted when it asks again. */
const answerWithinMs = 4_000;

export function createContextHandler(
  parts: ContextHandlerParts,
): (query: ContextQuery) => Promise<ContextReply> {
  const { documents, files, places, toSlashes, pause, now } = parts;
  const known = new KnownFiles(files, new SafeCuts(new CharacterClasses()), pause);

  return async (query) => {
    const document = documents.find(query);
    if (document === undefined) return { kind: 'outOfStep' };
    const lateMs = now() + answerWithinMs;
    const target = parts.targetOf(query.model);
    const text = await countPrompt(document, query, target.encoding, pause);
    const unsaved = new Map(query.unsaved.map((one) => [toSlashes(one.path), one]));
    const assembly = await assemble(
      {
        text: promptText(document, query),
        agent: query.agent,
        document: query.document && toSlashes(query.document),
        folder: toSlashes(query.folder),
        folders: query.folders.map(toSlashes),
      },
      {
        files,
        known,
        places,
        encoding: target.encoding,
        live: (path) => {
          const one = unsaved.get(path);
          return one && documents.find({ ...query, ...one, spans: [] });
        },
        isLate: () => now() > lateMs,
      },
    );
    const counted = assembly.parts.map((part) => toCounted(part, target, query, parts.imageTokens));
    const sum = sumUp({
      text: toEstimate(target.choice, target.family, text),
      parts: counted,
      overheads: parts.overheadsOf?.(query.agent, target.choice.id) ?? [],
      isCut: assembly.isCut || document.length > searchedLength,
    });
    const cost = target.price(sum.whole.tokens, query.atMs);
    return { kind: 'context', context: { agent: query.agent, ...sum, cost } };
  };
}

function promptText(document: CountedText, { spans }: ContextQuery): string {
  const text = document.textUpTo(searchedLength);
  return spans.length === 0 ? text : spans.map(({ start, end }) => text.slice(start, end)).join('\n');
}

async function countPrompt(
  document: CountedText,
  { spans }: ContextQuery,
  encoding: Encoding,
  pause: () => Promise<void>,
): Promise<Count> {
  if (spans.length === 0) return runCounting(document.count(encoding), pause);
  let sum = noCount;
  for (const { start, end } of spans) {
    sum = addCounts(sum, await runCounting(document.countSpan(encoding, start, end), pause));
  }
  return sum;
}

function toCounted(
  part: Part,
  { choice, family }: ContextTarget,
  { choices }: ContextQuery,
  imageTokens: ImageTokens,
): CountedPart {
  const isIncluded = choices[part.id] ?? part.isSent;
  const { content } = part;
  switch (content.kind) {
    case 'text':
    case 'names': {
      const { tokens, errorShare } = toEstimate(choice, family, content.count);
      return { ...part, isIncluded, tokens, errorShare };
    }
    case 'image': {
      const tokens = content.size && imageTokens(choice.id, content.size);
      return { ...part, isIncluded, tokens, errorShare: 0 };
    }
    case 'problem':
      return { ...part, isIncluded, tokens: content.problem === 'missing' ? 0 : null, errorShare: 0 };
  }
}

type Summands = Pick<ContextEstimate, 'text' | 'parts' | 'overheads' | 'isCut'>;

function sumUp(summands: Summands): Omit<ContextEstimate, 'agent' | 'cost'> {
  const { text, parts, overheads, isCut } = summands;
  const included = parts.filter(({ isIncluded }) => isIncluded);
  const added = [...overheads, ...included];
  const addedTokens = added.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0);
  const tokens = text.tokens + addedTokens;
  const error = [text, ...added].reduce((sum, one) => sum + (one.tokens ?? 0) * one.errorShare, 0);
  return {
    ...summands,
    addedTokens,
    isLeast: isCut || included.some((part) => part.tokens === null),
    whole: { model: text.model, tokens, errorShare: tokens === 0 ? 0 : error / tokens },
    isUnfinished: parts.some(({ content }) => content.kind === 'problem' && content.problem === 'late'),
  };
}
