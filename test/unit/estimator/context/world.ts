/** A machine with files on which prompts are assembled, with words for tokens. */

import type { PromptAgentId } from '../../../../src/domain/promptAgent.ts';
import { CharacterClasses } from '../../../../src/estimator/characters.ts';
import { assemble } from '../../../../src/estimator/context/assemble.ts';
import { KnownFiles } from '../../../../src/estimator/context/knownFiles.ts';
import type { Assembly, Part } from '../../../../src/estimator/context/parts.ts';
import type { CountedText } from '../../../../src/estimator/countedText.ts';
import type { Encoding } from '../../../../src/estimator/encoding.ts';
import { SafeCuts } from '../../../../src/estimator/safeCuts.ts';
import { agentPlaces } from '../../../../src/workers/agentPlaces.ts';
import { MemoryFiles } from './memoryFiles.ts';

/** Counts words, and remembers the texts that it was given. */
export class WordCounter implements Encoding {
  readonly counted: string[] = [];

  count(text: string) {
    this.counted.push(text);
    return { tokens: text.match(/\S+/g)?.length ?? 0, isExact: true };
  }

  /** What was counted since the last call. */
  take(): string[] {
    return this.counted.splice(0);
  }
}

export interface Written {
  readonly text: string;
  readonly agent?: PromptAgentId;
  readonly document?: string | null;
  readonly folder?: string;
  readonly folders?: readonly string[];
}

export class World {
  readonly files: MemoryFiles;
  readonly words = new WordCounter();
  readonly live = new Map<string, CountedText>();
  readonly cuts = new SafeCuts(new CharacterClasses());
  isLate = () => false;
  readonly #known: KnownFiles;

  constructor(contents: ConstructorParameters<typeof MemoryFiles>[0]) {
    this.files = new MemoryFiles(contents);
    this.#known = new KnownFiles(this.files, this.cuts, async () => {});
  }

  assemble({
    text,
    agent = 'claude-code',
    document = null,
    folder = '/home/ann/app',
    folders,
  }: Written): Promise<Assembly> {
    return assemble(
      { text, agent, document, folder, folders: folders ?? [folder] },
      {
        files: this.files,
        known: this.#known,
        places: agentPlaces({ homeFolder: '/home/ann', platform: 'linux', environment: {} }),
        encoding: this.words,
        live: (path) => this.live.get(path),
        isLate: () => this.isLate(),
      },
    );
  }

  /** One line a part: whether it is sent, its path and lines, why, and what it holds. */
  async outline(written: Written): Promise<string[]> {
    return (await this.assemble(written)).parts.map(toLine);
  }

  /** The paths of what is sent. */
  async sent(written: Written): Promise<string[]> {
    return (await this.assemble(written)).parts.filter(({ isSent }) => isSent).map(({ path }) => path);
  }
}

function toLine({ isSent, path, lines, reason, content }: Part): string {
  const span = lines === null ? '' : `#${lines.first}-${lines.last}`;
  return `${isSent ? '+' : '-'} ${path}${span} ${reasonOf(reason)}: ${contentOf(content)}`;
}

function reasonOf(reason: Part['reason']): string {
  if (reason.kind === 'named') return `line ${reason.line}`;
  return reason.kind === 'imported' ? `by ${reason.by}` : reason.kind;
}

function contentOf(content: Part['content']): string {
  switch (content.kind) {
    case 'problem':
      return content.problem;
    case 'image':
      return content.size === null ? 'image' : `${content.size.width}x${content.size.height}`;
    case 'names':
      return `${content.count.tokens} names`;
    case 'text':
      return `${content.count.tokens}${content.isLive ? ' live' : ''}${content.bytesLeftOut > 0 ? ` less ${content.bytesLeftOut} bytes` : ''}`;
  }
}
