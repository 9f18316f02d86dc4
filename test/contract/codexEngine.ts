/** An engine of Codex that grants whatever it is asked. */

import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';

/** @param folder made for its socket */
export async function startEngine(folder: string) {
  mkdirSync(folder, { recursive: true });
  const heard: { readonly id?: number }[] = [];
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      heard.push(message);
      if (message.id !== undefined) socket.send(JSON.stringify({ id: message.id, result: {} }));
    });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 'app-server-control.sock'), resolve));
  return {
    heard,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
