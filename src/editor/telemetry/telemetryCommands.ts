/** The commands that have Claude Code tell of all its requests; what they do is loaded with the first of them. */

import type { Disposable } from 'vscode';
import { registerCommands } from '../commands.ts';
import { claudeConfigFolders } from '../plan/claudeConfig.ts';
import { thisMachine } from '../sessions/ledgerSettings.ts';
import { readSetting } from '../settings.ts';

export function registerTelemetryCommands(): Disposable[] {
  const folders = () =>
    claudeConfigFolders(thisMachine(), readSetting('tokenBurn.agents.claudeCode.folders'));
  const telemetry = () => import('./claudeTelemetry.ts');
  return registerCommands({
    'tokenBurn.countClaudeCodeExactly': async () =>
      (await telemetry()).receiveRequests(folders(), thisMachine().environment),
    'tokenBurn.stopCountingClaudeCodeExactly': async () => (await telemetry()).leaveRequests(folders()),
  });
}
