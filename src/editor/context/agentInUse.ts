/** The agent that prompts are assembled for: the user's choice, else what the prompt or the last session tells. */

import { type Disposable, EventEmitter } from 'vscode';
import { agentOfFile, type PromptAgentId, promptAgentIds, promptAgentOf } from '../../domain/promptAgent.ts';
import type { SessionNode } from '../../ledger/views.ts';
import { Lifetime } from '../lifetime.ts';
import { onSettingChange, readSetting } from '../settings.ts';

const fallbackAgent: PromptAgentId = 'claude-code';

/** Where a prompt is written. Paths as the machine spells them. */
export interface PromptPlace {
  /** `null` while it is not saved. */
  readonly document: string | null;
  readonly folder: string;
}

type KnownSession = Pick<SessionNode, 'agent' | 'projectPath'>;

export class AgentInUse implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.add(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  /** The one last active first. */
  #sessions: readonly KnownSession[] = [];

  constructor() {
    this.#lifetime.add(onSettingChange(['tokenBurn.context.agent'], () => this.#changed.fire()));
  }

  /** @returns `null` where the text is to be counted alone */
  of(place: PromptPlace): PromptAgentId | null {
    const chosen = readSetting('tokenBurn.context.agent');
    if (chosen === 'none') return null;
    return promptAgentIds.find((id) => id === chosen) ?? likelyAgent(place, this.#sessions);
  }

  /** @param sessions the one last active first */
  noteSessions(sessions: readonly KnownSession[]): void {
    const before = this.#sessions;
    this.#sessions = sessions.map(({ agent, projectPath }) => ({ agent, projectPath }));
    if (JSON.stringify(before) !== JSON.stringify(this.#sessions)) this.#changed.fire();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}

function likelyAgent({ document, folder }: PromptPlace, sessions: readonly KnownSession[]): PromptAgentId {
  const written = document === null ? undefined : agentOfFile(document);
  if (written !== undefined) return written;
  const here = sessions.find(({ projectPath }) => projectPath === folder) ?? sessions[0];
  return here === undefined ? fallbackAgent : (promptAgentOf(here.agent) ?? fallbackAgent);
}
