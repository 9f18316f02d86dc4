/** What the service of the ledger is made of. */

import type { Reader } from '../agents/reader.ts';
import type { Calendar } from '../domain/period.ts';
import type { SideReader } from '../ledger/sideReader.ts';
import type { Disk } from './disk.ts';
import type { GuardFlagsParts } from './guardFlags.ts';
import type { LedgerEvent } from './ledgerProtocol.ts';
import type { PriceBook } from './priceBook.ts';
import type { RequestReceivers } from './requestReceiver.ts';

export interface LedgerParts {
  readonly readers: readonly Reader[];
  /** Starts another thread that reads logs. */
  readonly startSideReader?: (() => SideReader) | undefined;
  readonly pricing: PriceBook;
  /** Asked for the homes of agents. */
  readonly disk: Disk;
  /** See `GuardFlagsParts`. */
  readonly programs?: GuardFlagsParts['programs'];
  /** Receive what agents tell of themselves, where the user has that switched on. */
  readonly receivers?: RequestReceivers;
  /** By which days, weeks and months begin. */
  calendar(): Calendar;
  now(): number;
  /** Does what the extension host would else wait for when it first shows what this thread tells. */
  prepareHost?(): void;
  emit(event: LedgerEvent): void;
}
