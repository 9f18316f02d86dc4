/** What a reader would not take from a log. Refused records are counted and shown, never dropped in silence. */

/**
 * - `malformed`: not JSON, or not the shape that its own type promises
 * - `implausible`: a count that is negative, fractional or beyond any context window, or a date that is none
 * - `oversized`: a line that stays too long after its strings are cut
 * - `unreadable`: a file or folder that could not be opened
 */
export type RefusalReason = 'malformed' | 'implausible' | 'oversized' | 'unreadable';
