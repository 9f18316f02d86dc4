/** Settings as people and programs leave them: any layout, comments anywhere, hooks of others in the same events. */

import type { Random } from '../bench/random.ts';

/** @param events some of which already hold hooks */
export function randomSettings(random: Random, events: readonly string[]): string {
  const text = new SettingsText(random);
  const members: string[] = text.some(3, (nth) => text.member(`m${nth}`, text.leaf()));
  if (random.chance(0.7)) members.push(text.member('hooks', text.hooks(events)));
  members.push(...text.some(2, (nth) => text.member(`n${nth}`, text.leaf())));
  return random.pick(['', '', '\uFEFF']) + text.gap() + text.object(members) + text.gap();
}

class SettingsText {
  readonly #random: Random;
  readonly #eol: string;
  #comments = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#eol = random.pick(['\n', '\n', '\r\n']);
  }

  some(most: number, make: (nth: number) => string): string[] {
    return Array.from({ length: this.#random.whole(0, most) }, (_, nth) => make(nth));
  }

  /** Space, with a comment at times. */
  gap(): string {
    const { pick } = this.#random;
    const nth = this.#comments++;
    const comment = pick(['', '', '', '', `/*${nth}*/`, `//${nth}${this.#eol}`]);
    return (
      pick(['', ' ', this.#eol, `${this.#eol}  `, `${this.#eol}\t`]) + comment + pick(['', ' ', this.#eol])
    );
  }

  member(name: string, value: string): string {
    return `${JSON.stringify(name)}${this.gap()}:${this.gap()}${value}`;
  }

  object(members: readonly string[]): string {
    return this.#joined('{', members, '}');
  }

  leaf(): string {
    return this.#random.pick(['1', 'null', '"a, b"', '"// no {"', 'true', '[]', '{}', '[1, 2]', '"\\u0000"']);
  }

  hooks(events: readonly string[]): string {
    const named = [...events, 'Other'].filter(() => this.#random.chance(0.5));
    const groups = () => this.some(3, () => (this.#random.chance(0.7) ? this.#group() : this.leaf()));
    return this.object(named.map((event) => this.member(event, this.#joined('[', groups(), ']'))));
  }

  #group(): string {
    const matcher = this.some(1, () => this.member('matcher', '"*"'));
    const handlers = this.some(2, () => this.#handler());
    return this.object([...matcher, this.member('hooks', this.#joined('[', handlers, ']'))]);
  }

  #handler(): string {
    const command = this.#random.pick(['"theirs"', '"x \\"y\\""', '1']);
    return this.object([this.member('type', '"command"'), this.member('command', command)]);
  }

  #joined(open: string, parts: readonly string[], close: string): string {
    const trailing = parts.length > 0 && this.#random.chance(0.2) ? `,${this.gap()}` : '';
    const inner = parts.map((part) => this.gap() + part + this.gap()).join(',');
    return open + (parts.length === 0 ? this.gap() : inner + trailing) + close;
  }
}
