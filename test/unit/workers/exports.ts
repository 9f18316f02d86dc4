/** Exports of telemetry as Claude Code sends them, to a receiver on loopback. */

import { createServer, request as requestOver, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
export const number = (key: string, intValue: number | string) => ({ key, value: { intValue } });

/** An export of logs, each record by its attributes. */
export function exported(...records: readonly (readonly object[])[]): string {
  const logRecords = records.map((attributes) => ({ timeUnixNano: '1', attributes }));
  return JSON.stringify({ resourceLogs: [{ resource: {}, scopeLogs: [{ scope: {}, logRecords }] }] });
}

export interface Sending {
  readonly port: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** Over a connection of its own. Returns the status of the answer. */
export function send(
  body: string | Buffer,
  { port, headers = {}, path = '/v1/logs' }: Sending,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = { authorization: 'Bearer s3cret', 'content-type': 'application/json', ...headers };
    const options = { host: '127.0.0.1', port, path, method: 'POST', headers: sent, agent: false };
    const asked = requestOver(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject).end(body);
  });
}

export async function freePort(): Promise<number> {
  const server = await listenAt(0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server that refuses everything. */
export function listenAt(port: number): Promise<Server> {
  const server = createServer((_request, response) => response.writeHead(418).end());
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
