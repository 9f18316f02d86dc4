import assert from 'node:assert/strict';
import {
  enterTurn,
  isStranger,
  meetAncestor,
  newLineage,
  ownerOf,
  passOrdinal,
  startLineage,
} from '../../../../src/agents/codex/lineage.ts';
import { idTime } from '../../../../src/agents/codex/threadIds.ts';
import { idAt } from '../../../fixtures/codex/records.ts';

const parent = idAt('10:00:00.000');
const child = idAt('11:00:00.000');
const origin = { threadId: child, parent, hasCopy: true, ownFromOrdinal: null, bornMs: idTime(child) };

describe('the lineage of a thread', () => {
  it('owns all when there are no ancestors', () => {
    const lineage = enterTurn(newLineage(child), idAt('09:00:00.000'));
    assert.deepEqual(ownerOf(lineage, false), { sessionKey: child, threadId: child, claim: 'own' });
  });

  it('is told by the time of turns', () => {
    const copied = enterTurn(startLineage(origin), idAt('10:59:59.999'));
    assert.deepEqual(ownerOf(copied, true), { sessionKey: parent, threadId: parent, claim: 'copied' });
    const own = enterTurn(copied, idAt('11:00:00.000'));
    assert.deepEqual(ownerOf(own, true), { sessionKey: child, threadId: child, claim: 'own' });
  });

  it('gives a turn to the youngest thread that was there', () => {
    const root = idAt('08:00:00.000');
    const ofParent = { ...origin, threadId: parent, parent: root };
    const ofRoot = { ...origin, threadId: root, parent: null, hasCopy: false };
    const lineage = meetAncestor(meetAncestor(startLineage(origin), ofParent), ofRoot);
    assert.equal(ownerOf(enterTurn(lineage, idAt('09:00:00.000')), true)?.sessionKey, root);
    assert.equal(ownerOf(enterTurn(lineage, idAt('10:30:00.000')), true)?.sessionKey, parent);
    assert.equal(ownerOf(enterTurn(lineage, idAt('07:00:00.000')), true)?.sessionKey, root);
  });

  it('gives a turn of a thread that nothing names to nobody', () => {
    const root = idAt('08:00:00.000');
    const before = idAt('09:00:00.000');
    const nameless = enterTurn(startLineage(origin), before);
    assert.equal(ownerOf(nameless, true), null);
    assert.equal(ownerOf(passOrdinal({ ...nameless, ownFromOrdinal: 1 }, 2), true), null);
    assert.equal(ownerOf(enterTurn(nameless, idAt('10:30:00.000')), true)?.sessionKey, parent);
    const named = meetAncestor(startLineage(origin), { ...origin, threadId: parent, parent: root });
    assert.equal(ownerOf(enterTurn(named, before), true)?.sessionKey, root, 'named by its child alone');
  });

  it('is undecided while nothing tells: the id is the ancestor’s, the spend its own unless the ancestor has it', () => {
    const undecided = { sessionKey: child, threadId: parent, claim: 'sideChain' };
    assert.deepEqual(ownerOf(startLineage(origin), true), undecided);
    assert.deepEqual(ownerOf(enterTurn(startLineage(origin), 'turn-1'), true), undecided);
    const own = startLineage({ ...origin, hasCopy: false });
    assert.deepEqual(ownerOf(own, false), undecided, 'a count without its predecessor');
    assert.equal(ownerOf(own, true)?.claim, 'own');
  });

  it('is not told by ids that tell another time than the log', () => {
    for (const bornMs of [null, 0]) {
      const lineage = enterTurn(startLineage({ ...origin, bornMs }), idAt('11:30:00.000'));
      assert.equal(ownerOf(lineage, true)?.claim, 'sideChain');
    }
  });

  it('holds no thread that began later, unless it is the parent by name', () => {
    assert.ok(isStranger(startLineage(origin), idAt('12:00:00.000')));
    assert.ok(!isStranger(startLineage(origin), idAt('09:00:00.000')));
    assert.ok(!isStranger(startLineage(origin), 'thread-1'));
    assert.ok(!isStranger(startLineage({ ...origin, parent: idAt('12:00:00.000') }), idAt('12:00:00.000')));
    assert.ok(!isStranger(startLineage({ ...origin, bornMs: null }), idAt('12:00:00.000')));
  });

  it('becomes its own at the ordinal that it names', () => {
    const lineage = startLineage({ ...origin, ownFromOrdinal: 19 });
    assert.equal(ownerOf(passOrdinal(lineage, 18), true)?.claim, 'sideChain');
    assert.equal(ownerOf(passOrdinal(lineage, null), true)?.claim, 'sideChain');
    assert.equal(ownerOf(passOrdinal(lineage, 19), true)?.claim, 'own');
  });
});
