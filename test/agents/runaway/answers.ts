/** What a guard answered while agents ran, from the file of each session that holds its last answer. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GuardAnswer {
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly event: string;
  readonly decision: string | null;
  readonly latencyMs: number | null;
  readonly fault: string | null;
}

export interface AnswerWatch {
  /** Every answer seen so far, in order. */
  readonly answers: readonly GuardAnswer[];
  end(): void;
}

/** Short against the time that an agent takes from one answer to the next. */
const lookEveryMs = 5;

/** Begins with what comes after those that are there. @param folder that of the files; it need not exist yet */
export function watchAnswers(folder: string): AnswerWatch {
  const answers: GuardAnswer[] = [];
  const last = new Map(namesIn(folder).map((name) => [name, textOf(join(folder, name))]));
  const look = () => {
    for (const name of namesIn(folder)) {
      const text = textOf(join(folder, name));
      if (text === last.get(name)) continue;
      last.set(name, text);
      answers.push(...parse(text));
    }
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    answers,
    end: () => {
      clearInterval(timer);
      look();
    },
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Nothing of a file that is just being written. */
function parse(text: string): GuardAnswer[] {
  try {
    return [JSON.parse(text) as GuardAnswer];
  } catch {
    return [];
  }
}
