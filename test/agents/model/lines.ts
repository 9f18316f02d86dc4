/** Scripts in which several actors have their own lines, and how an actor is known by its prompts. */

import { mainActor, type Script, type Step } from './script.ts';

/**
 * A script in which each actor says its own lines in order, however the calls of several actors interleave. The last
 * line is said again for as long as the actor is asked, and a line that waits while there is somebody to wait for.
 */
export function lines(byActor: Readonly<Record<string, readonly Step[]>>): Script {
  const next = new Map<string, number>();
  return ({ actor, hasHelpersAtWork }) => {
    const own = byActor[actor] ?? [];
    let index = next.get(actor) ?? 0;
    const isWaiting = waits(own[index]);
    if (isWaiting && !hasHelpersAtWork) index++;
    next.set(actor, isWaiting && hasHelpersAtWork ? index : Math.min(index + 1, own.length - 1));
    return own[index];
  };
}

function waits(step: Step | undefined): boolean {
  return step?.kind === 'reply' && step.toolCalls.some(({ tool }) => tool === 'wait');
}

/** The prompt that starts a sub-agent, by which the model knows it again. */
export function actorPrompt(actor: string): string {
  return `You are the helper "${actor}". Do your part.`;
}

/** The actor of a conversation, by the last of its prompts that names one. */
export function actorOf(prompts: readonly string[]): string {
  const names = [...prompts.join('\n').matchAll(/You are the helper "([^"]+)"/g)];
  return names.at(-1)?.[1] ?? mainActor;
}
