/**
 * Telemetry tells of a request by its id alone, and of requests, too, that no log holds. Whichever is read first, it counts
 * what the receipts of the logs leave of it: of what they tell nothing, or what a response grew by after it was logged.
 */

import { totalTokens } from '../domain/tokens.ts';
import type { Database } from './database.ts';
import type { Rest } from './droppedSums.ts';
import { claims, restOfRequest } from './merge.ts';
import { type StoredReceipt, toReading } from './receiptRow.ts';
import { statedReceipts } from './stated.ts';

/**
 * Works out anew what told requests count that are among receipts that came or changed, or are those of such receipts.
 *
 * @param lastId of the receipts that were there before
 * @param changed responses of receipts that were there and read otherwise now
 * @returns ids of the sessions whose told requests count otherwise
 */
export function settleRequests(
  db: Database,
  lastId: number,
  changed: readonly bigint[],
  count: (rest: Rest) => void,
): readonly number[] {
  if (db.get(anyTold) === undefined) return [];
  const settled: number[] = [];
  for (const told of db.all<ToldRow>(toldAmong, lastId, `[${changed.join()}]`)) {
    const reading = toReading(told);
    const logged = db.all<StoredReceipt>(loggedOf, told.request, ...timesOf(told)).map(toReading);
    // What counts whole already is left alone.
    if (logged.length === 0 && told.is_noted === 0) continue;
    const tokens = restOfRequest(
      reading.tokens,
      logged.map((each) => each.tokens),
    );
    count({
      id: told.id,
      reading: { ...reading, tokens },
      isNothing: logged.length > 0 && totalTokens(tokens) === 0,
    });
    settled.push(told.session);
  }
  return settled;
}

type ToldRow = StoredReceipt & {
  readonly id: number;
  readonly session: number;
  readonly request: string;
  readonly is_noted: number;
};

/** A log is written while a request lasts, or shortly before or after telemetry tells of its end. */
const slackMs = 120_000;
/** No response is written for longer. */
const longestMs = 3_600_000;

function timesOf({ at_ms, duration_ms }: ToldRow): readonly [fromMs: number, untilMs: number] {
  return [at_ms - Math.min(duration_ms ?? 0, longestMs) - slackMs, at_ms + slackMs];
}

const isTold = (receipt: string) => `${receipt}.claim = ${claims.indexOf('telemetry')}`;

const anyTold = `SELECT 1 FROM receipt WHERE ${isTold('receipt')} LIMIT 1`;

/** From what has come, by the index of what is told: never the other way round. */
const among = (came: string) => `
  SELECT told.id FROM receipt AS came CROSS JOIN receipt AS told
  WHERE ${came} AND ${isTold('told')} AND told.request = came.request`;

const toldAmong = `
  ${statedReceipts('receipt.id, receipt.session, CAST(receipt.request AS TEXT) AS request, is_noted')}
  WHERE receipt.id IN (
    ${among('came.id > ?')} UNION ${among('came.response IN (SELECT value FROM json_each(?))')})`;

const loggedOf = `
  ${statedReceipts()} WHERE request = CAST(? AS INTEGER) AND at_ms BETWEEN ? AND ? AND NOT ${isTold('receipt')}`;
