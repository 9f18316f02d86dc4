/** Commands of the contributions table, by name and type. */

import { commands, type Disposable } from 'vscode';
import type { CommandArguments, CommandId } from '../contributions.ts';

export type CommandHandlers = {
  readonly [Id in CommandId]?: (...args: CommandArguments[Id]) => unknown;
};

export function registerCommands(handlers: CommandHandlers): Disposable[] {
  return Object.entries(handlers).map(([id, handler]) =>
    commands.registerCommand(id, handler as (...args: unknown[]) => unknown),
  );
}

/** A link target that runs a command without arguments. */
export function commandLink(id: CommandId): string {
  return `command:${id}`;
}
