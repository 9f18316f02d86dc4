/**
 * The patterns over ASCII as an automaton that reads byte by byte and never looks back: what a byte does to the piece
 * that is being read is one look-up, and no branch that a processor could guess wrong.
 *
 * It knows the ways of most text. Where a byte means more than a look-up can say it gives up, and the piece is read
 * again from its start by whoever asked.
 */

import { CharacterClass } from '../characters.ts';
import { byte } from './splitter.ts';

/**
 * A state is the offset of its row in the table, 256 to a row, and its own answer: its lowest bit says that a piece
 * ended before the byte that led to it, the next that it ended a byte earlier still. What the piece is so far makes the
 * bits above.
 */
export const stateShifts = { endsHere: 8, endsOneBefore: 9, piece: 10 } as const;

const endsHere = 1 << stateShifts.endsHere;
const endsOneBefore = 1 << stateShifts.endsOneBefore;

/** No row: the piece that is being read is to be read by hand. */
const giveUp = 0;

/** The same for the piece before it too. */
export const giveUpBoth = 1 << stateShifts.piece;

/** Where every text begins, and the first state that has a row. */
export const startState = 2 << stateShifts.piece;

type Kind =
  | 'lower'
  | 'upper'
  | 'number'
  | 'blank'
  | 'space'
  | 'lineBreak'
  | 'sign'
  | 'apostrophe'
  | 'slash'
  | 'rest';

/** What a piece is so far. The order makes the numbers of the states. */
const pieces = [
  'nothing',
  'lower',
  'upper',
  'digit',
  'digits2',
  'digits3',
  'blank',
  'space',
  'blanks',
  'spaces',
  'lineBreaks',
  'indentBlank',
  'indentSpace',
  'indentBlanks',
  'indentSpaces',
  'sign',
  'signs',
  'signsAndBreaks',
] as const;

type Piece = (typeof pieces)[number];
type Moves = Partial<Readonly<Record<Kind, number>>>;

/** How patterns differ over ASCII. */
export interface AsciiRules {
  /** Whether a capital after a small letter begins a piece. */
  readonly splitsAtCapitals: boolean;
  /** Whether slashes can follow line breaks that follow signs. */
  readonly signsEndInSlashes: boolean;
  /** Whether a contraction belongs to the word before it, or is a piece of its own. */
  readonly contractionsEndWords: boolean;
}

const bytes = 256;

function on(piece: Piece): number {
  return (pieces.indexOf(piece) << stateShifts.piece) + startState;
}

function anew(piece: Piece): number {
  return on(piece) | endsHere;
}

/** The last byte, white space, begins the new piece. */
function withLast(piece: Piece): number {
  return on(piece) | endsHere | endsOneBefore;
}

const everySign = (move: number): Moves => ({ sign: move, apostrophe: move, slash: move });

/** By state and byte the next state. */
export function automatonOf(rules: AsciiRules, classes: Uint8Array): Uint16Array {
  const table = new Uint16Array(on('nothing') + (pieces.length << stateShifts.piece));
  const moves = movesOf(rules);
  const kinds = Array.from(classes, (_, value) => kindOf(value, classes));
  for (const piece of pieces) {
    const row = on(piece);
    for (const [value, kind] of kinds.entries()) {
      table[row | value] = moves[piece][kind] ?? beginning(kind, rules, piece);
    }
    for (const entered of [endsHere, endsHere | endsOneBefore]) {
      table.copyWithin(row | entered, row, row + bytes);
    }
  }
  return table;
}

/** What a byte begins that does not belong to the piece so far. */
function beginning(kind: Kind, rules: AsciiRules, before: Piece): number {
  if (kind === 'rest' || (kind === 'apostrophe' && !rules.contractionsEndWords)) return giveUp;
  const piece = {
    lower: 'lower',
    upper: 'upper',
    number: 'digit',
    blank: 'blank',
    space: 'space',
    lineBreak: 'lineBreaks',
    sign: 'sign',
    apostrophe: 'sign',
    slash: 'sign',
  } as const satisfies Record<Exclude<Kind, 'rest'>, Piece>;
  return before === 'nothing' ? on(piece[kind]) : anew(piece[kind]);
}

function movesOf(rules: AsciiRules): Readonly<Record<Piece, Moves>> {
  const word: Moves = { lower: on('lower'), upper: on('upper') };
  const wordWithLast: Moves = { lower: withLast('lower'), upper: withLast('upper') };
  const contraction: Moves = rules.contractionsEndWords ? { apostrophe: giveUp } : {};
  const spaces: Moves = { blank: on('blanks'), space: on('spaces'), lineBreak: on('lineBreaks') };
  /** That the line breaks before were a piece was early: with another after the spaces, all of it is one. */
  const indent: Moves = {
    blank: on('indentBlanks'),
    space: on('indentSpaces'),
    lineBreak: giveUpBoth,
    rest: giveUpBoth,
  };
  const blank: Moves = { ...word, ...everySign(on('signs')) };
  const blanks: Moves = { ...wordWithLast, ...everySign(withLast('signs')), number: giveUp };
  const manySpaces: Moves = { ...wordWithLast, ...everySign(giveUp), number: giveUp };
  return {
    nothing: {},
    lower: { ...word, ...(rules.splitsAtCapitals ? { upper: anew('upper') } : {}), ...contraction },
    upper: { ...word, ...contraction },
    digit: { number: on('digits2') },
    digits2: { number: on('digits3') },
    digits3: {},
    blank: { ...blank, ...spaces },
    space: { ...word, ...spaces },
    blanks: { ...blanks, ...spaces },
    spaces: { ...manySpaces, ...spaces },
    lineBreaks: { lineBreak: on('lineBreaks'), blank: anew('indentBlank'), space: anew('indentSpace') },
    indentBlank: { ...blank, ...indent },
    indentSpace: { ...word, ...indent },
    indentBlanks: { ...blanks, ...indent },
    indentSpaces: { ...manySpaces, ...indent },
    sign: { ...word, ...everySign(on('signs')), lineBreak: on('signsAndBreaks') },
    signs: { ...everySign(on('signs')), lineBreak: on('signsAndBreaks') },
    signsAndBreaks: {
      lineBreak: on('signsAndBreaks'),
      ...(rules.signsEndInSlashes ? { slash: on('signsAndBreaks') } : {}),
    },
  };
}

function kindOf(value: number, classes: Uint8Array): Kind {
  if (value >= 0x80) return 'rest';
  if (value === byte.space) return 'blank';
  if (value === byte.apostrophe) return 'apostrophe';
  if (value === byte.slash) return 'slash';
  switch (classes[value]) {
    case CharacterClass.lower:
      return 'lower';
    case CharacterClass.upper:
      return 'upper';
    case CharacterClass.number:
      return 'number';
    case CharacterClass.lineBreak:
      return 'lineBreak';
    case CharacterClass.space:
      return 'space';
    default:
      return 'sign';
  }
}
