/**
 * Asks the engine that an agent keeps for all its terminals to interrupt a turn: ending the engine itself would end every
 * session in it. It is spoken to over a WebSocket; a library for all that those can do would be loaded by every hook.
 */

import { randomBytes } from 'node:crypto';
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
  const { request } = await import('node:http');
  const opening = request({ socketPath: path, headers: openingHeaders() });
  const granted = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), answerMs).unref();
    for (const event of ['error', 'response']) opening.on(event, () => resolve(false));
    opening.on('upgrade', (_response, socket, head) => {
      let heard = head.toString('latin1');
      socket.on('error', () => resolve(false)).on('close', () => resolve(false));
      socket.on('data', (part: Buffer) => {
        heard += part.toString('latin1');
        const answer = answerIn(heard, messages.at(-1)?.id);
        if (answer !== null) resolve(answer);
      });
      for (const message of messages) socket.write(toFrame(JSON.stringify(message)));
    });
  });
  // An upgraded request ends without its socket.
  opening.on('upgrade', (_response, socket) => void granted.then(() => socket.destroy()));
  opening.end();
  await granted;
  opening.destroy();
  return granted;
}

function openingHeaders() {
  return {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
  };
}

/** A whole text of less than 64 KiB, masked as a client's must be (RFC 6455, section 5.2). */
function toFrame(text: string): Buffer {
  const data = Buffer.from(text);
  const mask = randomBytes(4);
  const { length } = data;
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0x80 | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), mask, data.map((byte, index) => byte ^ (mask[index & 3] ?? 0))]);
}

/** `null` as long as there is none. */
function answerIn(heard: string, id: number | undefined): boolean | null {
  const [, kind] = new RegExp(`"id":${id},"(result|error)"`).exec(heard) ?? [];
  return kind === undefined ? null : kind === 'result';
}
