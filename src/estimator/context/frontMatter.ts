/**
 * The few fields of an instruction file's front matter that decide when it applies. Read line by line and not by a
 * YAML library: `globs: **\/*.ts`, as Cursor itself writes it, is an error in YAML.
 */

export interface FrontMatter {
  /** Values by name: a list where the field has one, or names several by commas; empty where it has none. */
  readonly [field: string]: readonly string[] | undefined;
}

const block = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
/** Nobody writes longer ones, and a missing end must not make a whole file one. */
const longest = 16_384;

export function readFrontMatter(text: string): FrontMatter {
  const fields: Record<string, string[]> = Object.create(null);
  let current: string[] | undefined;
  for (const line of (block.exec(text.slice(0, longest))?.[1] ?? '').split(/\r?\n/)) {
    const [, name, value = ''] = /^([A-Za-z][\w-]*):(.*)$/.exec(line) ?? [];
    const item = /^\s*-\s+(.*)$/.exec(line)?.[1];
    if (name !== undefined) {
      current = toValues(value);
      fields[name] = current;
    } else if (item !== undefined) current?.push(...toValues(item));
  }
  return fields;
}

function toValues(written: string): string[] {
  const value = withoutComment(written.trim());
  const list = /^\[(.*)\]$/.exec(value)?.[1];
  return splitAtCommas(list ?? unquote(value))
    .map((part) => unquote(part.trim()))
    .filter((part) => part !== '');
}

function withoutComment(value: string): string {
  return /^["'[]/.test(value) ? value : value.replace(/\s#.*$/, '');
}

function unquote(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}

/** Commas within braces belong to a pattern. */
function splitAtCommas(list: string): string[] {
  return list.match(/(?:\{[^}]*\}|[^,])+/g) ?? [];
}
