/** Tokens of folders in the editor: counted by a worker when somebody asks, and shown in a view of their own. */

import { commands, type Disposable, env, type LogOutputChannel, type Memento, Uri } from 'vscode';
import { viewIds } from '../../contributions.ts';
import type { Thread } from '../../workers/client.ts';
import type { CountedFor, FolderPage, FolderSummary } from '../../workers/folderProtocol.ts';
import { registerCommands } from '../commands.ts';
import { ContextKeySetter } from '../contextKeys.ts';
import type { Estimator } from '../estimate/estimator.ts';
import type { ModelInUse } from '../estimate/modelInUse.ts';
import { projectOf } from '../estimate/projectOf.ts';
import type { Format } from '../format.ts';
import { Lifetime } from '../lifetime.ts';
import type { PricesInUse } from '../prices/pricesInUse.ts';
import { toCountedRoots } from './countedRoots.ts';
import { chooseFolders } from './folderChoice.ts';
import { FolderClient } from './folderClient.ts';
import { FoldersView } from './foldersView.ts';

export interface FolderTokensParts {
  readonly startFolders: () => Thread;
  readonly storage: Memento;
  readonly model: ModelInUse;
  readonly prices: PricesInUse;
  /** `undefined` where the part that owns it could not start: then nothing is calibrated. */
  readonly estimator: Pick<Estimator, 'calibration' | 'onDidCalibrate'> | undefined;
  readonly format: Format;
  readonly log: LogOutputChannel;
}

const usedKey = 'tokenBurn.hasCountedFolder';

export class FolderTokens implements Disposable {
  readonly #parts: FolderTokensParts;
  readonly #lifetime = new Lifetime();
  readonly #contextKeys = new ContextKeySetter();
  readonly #client: FolderClient;
  readonly #view: FoldersView;
  #folders: readonly Uri[] = [];
  #summary: FolderSummary | undefined;
  /** Rises with each count: what an older one says is no news. */
  #counts = 0;
  #isCounting = false;
  /** Whether the model, or what is known of it, has changed since it was shown. */
  #isStale = false;
  #toldProblem: string | null = null;

  constructor(parts: FolderTokensParts) {
    this.#parts = parts;
    this.#client = this.#lifetime.add(new FolderClient(parts.startFolders, parts.log));
    this.#view = this.#lifetime.add(
      new FoldersView((folder, limit) => this.#children(folder, limit), parts.format),
    );
    this.#contextKeys.set('tokenBurn.hasCountedFolder', parts.storage.get(usedKey) === true);
    this.#contextKeys.set('tokenBurn.isCountingFolder', false);
    this.#lifetime.add(this.#client.onDidProgress((summary) => this.#show(summary)));
    this.#lifetime.add(parts.model.onDidChange(() => void this.#tellAnew()));
    if (parts.estimator) this.#lifetime.add(parts.estimator.onDidCalibrate(() => void this.#tellAnew()));
    this.#lifetime.add(parts.prices.onDidChange(() => void this.#changePrices()));
    this.#lifetime.add(
      this.#view.onDidShow(() => {
        if (this.#isStale) void this.#tellAnew();
      }),
    );
    for (const command of this.#registerCommands()) this.#lifetime.add(command);
  }

  /** What stands above the rows. */
  get message(): string {
    return this.#view.message;
  }

  outline(): string[] {
    return this.#view.outline();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #registerCommands(): Disposable[] {
    return registerCommands({
      'tokenBurn.countFolder': (clicked, selected) => this.#countChosen(clicked, selected),
      'tokenBurn.recountFolders': () => this.#recount(),
      'tokenBurn.stopFolderCount': () => this.#stop(),
      'tokenBurn.showMoreFolderRows': (row) => this.#view.showMore(row),
      'tokenBurn.revealFolderRow': (row) => this.#reveal(row),
      'tokenBurn.copyFolderRowPath': (row) => this.#copyPath(row),
    });
  }

  async #countChosen(clicked: unknown, selected: unknown): Promise<void> {
    const folders = await chooseFolders(clicked, selected);
    if (folders.length === 0) return;
    this.#folders = folders;
    this.#summary = undefined;
    this.#contextKeys.set('tokenBurn.hasCountedFolder', true);
    void this.#parts.storage.update(usedKey, true);
    await commands.executeCommand(`${viewIds.folders}.focus`);
    this.#view.clear();
    await this.#count();
  }

  async #recount(): Promise<void> {
    await (this.#folders.length === 0 ? this.#countChosen(undefined, undefined) : this.#count());
  }

  async #count(): Promise<void> {
    this.#counts += 1;
    const own = this.#counts;
    this.#isStale = false;
    this.#setCounting(true);
    try {
      const summary = await this.#client.count(toCountedRoots(this.#folders), await this.#countedFor());
      if (own === this.#counts) this.#show(summary);
    } catch (error) {
      this.#parts.log.error(`Folders were not counted: ${error instanceof Error ? error.message : error}`);
      if (own === this.#counts && this.#summary) this.#show({ ...this.#summary, isCounting: false });
    } finally {
      if (own === this.#counts) this.#setCounting(false);
    }
  }

  #setCounting(isCounting: boolean): void {
    this.#isCounting = isCounting;
    this.#view.setBusy(isCounting);
    this.#contextKeys.set('tokenBurn.isCountingFolder', isCounting);
  }

  async #stop(): Promise<void> {
    if (this.#isCounting) await this.#client.stop();
  }

  #show(summary: FolderSummary): void {
    this.#summary = summary;
    this.#view.show(summary);
    const { cacheProblem } = summary;
    if (cacheProblem === null || cacheProblem === this.#toldProblem) return;
    this.#toldProblem = cacheProblem;
    this.#parts.log.warn(`Counts of folders are not kept: ${cacheProblem}`);
  }

  async #changePrices(): Promise<void> {
    await this.#client.usePrices(this.#parts.prices.sources).catch(() => {});
    await this.#tellAnew();
  }

  /** Has what was counted told for the model in use. What nobody looks at is brought up to date when somebody does. */
  async #tellAnew(): Promise<void> {
    this.#isStale = this.#folders.length > 0;
    if (!this.#isStale || !this.#view.isVisible) return;
    this.#isStale = false;
    const summary = await this.#client.useModel(await this.#countedFor()).catch(() => null);
    if (summary !== null) this.#show(summary);
    else if (this.#isCounting || this.#summary?.isComplete) await this.#count();
    else this.#isStale = true;
  }

  async #countedFor(): Promise<CountedFor> {
    const { estimator, model } = this.#parts;
    const [folder] = this.#folders;
    const projectPath = folder === undefined ? null : projectOf(folder);
    const calibration = await estimator?.calibration(model.id, projectPath).catch(() => null);
    return { model: model.id, calibration: calibration ?? null };
  }

  /** A worker that was gone has nothing to answer with until it has counted again; what was stopped stays so. */
  async #children(folder: string | null, limit: number): Promise<FolderPage | null> {
    const page = await this.#client.children(folder, limit);
    if (page === null && !this.#isCounting && this.#summary?.isComplete) void this.#count();
    return page;
  }

  async #reveal(row: unknown): Promise<void> {
    const path = this.#view.pathOf(row);
    if (path !== undefined) await commands.executeCommand('revealInExplorer', Uri.file(path));
  }

  async #copyPath(row: unknown): Promise<void> {
    const path = this.#view.pathOf(row);
    if (path !== undefined) await env.clipboard.writeText(path);
  }
}
