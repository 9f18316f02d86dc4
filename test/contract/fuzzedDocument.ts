/** A log that is one document, to damage. */

import type { Reader } from '../../src/agents/reader.ts';
import type { Random } from '../unit/ledger/random.ts';
import { damaged } from './damage.ts';
import { type FuzzedLog, fractionOf, isJson, ownOf, readWhole, withOtherNumbers } from './fuzzedLog.ts';
import { withOtherValue, withoutRecordAt, withRecordAt } from './jsonDamage.ts';
import { isTold, silentLoss } from './silentLoss.ts';

export function documentLog(reader: Reader, path: string, content: Buffer): FuzzedLog {
  const json: unknown = JSON.parse(content.toString());
  const read = (text: Buffer | string) => readWhole(reader, path, Buffer.from(text));
  const undamaged = read(content);
  const tryValue = (random: Random) => {
    const other = withOtherValue(json, random);
    if (other === null) return;
    const without = read(JSON.stringify(withoutRecordAt(json, other.path)));
    const changed = read(JSON.stringify(withRecordAt(json, other.path, withOtherNumbers)));
    const taken = read(other.text);
    const lost = silentLoss(undamaged, without, taken, ownOf(undamaged, without, changed, taken));
    if (lost > 0) throw new Error(`another value: ${lost} tokens lost in silence`);
  };
  const tryBytes = (random: Random) => {
    const bytes = damaged(content, fractionOf(random));
    const taken = read(bytes);
    const isLess = taken.tokens.size < undamaged.tokens.size;
    if (isLess && !isTold(undamaged, taken) && !isJson(bytes))
      throw new Error('no JSON, and a document lost in silence');
  };
  return { reader, path, weight: 1, try: (random) => (random.below(2) === 0 ? tryValue : tryBytes)(random) };
}
