/**
 * Asks the engine that an agent keeps for all its terminals to interrupt a turn: ending the engine itself would end every
 * session in it.
 */

import type { EngineMessage } from './agents/agentGuard.ts';

/** How long the agent may be kept by it. */
const answerMs = 1_000;

/**
 * Says messages in their order.
 *
 * @param path of a socket for WebSockets
 * @returns whether the last one was answered with a result; `false`, too, where nobody listens
 */
export async function askEngine(path: string, messages: readonly EngineMessage[]): Promise<boolean> {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(`ws+unix:${path}:/`, { handshakeTimeout: answerMs });
  return new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), answerMs);
    socket.on('open', () => {
      for (const message of messages) socket.send(JSON.stringify(message));
    });
    socket.on('message', (data) => {
      const granted = isGranted(String(data), messages.at(-1)?.id);
      if (granted !== null) resolve(granted);
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  }).finally(() => socket.terminate());
}

/** `null` of a message that is no answer to the request. */
function isGranted(text: string, id: number | undefined): boolean | null {
  try {
    const answer = JSON.parse(text) as { readonly id?: unknown; readonly result?: unknown };
    return answer.id === id ? answer.result !== undefined : null;
  } catch {
    return null;
  }
}
