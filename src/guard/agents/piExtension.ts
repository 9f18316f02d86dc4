/** The extension that Pi loads. */

import { askingPlugin } from './askingPlugin.ts';
import type { Launcher } from './commandLine.ts';

export function piExtension(launcher: Launcher): string | null {
  return askingPlugin(launcher, { agent: 'pi', name: 'Pi', limitMs: 10_000, body });
}

/**
 * Whatever goes wrong in it allows. Of a turn that is aborted before its request nothing is sent, and Pi says no more than
 * that it was aborted: without a terminal what is written to the error output is seen, else a notification. To sum up a
 * conversation it makes a request of its own, also for a prompt that is going to be refused. A program that drives Pi would
 * lose it with its process.
 */
const body = `const isDrivenByArguments = process.argv.some((arg, at) => arg === 'rpc' && process.argv[at - 1] === '--mode');

const toAsker = ({ sessionManager, cwd, mode }) => ({
  sessionID: sessionManager.getSessionId(),
  transcript: sessionManager.getSessionFile(),
  cwd,
  isDriven: mode === 'rpc' || isDrivenByArguments,
});
const tell = (message, { hasUI, ui }) => {
  if (hasUI) ui.notify(message, 'error');
  else console.error(message);
};

export default function (pi) {
  pi.on('context', async ({ messages }, context) => {
    const { kind, sentence } = await ask('context', toAsker(context));
    if (kind === 'stop') {
      tell(sentence, context);
      context.abort();
    }
    if (kind !== 'wrapUp') return undefined;
    const told = { role: 'user', content: [{ type: 'text', text: sentence }], timestamp: Date.now() };
    return { messages: [...messages, told] };
  });
  pi.on('session_before_compact', async (_event, context) => {
    const { kind } = await ask('session_before_compact', toAsker(context));
    return kind === 'stop' ? { cancel: true } : undefined;
  });
}
`;
