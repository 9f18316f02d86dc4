/** What the responses of a run have in common, out of the bytes of the line that gave it. */

import type { BillingTerms } from '../../../domain/receipt.ts';
import { toTime } from '../../fields.ts';
import { syntheticModel } from '../receipts.ts';
import { toTerms } from '../usage.ts';
import * as field from './program/fields.ts';
import { dayBytes, mostContextBytes } from './program/layout.ts';
import type { SkimProgram, Span } from './skimProgram.ts';

/** Texts are `''` where they are missing. */
export interface LineContext {
  readonly sessionId: string;
  readonly isSideChain: boolean;
  readonly agentId: string;
  readonly projectPath: string;
  readonly gitBranch: string;
  readonly effort: string;
  readonly model: string;
  readonly terms: BillingTerms;
  /** When the day began, in milliseconds since 1970 UTC. */
  readonly dayMs: number;
}

/** Longer texts are no ids or names. */
const longestText = 256;

/** `null` where the line has to be read. */
export function readContext(program: SkimProgram): LineContext | null {
  const texts = contextTexts.map((of) => textOf(program, of));
  const isSideChain = truthOf(program, field.isSidechainField);
  const time = program.field(field.timestampField);
  const dayMs =
    time && toTime(`${program.text({ start: time.start + 1, end: time.start + dayBytes })}T00:00:00.000Z`);
  if (dayMs === null || isSideChain === null || !texts.every((text) => text !== null)) return null;
  const [sessionId = '', model = '', projectPath = '', ...names] = texts;
  const isNamed = sessionId !== '' && model !== '' && model !== syntheticModel;
  if (!isNamed || [sessionId, model, ...names].some(({ length }) => length > longestText)) return null;
  const [agentId = '', gitBranch = '', effort = '', serviceTier = '', speed = '', region = ''] = names;
  return {
    sessionId,
    isSideChain,
    agentId,
    projectPath,
    gitBranch,
    effort,
    model,
    terms: toTerms(serviceTier, speed, region),
    dayMs,
  };
}

const contextTexts = [
  field.sessionIdField,
  field.modelField,
  field.cwdField,
  field.agentIdField,
  field.gitBranchField,
  field.effortField,
  field.serviceTierField,
  field.speedField,
  field.regionField,
];

const quote = 0x22;
const letterN = 0x6e;

/** `null` where the field holds neither of the two words. */
function truthOf(program: SkimProgram, of: number): boolean | null {
  const value = program.field(of);
  const word = value === null ? '' : program.text(value);
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** `null` where the field holds no text, or one too long to be compared with others. */
function textOf(program: SkimProgram, of: number): string | null {
  const value = program.field(of);
  if (value === null || program.bytes[value.start] === letterN) return '';
  const isText = program.bytes[value.start] === quote && value.end - value.start <= mostContextBytes;
  return isText ? parseText(program.bytes, value) : null;
}

function parseText(bytes: Buffer, { start, end }: Span): string | null {
  try {
    const text: unknown = JSON.parse(bytes.toString('utf8', start, end));
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}
