/** The address of a server, as somebody wrote it, and whether it is on this machine for certain. */

export interface ServerUrl {
  /** Scheme, host, port and path, without a slash at the end. */
  readonly baseUrl: string;
  /** Host and port, for people. */
  readonly host: string;
  readonly isLoopback: boolean;
}

/**
 * Names that can only be this machine. All spellings of these addresses become one of them when a URL is parsed; the
 * rest of 127.0.0.0/8 is left out because VS Code's proxy settings do not except it, and any other name because it may
 * resolve to anything. `localhost` may not (RFC 6761, section 6.3).
 */
const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * @param text with or without `/v1` at its end, as clients of OpenAI's interface want it
 * @returns `null` for what is not the address of an HTTP server, and for one that holds a user's name or password
 */
export function parseServerUrl(text: string): ServerUrl | null {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return {
    baseUrl: `${url.origin}${path}`,
    host: url.host,
    isLoopback: loopbackHosts.includes(url.hostname),
  };
}
