/** A disk in memory that records what is asked of it. */

import type { FileState, Files, FolderEntry } from '../../../../src/estimator/context/files.ts';

type Content = string | Uint8Array | { readonly linkTo: string } | 'device';

export class MemoryFiles implements Files {
  readonly calls: string[] = [];
  /** Whether nothing can be read now. */
  isBusy = false;
  readonly #contents = new Map<string, { readonly bytes: Uint8Array; readonly modifiedMs: number }>();
  readonly #links = new Map<string, string>();
  readonly #devices = new Set<string>();
  #time = 1;

  constructor(contents: Readonly<Record<string, Content>> = {}) {
    for (const [path, content] of Object.entries(contents)) this.write(path, content);
  }

  write(path: string, content: Content): void {
    if (content === 'device') this.#devices.add(path);
    else if (typeof content === 'object' && 'linkTo' in content) this.#links.set(path, content.linkTo);
    else {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      this.#contents.set(path, { bytes, modifiedMs: this.#time++ });
    }
  }

  remove(path: string): void {
    this.#contents.delete(path);
  }

  /** The paths that were read since the last call. */
  takeReads(): string[] {
    const reads = this.calls.filter((call) => call.startsWith('read ')).map((call) => call.slice(5));
    this.calls.length = 0;
    return reads;
  }

  async look(path: string): Promise<FileState> {
    this.calls.push(`look ${path}`);
    const realPath = this.#real(path);
    if (realPath === undefined || this.#devices.has(realPath)) return { kind: 'unreadable' };
    const found = this.#contents.get(realPath);
    if (found) {
      return { kind: 'file', realPath, sizeBytes: found.bytes.length, modifiedMs: found.modifiedMs };
    }
    return this.#namesIn(realPath).length > 0 ? { kind: 'folder', realPath } : { kind: 'missing' };
  }

  async read(path: string, limitBytes: number): Promise<Uint8Array | null> {
    this.calls.push(`read ${path}`);
    if (this.isBusy) return null;
    return this.#contents.get(this.#real(path) ?? '')?.bytes.subarray(0, limitBytes) ?? null;
  }

  async list(path: string): Promise<readonly FolderEntry[] | null> {
    this.calls.push(`list ${path}`);
    const realPath = this.#real(path) ?? '';
    const names = this.#namesIn(realPath);
    const isFolder = (name: string) => {
      const behind = this.#real(`${realPath}/${name}`) ?? '';
      return !this.#contents.has(behind) && this.#namesIn(behind).length > 0;
    };
    return names.length === 0 ? null : names.map((name) => ({ name, isFolder: isFolder(name) }));
  }

  /** @returns `undefined` for links that lead in a circle */
  #real(path: string): string | undefined {
    let real = path;
    for (let hops = 0; hops < 8; hops++) {
      const link = [...this.#links].find(([from]) => real === from || real.startsWith(`${from}/`));
      if (link === undefined) return real;
      real = link[1] + real.slice(link[0].length);
    }
    return undefined;
  }

  #namesIn(folder: string): string[] {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    const paths = [...this.#contents.keys(), ...this.#links.keys(), ...this.#devices];
    const below = paths.filter((path) => path.startsWith(prefix));
    return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))];
  }
}
