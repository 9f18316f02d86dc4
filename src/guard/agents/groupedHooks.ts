/**
 * Hooks in groups below the name of their event, as Claude Code has them and others took over from it:
 * `{ "hooks": { "<event>": [ { "matcher": "…", "hooks": [ { "type": "command", "command": "…" } ] } ] } }`.
 */

import type { Node } from 'jsonc-parser';
import type { AgentGuard, Refusal } from './agentGuard.ts';
import type { Launcher } from './commandLine.ts';
import { addItem, addProperty, itemsOf, memberOf, parseObject, removeChild, splitMark } from './jsonEdits.ts';

/** The one handler of each event, by the event's name. */
type Handlers = Readonly<Record<string, Handler>>;

interface Handler {
  readonly command: string;
  readonly [key: string]: unknown;
}

const unreadable: Refusal = { refused: 'unreadable' };
const unexpected: Refusal = { refused: 'unexpected' };

/** @param text `null` or empty where there are no settings yet */
function installHooks(text: string | null, handlers: Handlers): string | Refusal {
  const { mark, body } = splitMark(text ?? '');
  let changed = body.trim() === '' ? '{\n}\n' : body;
  for (const [event, handler] of Object.entries(handlers)) {
    const next = installHandler(changed, event, handler);
    if (typeof next !== 'string') return next;
    changed = next;
  }
  return body.trim() === '' && changed === '{\n}\n' ? (text ?? '') : mark + changed;
}

function installHandler(text: string, event: string, handler: Handler): string | Refusal {
  const root = parseObject(text);
  if (root === null) return unreadable;
  if (findHandler(root, event, handler.command) !== undefined) return text;
  const group = { hooks: [handler] };
  const hooks = memberOf(root, 'hooks');
  if (hooks === undefined) return addProperty(text, root, 'hooks', { [event]: [group] });
  if (hooks.type !== 'object') return unexpected;
  const groups = memberOf(hooks, event);
  if (groups === undefined) return addProperty(text, hooks, event, [group]);
  return groups.type === 'array' ? addItem(text, groups, group) : unexpected;
}

/** Takes out every handler of ours. What only they needed goes with them. */
function uninstallHooks(text: string, handlers: Handlers): string | Refusal {
  const { mark, body } = splitMark(text);
  if (body.trim() === '') return text;
  let changed = body;
  for (;;) {
    const root = parseObject(changed);
    if (root === null) return unreadable;
    const found = Object.entries(handlers)
      .map(([event, { command }]) => findHandler(root, event, command))
      .find((handler) => handler !== undefined);
    if (found === undefined) return mark + changed;
    changed = removeChild(changed, found);
  }
}

function holdsHooks(text: string, handlers: Handlers): boolean {
  const root = parseObject(splitMark(text).body);
  const events = Object.entries(handlers);
  return (
    root !== null && events.every(([event, { command }]) => findHandler(root, event, command) !== undefined)
  );
}

/** Where the handler stands: its group among the event's, and its place in that. */
export function placeOfHandler(
  text: string,
  event: string,
  command: string,
): readonly [number, number] | null {
  const groups = itemsOf(memberOf(memberOf(parseObject(splitMark(text).body), 'hooks'), event));
  for (const [nth, group] of groups.entries()) {
    const place = itemsOf(memberOf(group, 'hooks')).findIndex((handler) => isCommand(handler, command));
    if (place >= 0) return [nth, place];
  }
  return null;
}

function findHandler(root: Node, event: string, command: string): Node | undefined {
  return itemsOf(memberOf(memberOf(root, 'hooks'), event))
    .flatMap((group) => itemsOf(memberOf(group, 'hooks')))
    .find((handler) => isCommand(handler, command));
}

function isCommand(handler: Node, command: string): boolean {
  return memberOf(handler, 'command')?.value === command;
}

/** What of a guard follows from its handlers alone. */
export type SettingsChange = Pick<
  AgentGuard,
  'isOwnFile' | 'install' | 'uninstall' | 'isInstalled' | 'isSwitchedOff'
>;

/**
 * @param handlersOf `null` where the launcher's path cannot be given to the agent's shell
 * @param areOff whether settings switch off all hooks
 */
export function groupedHooks(
  handlersOf: (launcher: Launcher) => Handlers | null,
  areOff: (root: Node) => boolean,
): SettingsChange {
  return {
    isOwnFile: false,
    install(text, launcher) {
      const handlers = handlersOf(launcher);
      return handlers === null ? { refused: 'unquotable' } : installHooks(text, handlers);
    },
    uninstall: (text, launcher) => uninstallHooks(text, handlersOf(launcher) ?? {}),
    isInstalled(text, launcher) {
      const handlers = handlersOf(launcher);
      return handlers !== null && holdsHooks(text, handlers);
    },
    isSwitchedOff(text) {
      const root = parseObject(splitMark(text).body);
      return root !== null && areOff(root);
    },
  };
}

/** The same handler for each event, but for its command; `null` where the path cannot be given to the shell. */
export function handlersFor(
  events: readonly string[],
  toCommand: (event: string) => string | null,
  rest: Readonly<Record<string, unknown>>,
): Handlers | null {
  const handlers: Record<string, Handler> = {};
  for (const event of events) {
    const command = toCommand(event);
    if (command === null) return null;
    handlers[event] = { type: 'command', command, ...rest };
  }
  return handlers;
}
