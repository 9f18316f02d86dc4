import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds, viewIds } from '../../src/contributions.ts';
import { windowState } from './tokenBurn.ts';

/** VS Code adds commands of its own for each view, such as to focus it. */
function isOfView(command: string): boolean {
  return Object.values(viewIds).some((view) => command.startsWith(`${view}.`));
}

describe('commands', () => {
  it('are registered exactly as declared', async () => {
    await windowState();
    const registered = (await commands.getCommands()).filter(
      (id) => id.startsWith('tokenBurn.') && !isOfView(id),
    );
    assert.deepEqual(registered.sort(), Object.keys(commandIds).sort());
  });
});
