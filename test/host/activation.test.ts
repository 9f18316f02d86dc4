import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import workers from 'node:worker_threads';
import {
  commands,
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  lm,
  Uri,
  window,
  workspace,
} from 'vscode';
import { eventually } from '../ui/eventually.ts';
import { tokenBurn, windowState } from './tokenBurn.ts';

type Factory = (...args: never[]) => object;

/** Watches everything that VS Code's interface makes for an extension until it is disposed. */
class LeakWatch {
  readonly alive = new Map<object, string>();
  readonly #restores: (() => void)[] = [];

  /** @param make takes the place of the function where it cannot be called twice with the same arguments */
  watch<Owner extends object>(owner: Owner, name: keyof Owner & string, make?: Factory): void {
    const own = owner[name] as Factory;
    owner[name] = ((...args: never[]) => this.#keep(name, (make ?? own).apply(owner, args))) as never;
    this.#restores.push(() => {
      owner[name] = own as never;
    });
  }

  restore(): void {
    for (const restore of this.#restores) restore();
  }

  #keep(name: string, thing: object): object {
    const disposable = thing as Disposable;
    const dispose = disposable.dispose;
    this.alive.set(thing, name);
    disposable.dispose = () => {
      this.alive.delete(thing);
      return dispose.call(disposable);
    };
    return thing;
  }
}

/** The commands, the views and the tools are taken: VS Code has one of each. */
function standIn() {
  const events = new EventEmitter();
  return {
    visible: true,
    onDidChangeVisibility: events.event,
    onDidCollapseElement: events.event,
    onDidChangeCheckboxState: events.event,
    dispose: () => events.dispose(),
  };
}

function watchInterface(): LeakWatch {
  const watch = new LeakWatch();
  watch.watch(commands, 'registerCommand', standIn);
  watch.watch(lm, 'registerTool', standIn);
  watch.watch(window, 'createTreeView', standIn);
  watch.watch(window, 'createStatusBarItem');
  watch.watch(window, 'createOutputChannel');
  watch.watch(window, 'onDidChangeActiveTextEditor');
  watch.watch(window, 'onDidChangeTextEditorSelection');
  watch.watch(workspace, 'createFileSystemWatcher');
  watch.watch(workspace, 'onDidChangeConfiguration');
  watch.watch(workspace, 'onDidChangeWorkspaceFolders');
  watch.watch(workspace, 'onDidChangeTextDocument');
  watch.watch(workspace, 'onDidCloseTextDocument');
  return watch;
}

/** Counts workers from start to exit. */
function watchWorkers(): { running: number; started: number; restore(): void } {
  const own = workers.Worker;
  const count = {
    running: 0,
    started: 0,
    restore: () => {
      workers.Worker = own;
    },
  };
  workers.Worker = class extends own {
    constructor(...args: ConstructorParameters<typeof own>) {
      super(...args);
      count.running += 1;
      count.started += 1;
      this.on('exit', () => {
        count.running -= 1;
      });
    }
  };
  return count;
}

/** What VS Code hands to the extension, with subscriptions and storage of its own. */
function freshContext(): Pick<
  ExtensionContext,
  'subscriptions' | 'asAbsolutePath' | 'extension' | 'globalState' | 'globalStorageUri' | 'workspaceState'
> {
  const stored = new Map<string, unknown>();
  const state = {
    keys: () => [...stored.keys()],
    get: (key: string) => stored.get(key) as never,
    update: async (key: string, value: unknown) => void stored.set(key, value),
  };
  return {
    subscriptions: [],
    asAbsolutePath: (path) => `${tokenBurn().extensionPath}/${path}`,
    extension: tokenBurn(),
    globalState: { ...state, setKeysForSync: () => {} },
    globalStorageUri: Uri.file('/home/ann/User/globalStorage/tokenburn.token-burn'),
    workspaceState: state,
  };
}

describe('activation', () => {
  const { activate } = createRequire(`${tokenBurn().extensionPath}/package.json`)('./dist/extension.js');

  // What the running extension still makes while it starts would be taken for the second one's.
  before(async () => {
    const state = await windowState();
    await eventually(
      async () => state.ledgerStatus()?.phase,
      (phase) => phase === 'ready',
    );
    await pause(1_000);
  });

  it('a second time leaves nothing behind once it is disposed', async () => {
    const watch = watchInterface();
    const threads = watchWorkers();
    try {
      const context = freshContext();
      const state = await activate(context);
      await eventually(
        async () => state.ledgerStatus()?.phase,
        (phase) => phase === 'ready' || phase === 'waiting',
      );
      assert.ok(watch.alive.size > 10, 'the watch sees what is made');
      assert.ok(threads.started > 0, 'the watch sees the workers');
      for (const subscription of context.subscriptions) subscription.dispose();
      await eventually(
        async () => threads.running,
        (running) => running === 0,
      );
      assert.deepEqual([...watch.alive.values()], []);
    } finally {
      watch.restore();
      threads.restore();
    }
  });

  it('goes on when one of its parts fails', async () => {
    const watch = watchInterface();
    const { createTreeView } = window;
    window.createTreeView = () => {
      throw new Error('no view today');
    };
    const context = freshContext();
    try {
      const state = await activate(context);
      assert.equal(state.ledgerStatus(), undefined);
      const made = [...watch.alive.values()];
      assert.ok(made.includes('createStatusBarItem'));
    } finally {
      window.createTreeView = createTreeView;
      for (const subscription of context.subscriptions) subscription.dispose();
      watch.restore();
    }
  });
});
