/** Names of fields that are looked for in the bytes of a line. */

/** Tells which of some names stands at a place. */
export class Names {
  /** By their length, in which names differ mostly. */
  readonly #byLength: (readonly Known[])[];

  /** @param fields the field that each name stands for, which is a number from 0 on */
  constructor(fields: Readonly<Record<string, number>>) {
    const names = Object.entries(fields).map(([name, field]) => ({ bytes: Buffer.from(name), field }));
    const longest = Math.max(...names.map(({ bytes }) => bytes.length));
    this.#byLength = Array.from({ length: longest + 1 }, (_, length) =>
      names.filter(({ bytes }) => bytes.length === length),
    );
  }

  /** The field whose name stands between two offsets; -1 where it is none of them. */
  fieldAt(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    const names = length < this.#byLength.length ? this.#byLength[length] : undefined;
    if (names === undefined) return -1;
    for (let at = 0; at < names.length; at++) {
      const name = names[at] as Known;
      if (startsWith(bytes, start, name.bytes)) return name.field;
    }
    return -1;
  }
}

interface Known {
  readonly bytes: Uint8Array;
  readonly field: number;
}

/** Whether bytes stand at an offset of others. */
export function startsWith(bytes: Uint8Array, start: number, sought: Uint8Array): boolean {
  for (let at = 0; at < sought.length; at++) if (bytes[start + at] !== sought[at]) return false;
  return true;
}
