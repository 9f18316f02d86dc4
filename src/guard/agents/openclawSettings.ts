/** OpenClaw's settings as far as they name plugins: where ours lies, what it may see, and that it may run. */

import { posix, win32 } from 'node:path';
import type { Node } from 'jsonc-parser';
import { guardFiles } from '../guardFolder.ts';
import type { Refusal } from './agentGuard.ts';
import type { Launcher } from './commandLine.ts';
import type { SettingsChange } from './groupedHooks.ts';
import { itemsOf, memberOf, parseObject, removeChild, splitMark } from './jsonEdits.ts';
import { addAt, addItemAt, nodeAt } from './jsonPaths.ts';
import { openclawPlugin } from './openclawPlugin.ts';

/** OpenClaw takes it from the name of the plugin's file. */
const pluginId = 'token-burn';

const pathsPath = ['plugins', 'load', 'paths'] as const;
/** The only plugins to run, where it holds any. */
const allowedPath = ['plugins', 'allow'] as const;
const entryPath = ['plugins', 'entries', pluginId] as const;
/** A prompt is kept from the model by those alone who may see it. */
const accessPath = [...entryPath, 'hooks', 'allowConversationAccess'] as const;

export const openclawSettings: SettingsChange = {
  isOwnFile: false,
  install(text, launcher) {
    if (openclawPlugin(launcher) === null) return { refused: 'unquotable' };
    const { mark, body } = splitMark(text ?? '');
    const changed = addPlugin(body.trim() === '' ? '{\n}\n' : body, pluginPath(launcher));
    return typeof changed === 'string' ? mark + changed : changed;
  },
  uninstall(text, launcher) {
    const { mark, body } = splitMark(text);
    if (body.trim() === '') return text;
    const changed = removePlugin(body, pluginPath(launcher));
    return typeof changed === 'string' ? mark + changed : changed;
  },
  isInstalled(text, launcher) {
    const root = parseObject(splitMark(text).body);
    return root !== null && missingIn(root, pluginPath(launcher)).length === 0;
  },
  isSwitchedOff(text) {
    const root = parseObject(splitMark(text).body);
    return (
      nodeAt(root, ['plugins', 'enabled'])?.value === false ||
      memberOf(nodeAt(root, entryPath), 'enabled')?.value === false ||
      itemOf(nodeAt(root, ['plugins', 'deny']), pluginId) !== undefined
    );
  },
};

function pluginPath({ path, platform }: Launcher): string {
  const { dirname, join } = platform === 'win32' ? win32 : posix;
  return join(dirname(path), ...guardFiles.openclawPlugin.split('/'));
}

/** Adds one thing to a text that lacks it; `null` where something else stands in its place. */
type Addition = (text: string) => string | null;

function missingIn(root: Node, file: string): readonly Addition[] {
  const allowed = itemsOf(nodeAt(root, allowedPath));
  const isAllowed = allowed.length === 0 || itemOf(nodeAt(root, allowedPath), pluginId) !== undefined;
  const isNamed = itemOf(nodeAt(root, pathsPath), file) !== undefined;
  const maySee = nodeAt(root, accessPath)?.value === true;
  return [
    ...(isNamed ? [] : [(text: string) => addItemAt(text, pathsPath, file)]),
    ...(maySee ? [] : [(text: string) => addAt(text, accessPath, true)]),
    ...(isAllowed ? [] : [(text: string) => addItemAt(text, allowedPath, pluginId)]),
  ];
}

function addPlugin(text: string, file: string): string | Refusal {
  const root = parseObject(text);
  if (root === null) return { refused: 'unreadable' };
  let changed = text;
  for (const add of missingIn(root, file)) {
    const next = add(changed);
    if (next === null) return { refused: 'unexpected' };
    changed = next;
  }
  return changed;
}

/** What only the plugin needed goes with it. */
function removePlugin(text: string, file: string): string | Refusal {
  let changed = text;
  for (;;) {
    const root = parseObject(changed);
    if (root === null) return { refused: 'unreadable' };
    const found = partsIn(root, file)[0];
    if (found === undefined) return changed;
    changed = removeChild(changed, found);
  }
}

/** A list of allowed plugins that is empty would allow all: ours stays the last one in it. */
function partsIn(root: Node, file: string): readonly Node[] {
  const allowed = nodeAt(root, allowedPath);
  const parts = [
    itemOf(nodeAt(root, pathsPath), file),
    nodeAt(root, entryPath)?.parent,
    itemsOf(allowed).length > 1 ? itemOf(allowed, pluginId) : undefined,
  ];
  return parts.filter((part) => part !== undefined);
}

function itemOf(list: Node | undefined, value: string): Node | undefined {
  return itemsOf(list).find((item) => item.value === value);
}
