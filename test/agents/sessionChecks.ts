/** Compares the ledger's sessions with those that the agent ran: which there are, how they nest, what they sum up to. */

import type { AgentId } from '../../src/domain/agent.ts';
import { noMoney, type Pico, pico } from '../../src/domain/money.ts';
import { totalTokens } from '../../src/domain/tokens.ts';
import type { Totals } from '../../src/domain/totals.ts';
import type { SessionNode } from '../../src/ledger/views.ts';
import { type LedgerReading, receiptKey } from './ledgerReading.ts';
import type { ServedReply } from './model/loopbackModel.ts';
import { asideActor, mainActor } from './model/script.ts';
import { differ } from './receiptChecks.ts';
import type { Scenario } from './scenario.ts';
import { type PlayedTurn, sessionKeys } from './trial.ts';

/** A session that the ledger must show, with the sub-agents below it. */
interface ExpectedSession {
  readonly actor: string;
  readonly served: readonly ServedReply[];
  readonly subAgents: readonly ExpectedSession[];
}

export function checkSessions(
  agent: AgentId,
  scenario: Scenario,
  turns: readonly PlayedTurn[],
  project: string,
  reading: LedgerReading,
): string[] {
  const keys = sessionKeys(turns);
  return [
    ...differ('number of sessions', keys.length, reading.sessions.length),
    ...keys.flatMap((key) => {
      const node = reading.sessions.find((session) => session.key === key);
      if (node === undefined) return [`no session ${key}`];
      const served = turns.filter(({ sessionKey }) => sessionKey === key).flatMap((turn) => turn.served);
      return [
        ...checkFacts(node, titlesOf(key, turns), project),
        ...differ('running', scenario.staysOpen, node.isRunning),
        ...checkNode(agent, expectedSession(mainActor, served, scenario), node, reading),
      ];
    }),
  ];
}

/** What an agent asks for itself, as to compact a conversation, is of its session. */
function expectedSession(actor: string, served: readonly ServedReply[], scenario: Scenario): ExpectedSession {
  const children = Object.keys(scenario.parents).filter((child) => scenario.parents[child] === actor);
  return {
    actor,
    served: served.filter(
      (reply) => reply.actor === actor || (actor === mainActor && reply.actor === asideActor),
    ),
    subAgents: children.map((child) => expectedSession(child, served, scenario)),
  };
}

/** The first line of the first prompt names a session; a fork may have inherited it, or not. */
function titlesOf(key: string, turns: readonly PlayedTurn[]): (string | undefined)[] {
  const own = turns.find(({ sessionKey }) => sessionKey === key);
  return [firstLine(own), own?.turn.session === 'forked' ? firstLine(turns[0]) : undefined];
}

function firstLine(played: PlayedTurn | undefined): string | undefined {
  return played?.turn.prompt.split('\n', 1)[0];
}

function checkFacts(node: SessionNode, titles: readonly (string | undefined)[], project: string): string[] {
  return [
    ...(titles.includes(node.title ?? '') ? [] : differ('title', titles[0], node.title)),
    ...differ('project', project, node.projectPath),
  ];
}

function checkNode(
  agent: AgentId,
  expected: ExpectedSession,
  node: SessionNode,
  reading: LedgerReading,
): string[] {
  const name = `session of ${expected.actor}`;
  return [
    ...checkTotals(`${name}: own`, expectedTotals(agent, expected.served, reading), node.own),
    ...checkTotals(`${name}: tree`, expectedTotals(agent, everything(expected), reading), node.tree),
    ...differ(`${name}: sub-agents`, expected.subAgents.length, node.subAgents.length),
    ...expected.subAgents.flatMap((child) => {
      const childNode = node.subAgents.find(({ key }) => key === sessionKeyOf(agent, child, reading));
      return childNode === undefined
        ? [`${name}: ${child.actor} is not below it`]
        : checkNode(agent, child, childNode, reading);
    }),
  ];
}

function everything({ served, subAgents }: ExpectedSession): readonly ServedReply[] {
  return [...served, ...subAgents.flatMap(everything)];
}

/** The session in which the ledger keeps what an actor was served. */
function sessionKeyOf(agent: AgentId, { served }: ExpectedSession, { receipts }: LedgerReading) {
  const [first] = served;
  return first === undefined ? undefined : receipts.get(receiptKey(agent, first.ids))?.sessionKey;
}

/** What agents record of cost, and how well they counted, is theirs: no model serves it. */
type Served = Omit<Totals, 'reported' | 'roughReceipts' | 'wholeSessionReceipts'>;

/** What a ledger must add the responses up to, with the prices that its receipts have. */
function expectedTotals(agent: AgentId, served: readonly ServedReply[], { receipts }: LedgerReading): Served {
  const costs = served.map((reply) => receipts.get(receiptKey(agent, reply.ids))?.cost ?? null);
  const unpriced = served.filter((_reply, index) => costs[index] === null);
  const sum = (kind: keyof Totals['tokens']) =>
    served.reduce((total, { usage }) => total + usage.tokens[kind], 0);
  return {
    receipts: served.length,
    tokens: {
      uncachedInput: sum('uncachedInput'),
      cacheRead: sum('cacheRead'),
      cacheWrite5m: sum('cacheWrite5m'),
      cacheWrite1h: sum('cacheWrite1h'),
      cacheWriteUnknown: sum('cacheWriteUnknown'),
      output: sum('output'),
      reasoning: sum('reasoning'),
    },
    partialReceipts: 0,
    cost: costs.reduce<Pico>((total, cost) => pico(total + (cost ?? noMoney)), noMoney),
    unpricedReceipts: unpriced.length,
    unpricedTokens: unpriced.reduce((total, { usage }) => total + totalTokens(usage.tokens), 0),
  };
}

function checkTotals(name: string, { tokens: expected, ...expectedRest }: Served, totals: Totals): string[] {
  const { tokens, ...rest } = totals;
  return [
    ...keysOf(expectedRest).flatMap((key) => differ(`${name}: ${key}`, expectedRest[key], rest[key])),
    ...keysOf(expected).flatMap((key) => differ(`${name}: ${key}`, expected[key], tokens[key])),
  ];
}

function keysOf<Shape extends object>(shape: Shape): (keyof Shape & string)[] {
  return Object.keys(shape) as (keyof Shape & string)[];
}
