/** Lets VS Code's own agent mode run away under its guard, and holds it against what a guard must do. */

import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { LoopbackModel } from '../model/loopbackModel.ts';
import { type AgentMode, answersIn, launcherOf, openAgentMode } from './agentMode.ts';
import { watchAnswers } from './answers.ts';
import { figuresOf, isStop } from './figures.ts';
import { judgeRunaway } from './judgeRunaway.ts';
import { usual } from './runawayAgents.ts';
import type { CaseResult } from './runawayCase.ts';
import { costOfCalls, runawayScript } from './runawayModel.ts';
import { type GuardedTurn, type RunawayTrial, shortReach } from './runawayTrial.ts';

const modelName = 'gpt-5.4';
const turnLimitMs = 180_000;
/** As long as a quick model takes. What a call took in tokens is written down five seconds after it at the latest. */
const answerMs = 5_000;
/** Of a turn that is held, nothing may come for so long. */
const heldMs = 10_000;

/** @param helpers sub-agents that the main loop starts first */
export async function runAwayInEditor(helpers: readonly string[]): Promise<CaseResult> {
  const { script, calm } = runawayScript(helpers);
  const reach = shortReach;
  const limit = { calls: reach.limit, money: costOfCalls(modelName, reach.limit) };
  const model = await LoopbackModel.start({
    script,
    maxCalls: reach.most,
    lifeMs: 4 * turnLimitMs,
    answerMs,
  });
  const mode = await openAgentMode(model.url, modelName, limit, { wrapUp: 50, near: 50 }).catch((error) => {
    model.stop();
    throw error;
  });
  try {
    const next = prompter(mode, model);
    const runaway = await next('Begin', 'held');
    const heard = JSON.stringify(model.lastRequest?.body);
    const refused = await next('Continue', 'refused');
    calm();
    release(mode, runaway.answers.at(-1)?.session ?? '');
    const released = await next('Finish', 'released');
    const trial: RunawayTrial = { limit, reach, runaway, refused, released, heard };
    const figures = figuresOf(trial);
    return { figures, deviations: judgeRunaway(trial, figures, usual, 1 + helpers.length) };
  } finally {
    await mode.vscode.close();
    model.stop();
  }
}

function release({ vscode, ...mode }: AgentMode, sessionKey: string): void {
  const environment = { ...process.env, HOME: vscode.homeFolder };
  execFileSync(launcherOf({ vscode, ...mode }), ['release', sessionKey], { env: environment });
}

function prompter(mode: AgentMode, model: LoopbackModel) {
  const { chat, vscode } = mode;
  return async (prompt: string, picture: string): Promise<GuardedTurn> => {
    const [servedBefore, askedBefore] = [model.served.length, model.askedMs.length];
    const watch = watchAnswers(answersIn(mode));
    await chat.ask(prompt);
    const isTimedOut = !(await comesToRest(mode, model));
    watch.end();
    const isPromptRefused = model.askedMs.length === askedBefore;
    if (isPromptRefused && watch.answers.some(isStop)) await chat.showRefusal();
    const stdout = await chat.text();
    await vscode.ui.screenshot(`agent-mode-${picture}`);
    if (await chat.cancelButton().isVisible()) await chat.cancelButton().click();
    return {
      outcome: { stdout, stderr: '', exitCode: isTimedOut ? null : 0, isTimedOut },
      served: model.served.slice(servedBefore),
      askedMs: model.askedMs.slice(askedBefore),
      answers: watch.answers,
    };
  };
}

/** Until the turn has ended, or asks its user and asks the model no more. Returns whether it came to that. */
async function comesToRest({ chat }: AgentMode, model: LoopbackModel): Promise<boolean> {
  const deadline = Date.now() + turnLimitMs;
  await chat
    .cancelButton()
    .waitFor()
    .catch(() => undefined);
  while (Date.now() < deadline) {
    await pause(500);
    if (!(await chat.cancelButton().isVisible())) return true;
    if (!(await chat.confirmation(/hook required confirmation/).isVisible())) continue;
    const calls = model.askedMs.length;
    await pause(heldMs);
    if (model.askedMs.length === calls) return true;
  }
  return false;
}
