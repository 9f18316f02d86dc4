/** Adds one thing to a JSON text with comments, or takes one away: every other byte stays, comments among them. */

import { applyEdits, createScanner, type Edit, type Node, type ParseError, parseTree } from 'jsonc-parser';

/** The root of a text that is an object, `null` where it is none. */
export function parseObject(text: string): Node | null {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return errors.length === 0 && root?.type === 'object' ? root : null;
}

/** Some editors put a mark of three bytes before the text, which is no part of what is parsed. */
export function splitMark(text: string): { readonly mark: string; readonly body: string } {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  return { mark, body: text.slice(mark.length) };
}

/** The value of a property. Where a name stands twice, the last one counts, as for every parser. */
export function memberOf(object: Node | null | undefined, name: string): Node | undefined {
  if (object?.type !== 'object') return undefined;
  return object.children?.findLast((property) => property.children?.[0]?.value === name)?.children?.[1];
}

export function itemsOf(list: Node | undefined): readonly Node[] {
  return list?.type === 'array' ? (list.children ?? []) : [];
}

/** Adds a property at the end of an object. */
export function addProperty(text: string, object: Node, name: string, value: unknown): string {
  return addChild(text, object, (gap) => `${JSON.stringify(name)}:${gap}`, value);
}

/** Adds an item at the end of a list. */
export function addItem(text: string, list: Node, value: unknown): string {
  return addChild(text, list, () => '', value);
}

function addChild(text: string, container: Node, before: (gap: string) => string, value: unknown): string {
  const close = endOf(container) - 1;
  const at = text.slice(0, close).trimEnd().length;
  const last = container.children?.at(-1);
  const comma = last && commaBetween(text, endOf(last), close);
  const { lead, tail, json } = layout(text, container, at, value);
  const isTight = !text.includes('\n') && !/: /.test(text);
  const after = comma === undefined || comma === null ? '' : ',';
  const added = lead + before(isTight ? '' : ' ') + json + after + tail;
  const edits: Edit[] = [{ offset: at, length: 0, content: added }];
  if (last && comma === null) edits.unshift({ offset: endOf(last), length: 0, content: ',' });
  return applyEdits(text, edits);
}

interface Layout {
  readonly lead: string;
  readonly tail: string;
  readonly json: string;
}

/** On lines of its own, but for what joins others on one line. */
function layout(text: string, container: Node, at: number, value: unknown): Layout {
  const hasOthers = (container.children ?? []).length > 0;
  const endsLine = text.slice(at, endOf(container)).includes('\n');
  const isBare = container.parent === undefined && !hasOthers;
  if (hasOthers ? !endsLine : !isBare && !text.includes('\n')) {
    return { lead: hasOthers ? ' ' : '', tail: '', json: JSON.stringify(value) };
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const [, indent = '  '] = /\n([ \t]+)"/.exec(text) ?? [];
  const outer = indentAt(text, container.offset);
  const lines = JSON.stringify(value, null, indent).split('\n');
  return {
    lead: eol + outer + indent,
    tail: endsLine ? '' : eol + outer,
    json: lines.join(eol + outer + indent),
  };
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/**
 * Takes a property, or an item of a list, out of what holds it, and that as well where nothing else is in it, not even a
 * comment. The outermost object stays.
 */
export function removeChild(text: string, child: Node): string {
  const container = child.parent;
  if (container === undefined) return text;
  if (container.parent !== undefined && isAlone(text, container, child)) {
    return removeChild(text, container.parent.type === 'property' ? container.parent : container);
  }
  const removed = applyEdits(text, removalOf(text, container, child));
  const start = container.offset + 1;
  const close = endOf(container) - 1 + removed.length - text.length;
  const isEmpty = removed.slice(start, close).trim() === '';
  return isEmpty ? removed.slice(0, start) + removed.slice(close) : removed;
}

function isAlone(text: string, container: Node, child: Node): boolean {
  const name = container.parent?.type === 'property' ? container.parent.children?.[0] : undefined;
  const head = text.slice(name === undefined ? container.offset : endOf(name), child.offset);
  const tail = text.slice(endOf(child), endOf(container) - 1);
  return container.children?.length === 1 && /^\s*:?\s*[[{]\s*$/.test(head) && /^\s*,?\s*$/.test(tail);
}

function removalOf(text: string, container: Node, child: Node): Edit[] {
  const siblings = container.children ?? [];
  const before = siblings[siblings.indexOf(child) - 1];
  const following = commaBetween(text, endOf(child), endOf(container) - 1);
  const comma = following ?? (before ? commaBetween(text, endOf(before), child.offset) : null);
  const start = startOfRemoval(text, child, following);
  const edits: Edit[] = [{ offset: start, length: endOf(child) - start, content: '' }];
  if (comma !== null) edits.push({ offset: comma, length: 1, content: '' });
  return edits;
}

/** With the space before it, unless that ends a line to which more would then be joined: it may end in a comment. */
function startOfRemoval(text: string, child: Node, following: number | null): number {
  const start = text.slice(0, child.offset).trimEnd().length;
  const end = following === endOf(child) ? following + 1 : endOf(child);
  const isJoining =
    text.slice(start, child.offset).includes('\n') && !/^[ \t\r]*(?:\n|$)/.test(text.slice(end));
  return isJoining ? child.offset : start;
}

/** Where a comma stands between two offsets, past space and comments. */
function commaBetween(text: string, start: number, end: number): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(start);
  scanner.scan();
  const offset = scanner.getTokenOffset();
  return offset < end && text[offset] === ',' ? offset : null;
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}
