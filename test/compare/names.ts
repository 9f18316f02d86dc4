/** One name for one model, where another program has a name of its own for it. */

import type { OwnReceipt, PeerView } from './explain.ts';

/** By our name, the one that the program has for the same model. */
export type OtherNames = ReadonlyMap<string, string>;

/** The program's numbers under our names, where it has one name for one model of ours and none of our own. */
export function underOurNames(
  peer: PeerView,
  ours: ReadonlyMap<string, OwnReceipt>,
): { readonly peer: PeerView; readonly names: OtherNames } {
  const names = otherNames(peer, ours);
  const ourNames = new Map([...names].map(([own, other]) => [other, own]));
  const toOurs = (model: string) => ourNames.get(model) ?? model;
  const { imitated, costOf } = peer;
  return {
    names,
    peer: {
      sums: peer.sums.map((sum) => ({ ...sum, model: toOurs(sum.model) })),
      imitated: {
        ...imitated,
        entries: imitated.entries.map((entry) => ({ ...entry, model: toOurs(entry.model) })),
      },
      costOf: costOf && ((entry) => costOf({ ...entry, model: names.get(entry.model) ?? entry.model })),
    },
  };
}

function otherNames({ imitated }: PeerView, ours: ReadonlyMap<string, OwnReceipt>): OtherNames {
  const meanings = new Map<string, Set<string>>();
  for (const { model, receipt } of imitated.entries) {
    const own = receipt === null ? undefined : ours.get(receipt)?.model;
    const known = meanings.get(model) ?? new Set();
    meanings.set(model, own === undefined ? known : known.add(own));
  }
  const names = [...meanings].flatMap(([other, [own, ...more]]) =>
    own === undefined || more.length > 0 || meanings.has(own) ? [] : [[own, other] as const],
  );
  const counts = (own: string) => names.filter(([name]) => name === own).length;
  return new Map(names.filter(([own]) => counts(own) === 1));
}
