import assert from 'node:assert/strict';
import type { AccountChoices } from '../../../src/domain/account.ts';
import { wholeOf } from '../../../src/domain/account.ts';
import { totalsByAccount } from '../../../src/ledger/accounts.ts';
import type { Database } from '../../../src/ledger/database.ts';
import { totalOf } from '../../../src/ledger/hourly.ts';
import { newestRoots } from '../../../src/ledger/roots.ts';
import { sessionTrees } from '../../../src/ledger/sessionTrees.ts';
import type { SessionNode } from '../../../src/ledger/views.ts';
import type { FakeLine } from './fakeReader.ts';
import { World } from './world.ts';

const always = { startMs: 0, endMs: 4e12 };

describe('totals by account', () => {
  let world: World;
  let db: Database;

  beforeEach(() => {
    world = new World();
    db = world.open();
  });
  afterEach(() => world.dispose());

  const read = (...lines: readonly FakeLine[]) => world.read(db, lines);

  const spend = (id: string, session: string, output: number, at = 10): FakeLine => {
    return { id, session, at, tokens: { output } };
  };
  const plan = (session: string): FakeLine => ({ session, facts: { account: 'plan' } });
  const costs = (choices: AccountChoices = {}, period = always) => {
    const { api, plan, untold } = totalsByAccount(db, period, choices);
    return [api, plan, untold].map(({ cost }) => Number(cost));
  };

  it('keep plans, APIs and what is not told apart', async () => {
    await read(spend('1', 'sure', 1), plan('sure'), spend('2', 'unsure', 20), {
      ...spend('3', 'other', 300),
      agent: 'aider',
    });
    assert.deepEqual(costs(), [0, 1, 320]);
    assert.deepEqual(costs({ aider: 'api' }), [300, 1, 20]);
    assert.deepEqual(costs({ 'claude-code': 'api' }), [21, 0, 300]);
  });

  it("take what Copilot counted in credits for its plan's, and no cost that others note", async () => {
    await read({ ...spend('1', 'chat', 1), agent: 'copilot-chat' }, spend('2', 'paid', 20), {
      ...spend('3', 'keys', 300),
      agent: 'copilot-cli',
    });
    assert.deepEqual(costs(), [0, 0, 321]);
    db.run('UPDATE receipt SET reported_pico = 7 WHERE output < 300');
    assert.deepEqual(costs(), [0, 1, 320]);
  });

  it('know credits also by the sum of a turn that gave way, and by the chat above', async () => {
    const chat = (line: FakeLine): FakeLine => ({ ...line, agent: 'copilot-chat' });
    const sum = {
      tokens: { output: 1, uncachedInput: null },
      circumstances: { turnStartedMs: 5 },
      reported: 7,
    };
    await read(
      chat({ ...spend('sum', 'chat', 1), ...sum }),
      chat(spend('call', 'chat', 20)),
      chat(spend('title', 'chat/title', 300)),
      chat({ session: 'chat/title', facts: { parentKey: 'chat' } }),
    );
    assert.deepEqual(costs(), [0, 320, 0]);
  });

  it('put sub-agents to the account of the session that started them, at every depth', async () => {
    await read(
      spend('1', 'leaf', 1),
      { session: 'leaf', facts: { parentKey: 'middle' } },
      { session: 'middle', facts: { parentKey: 'root' } },
      plan('root'),
      spend('2', 'else', 10),
    );
    assert.deepEqual(costs(), [0, 1, 10]);
    const accounts = (node: SessionNode | undefined): unknown[] =>
      node === undefined ? [] : [node.account, ...node.subAgents.flatMap(accounts)];
    const [root, other] = sessionTrees(db, newestRoots(db, 9), 100).toSorted((a, b) =>
      a.key < b.key ? 1 : -1,
    );
    assert.deepEqual(accounts(root), ['plan', 'plan', 'plan']);
    assert.deepEqual(accounts(other), ['untold']);
  });

  it('take in a time alone, and add up to its total', async () => {
    await read(plan('s'), spend('1', 's', 1, 5), spend('2', 's', 20, 10), spend('3', 't', 300, 15));
    const period = { startMs: 10, endMs: 15 };
    assert.deepEqual(costs({}, period), [0, 20, 0]);
    assert.deepEqual(wholeOf(totalsByAccount(db, always, {})), totalOf(db, always));
  });

  it('follow a choice at once, in sessions too', async () => {
    await read(spend('1', 's', 1));
    const [chosen] = sessionTrees(db, newestRoots(db, 1), 100, undefined, { 'claude-code': 'api' });
    assert.equal(chosen?.account, 'api');
  });
});
