/** An extension that is loaded beside the product in UI tests and answers questions about the host on loopback. */

import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ConfigurationTarget, commands, type ExtensionContext, extensions, workspace } from 'vscode';
import type { WindowState } from '../../../src/extension.ts';
import { joinChat } from './chat.ts';
import { typeCharacter } from './keystroke.ts';
import { provideModels } from './models.ts';
import { HostProfile } from './profile.ts';
import {
  type Address,
  addressVariable,
  profileVariable,
  type QuestionName,
  type Questions,
} from './questions.ts';

/** `null` where none is taken, or where it would begin too late. */
let profile: HostProfile | null = null;
const extensionId = 'tokenburn.token-burn';

const answers: {
  readonly [Name in QuestionName]: (
    ask: Questions[Name]['ask'],
  ) => Questions[Name]['answer'] | PromiseLike<Questions[Name]['answer']>;
} = {
  commands: () => commands.getCommands(),
  runCommand: ({ command, args }) => commands.executeCommand(command, ...args),
  setting: ({ id }) => workspace.getConfiguration().get(id),
  changeSetting: async ({ id, value }) => {
    await workspace.getConfiguration().update(id, value, ConfigurationTarget.Global);
    return null;
  },
  extension: ({ id }) => {
    const extension = extensions.getExtension(id);
    if (extension === undefined) return null;
    return { isActive: extension.isActive, folder: extension.extensionPath };
  },
  typeCharacter: async ({ character }) => typeCharacter(character, await windowState()),
  shown: async () => {
    const state = await windowState();
    return {
      estimateText: state.estimateText() ?? null,
      estimateLabel: state.estimateLabel() ?? null,
      ledgerStatus: state.ledgerStatus() ?? null,
      sessionRows: state.sessionRows(),
      contextRows: state.contextRows(),
    };
  },
  startProfile: async () => {
    profile = new HostProfile(process.env[profileVariable]);
    await profile.start();
    return null;
  },
  isProfiled: () => profile !== null,
  stopProfile: (folders) => {
    if (profile === null) throw new Error('no profile is taken');
    return profile.stop(folders);
  },
};

async function windowState(): Promise<WindowState> {
  const extension = extensions.getExtension<WindowState>(extensionId);
  if (extension === undefined) throw new Error(`${extensionId} is not installed`);
  return extension.activate();
}

export async function activate(context: ExtensionContext): Promise<void> {
  const file = process.env[profileVariable];
  if (file !== undefined) await startProfile(file);
  const addressFile = process.env[addressVariable];
  if (addressFile === undefined) throw new Error(`${addressVariable} is not set`);
  const token = randomUUID();
  const server = createServer((request, response) => void respond(request, response, token));
  server.listen(0, '127.0.0.1', () =>
    tell(addressFile, { port: (server.address() as AddressInfo).port, token }),
  );
  context.subscriptions.push({ dispose: () => server.close() }, provideModels(), joinChat());
}

/** VS Code may start the product before this extension: then its start would be missing. */
async function startProfile(file: string): Promise<void> {
  if (extensions.getExtension(extensionId)?.isActive) return;
  profile = new HostProfile(file);
  await profile.start();
}

/** In one step, so that nobody reads half an address. */
function tell(file: string, address: Address): void {
  writeFileSync(`${file}.new`, JSON.stringify(address));
  renameSync(`${file}.new`, file);
}

async function respond(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
  try {
    if (request.headers.authorization !== token) throw new Error('wrong token');
    const { name, ask } = JSON.parse(await text(request));
    const answer = await answerTo(name, ask);
    response.end(JSON.stringify({ answer: answer ?? null }));
  } catch (error) {
    response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  }
}

function answerTo<Name extends QuestionName>(name: Name, ask: Questions[Name]['ask']) {
  return answers[name](ask);
}
