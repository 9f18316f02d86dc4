/** What a UI test can ask the extension host, beside what it sees on the page. */

export interface Questions {
  /** The ids of all commands that exist. */
  readonly commands: { readonly ask: null; readonly answer: readonly string[] };
  readonly runCommand: {
    readonly ask: { readonly command: string; readonly args: readonly unknown[] };
    readonly answer: unknown;
  };
  readonly setting: { readonly ask: { readonly id: string }; readonly answer: unknown };
  readonly changeSetting: {
    readonly ask: { readonly id: string; readonly value: unknown };
    readonly answer: null;
  };
  /** `null` when no such extension is there. */
  readonly extension: { readonly ask: { readonly id: string }; readonly answer: ExtensionState | null };
}

export interface ExtensionState {
  readonly isActive: boolean;
  readonly folder: string;
  /** What `activate` returned, as far as JSON can say it. */
  readonly exports: unknown;
}

export type QuestionName = keyof Questions;

/** How the extension host tells where it listens. */
export interface Address {
  readonly port: number;
  /** Sent with each question: a loopback port is open to everybody on the machine. */
  readonly token: string;
}

/** Names the file that the address is written to. */
export const addressVariable = 'TOKEN_BURN_TEST_QUESTIONS';
