/** What a UI test can ask the extension host, beside what it sees on the page. */

import type { LedgerStatus } from '../../../src/workers/ledgerProtocol.ts';
import type { Keystroke } from './keystroke.ts';
import type { Busy } from './profile.ts';

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
  /** What Token Burn shows in this window. */
  readonly shown: { readonly ask: null; readonly answer: Shown };
  /** Types one character at the cursor. */
  readonly typeCharacter: { readonly ask: { readonly character: string }; readonly answer: Keystroke };
  /** Begins a profile now, in place of one that runs. */
  readonly startProfile: { readonly ask: null; readonly answer: null };
  /** Whether a profile is taken, where `profileVariable` is set. Not so when the product started before it could be. */
  readonly isProfiled: { readonly ask: null; readonly answer: boolean };
  /** How busy extensions kept the host while the profile was taken; asks for parts of their paths by name. */
  readonly stopProfile: {
    readonly ask: Readonly<Record<string, string>>;
    readonly answer: Readonly<Record<string, Busy>>;
  };
}

export interface ExtensionState {
  readonly isActive: boolean;
  readonly folder: string;
}

/** What the extension's `WindowState` says, as values. */
export interface Shown {
  readonly estimateText: string | null;
  readonly estimateLabel: string | null;
  readonly ledgerStatus: LedgerStatus | null;
  readonly sessionRows: readonly string[];
  readonly contextRows: readonly string[];
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

/** Names the file that a profile of the host is written to; without it none is taken. */
export const profileVariable = 'TOKEN_BURN_TEST_PROFILE';
