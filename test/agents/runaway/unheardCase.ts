/** An agent that hears nothing of what its guard answers: it is interrupted when it goes on after the stop. */

import type { Sandbox } from '../sandbox.ts';
import { figuresOf, isStop } from './figures.ts';
import { unheardGuard } from './installedGuard.ts';
import type { RunawayAgent } from './runawayAgents.ts';
import type { CaseResult, RunawayCase } from './runawayCase.ts';
import { type GuardedTurn, runAwayOnce, shortReach } from './runawayTrial.ts';

export const unheardCase: RunawayCase = { name: 'unheard', play };

async function play({ agent, model }: RunawayAgent, sandbox: Sandbox): Promise<CaseResult> {
  const run = await runAwayOnce(agent, sandbox, { installGuard: unheardGuard(), model });
  return { figures: figuresOf(run), deviations: [...checkEnd(run.runaway), ...checkDoctor(run.doctor)] };
}

function checkEnd({ outcome, served, answers }: GuardedTurn): string[] {
  const stops = answers.filter(isStop).length;
  if (outcome.isTimedOut || served.length >= shortReach.most) {
    return [`it was not interrupted: ${served.length} calls, ${stops} answers to stop`];
  }
  return stops < 2 ? [`it ended by itself: ${stops} answers to stop`] : [];
}

function checkDoctor(doctor: string): string[] {
  const isSaid = /^A stop did not hold: .*, \d+ responses since; its process was interrupted$/m.test(doctor);
  return isSaid ? [] : [`the doctor does not say it: ${doctor.slice(0, 500)}`];
}
