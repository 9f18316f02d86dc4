/** Downloads the public price list: one request that carries nothing, within limits of time and size. */

import { parseServerUrl } from '../../engines/serverUrl.ts';

export type DownloadProblem =
  /** No address, or not one that keeps others from changing what is read: `https`, or this machine. */
  | 'address'
  /** It points to another place, which is not followed. */
  | 'redirected'
  /** The server answered with something else than the list. */
  | 'refused'
  | 'unreachable'
  | 'timedOut'
  | 'tooLong'
  | 'cancelled';

export type Download =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly problem: DownloadProblem };

export interface DownloadLimits {
  readonly fetch: typeof globalThis.fetch;
  readonly timeLimitMs: number;
  readonly longestBytes: number;
  /** Ends it when somebody gives up. */
  readonly signal: AbortSignal;
}

/** Ten times what the list has grown to. */
export const usualLimits = { timeLimitMs: 30_000, longestBytes: 8 << 20 };

/** Host to tell the user of; `null` for an address that is not asked. */
export function hostOf(address: string): string | null {
  const server = parseServerUrl(address);
  if (server === null) return null;
  return server.isLoopback || server.baseUrl.startsWith('https:') ? server.host : null;
}

export async function download(address: string, limits: DownloadLimits): Promise<Download> {
  if (hostOf(address) === null) return failed('address');
  const timeLimit = AbortSignal.timeout(limits.timeLimitMs);
  const signal = AbortSignal.any([limits.signal, timeLimit]);
  try {
    const response = await limits.fetch(address.trim(), {
      redirect: 'manual',
      credentials: 'omit',
      signal,
    });
    if (response.ok) return await read(response, limits.longestBytes);
    await response.body?.cancel();
    const isElsewhere = response.type === 'opaqueredirect' || Math.floor(response.status / 100) === 3;
    return failed(isElsewhere ? 'redirected' : 'refused');
  } catch {
    if (limits.signal.aborted) return failed('cancelled');
    return failed(timeLimit.aborted ? 'timedOut' : 'unreachable');
  }
}

async function read({ body }: Response, longestBytes: number): Promise<Download> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > longestBytes) return failed('tooLong');
    chunks.push(chunk);
  }
  return { kind: 'bytes', bytes: new Uint8Array(Buffer.concat(chunks)) };
}

function failed(problem: DownloadProblem): Download {
  return { kind: 'failed', problem };
}
