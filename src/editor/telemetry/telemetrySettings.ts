/**
 * Claude Code's settings with its telemetry on, and without: only logs of its requests, only to our receiver.
 * https://code.claude.com/docs/en/monitoring-usage
 */

import { changeSetting, isRecord, readSettings } from '../changes/jsonSettings.ts';

/** Where the receiver listens, on loopback, and what it wants to be told first. */
export interface Door {
  readonly port: number;
  readonly secret: string;
}

/**
 * Has telemetry come to the receiver. What the user has set of it themselves is not touched: some of it, once
 * telemetry is on, would send elsewhere.
 *
 * @param text of the settings; empty where there are none
 * @returns `present` where it comes there already, `taken` where telemetry is set otherwise, `unreadable` where the text is
 *   no settings that could be changed
 */
export function withTelemetry(
  text: string,
  door: Door,
): { text: string } | 'present' | 'taken' | 'unreadable' {
  const env = environmentIn(text);
  if (env === null) return 'unreadable';
  const wanted = variablesFor(door);
  const known = Object.keys(env).filter(isOfTelemetry);
  const isOurs = Object.entries(wanted).every(([name, value]) => env[name] === value);
  if (isOurs && known.length === Object.keys(wanted).length) return 'present';
  if (known.length > 0) return 'taken';
  return {
    text: Object.entries(wanted).reduce(
      (changed, [name, value]) => changeSetting(changed, ['env', name], value),
      text,
    ),
  };
}

/**
 * Takes it out again, as far as nobody has changed it.
 *
 * @returns `absent` where nothing of it is there, `unreadable` where the text is no settings that could be changed
 */
export function withoutTelemetry(text: string, door: Door): { text: string } | 'absent' | 'unreadable' {
  const env = environmentIn(text);
  if (env === null) return 'unreadable';
  const ours = Object.entries(variablesFor(door)).filter(([name, value]) => env[name] === value);
  if (ours.length === 0) return 'absent';
  const left = ours.reduce((changed, [name]) => changeSetting(changed, ['env', name], undefined), text);
  // Comments in it are the user's.
  const isBare = /"env"\s*:\s*\{\s*\}/.test(left) && Object.keys(environmentIn(left) ?? {}).length === 0;
  return { text: isBare ? changeSetting(left, ['env'], undefined) : left };
}

/** Where the settings have telemetry sent, if to a receiver of ours. */
export function doorIn(text: string): Door | null {
  const { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: url, OTEL_EXPORTER_OTLP_LOGS_HEADERS: headers } =
    environmentIn(text) ?? {};
  const port = Number(/^http:\/\/127\.0\.0\.1:(\d{4,5})\/v1\/logs$/.exec(String(url))?.[1]);
  const secret = /^authorization=Bearer%20([\w-]{32})$/.exec(String(headers))?.[1];
  return secret !== undefined && port > 0 ? { port, secret } : null;
}

/** Whether telemetry is set in an environment, which goes to Claude Code beside its settings. */
export function hasTelemetry(environment: Readonly<Record<string, string | undefined>>): boolean {
  return Object.keys(environment).some((name) => isOfTelemetry(name) && environment[name] !== '');
}

function isOfTelemetry(name: string): boolean {
  return name === 'CLAUDE_CODE_ENABLE_TELEMETRY' || name.startsWith('OTEL_');
}

function variablesFor({ port, secret }: Door): Readonly<Record<string, string>> {
  return {
    CLAUDE_CODE_ENABLE_TELEMETRY: '1',
    // What a shell or a project may have set of the rest, telemetry being off, would be sent from now on.
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'none',
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `http://127.0.0.1:${port}/v1/logs`,
    OTEL_EXPORTER_OTLP_LOGS_HEADERS: `authorization=Bearer%20${secret}`,
  };
}

function environmentIn(text: string): Readonly<Record<string, unknown>> | null {
  const settings = readSettings(text);
  if (settings === null) return null;
  const { env = {} } = settings;
  return isRecord(env) ? env : null;
}
