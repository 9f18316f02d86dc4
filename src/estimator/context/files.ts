/** The disk as the assembly of a prompt needs it. Nothing here throws or waits without end. */

export type FileState =
  | {
      readonly kind: 'file';
      readonly sizeBytes: number;
      /** In milliseconds since 1970 UTC; another one means other text. */
      readonly modifiedMs: number;
      /** The path behind all links. */
      readonly realPath: string;
    }
  | { readonly kind: 'folder'; readonly realPath: string }
  | { readonly kind: 'missing' }
  /** No rights, too slow, or a thing that is neither a file nor a folder, such as a device or a pipe. */
  | { readonly kind: 'unreadable' };

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Paths are absolute and written with slashes. */
export interface Files {
  look(path: string): Promise<FileState>;
  /** At most the first `limitBytes`; `null` when that fails. Never opens what could block, such as a pipe. */
  read(path: string, limitBytes: number): Promise<Uint8Array | null>;
  /** In no order; `null` when that fails. */
  list(path: string): Promise<readonly FolderEntry[] | null>;
}
