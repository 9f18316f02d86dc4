/** What a guard answered while agents ran, from the file of each session that holds its last answer. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface GuardAnswer {
  /** The agent's own key of the session that was answered. */
  readonly session: string;
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly event: string;
  readonly decision: string;
  /** `null` where it took a shell alone. */
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
  const lastMs = new Map(answersIn(folder).map(({ path, atMs }) => [path, atMs]));
  const look = () => {
    for (const { path, atMs } of answersIn(folder)) {
      if (atMs === lastMs.get(path)) continue;
      lastMs.set(path, atMs);
      answers.push(...readAnswer(path, atMs));
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

interface AnswerFile {
  readonly path: string;
  readonly atMs: number;
}

function answersIn(folder: string): AnswerFile[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ path, atMs: stats.mtimeMs }];
    });
  } catch {
    return [];
  }
}

/** Nothing of a file that is just being written. */
function readAnswer(path: string, atMs: number): GuardAnswer[] {
  try {
    const { event, decision, latencyMs = null, fault = null } = JSON.parse(readFileSync(path, 'utf8'));
    return [{ session: sessionOf(path), atMs, event, decision, latencyMs, fault }];
  } catch {
    return [];
  }
}

/** Files are named `<agent>.<session>`. */
function sessionOf(path: string): string {
  const name = basename(path);
  return name.slice(name.indexOf('.') + 1);
}
