/** What is used of WebAssembly, which Node has and its types leave to those of browsers. */

declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer;
    /** @param descriptor pages of 64 KB */
    constructor(descriptor: { readonly initial: number; readonly maximum?: number });
  }

  class Module {
    constructor(bytes: Uint8Array);
  }

  class Instance {
    readonly exports: Readonly<Record<string, unknown>>;
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
  }
}
