/** What single findings of the doctor are called. */

import { l10n } from 'vscode';
import type { Trust } from '../../guard/agents/agentGuard.ts';
import type { Beat } from '../../guard/beats.ts';
import type { GuardReport, HookState } from '../../guard/doctor.ts';
import type { Fault, FaultKind } from '../../guard/faults.ts';
import type { SelfTest } from '../../guard/selfTest.ts';
import { toPlainLine } from '../plainText.ts';
import type { Telling } from './reportText.ts';

export function programsText(programs: GuardReport['programs']): string {
  switch (programs) {
    case 'sound':
      return l10n.t('in place');
    case 'missing':
      return l10n.t('not there: “Guard Agents…” puts them in place');
    case 'changed':
      return l10n.t('changed by something other than Token Burn: “Guard Agents…” replaces them');
  }
}

export function ledgerText(ledger: GuardReport['ledger']): string {
  return ledger === 'sound' ? l10n.t('can be read') : kindText(ledger);
}

export function hooksText(hooks: HookState): string {
  switch (hooks) {
    case 'installed':
      return l10n.t('installed');
    case 'absent':
      return l10n.t('not installed');
    case 'changed':
      return l10n.t('taken away or changed since: “Guard Agents…” installs them again');
    case 'switchedOff':
      return l10n.t('all hooks are switched off in the agent’s settings');
  }
}

export function trustText(trust: Trust, agent: string): string {
  switch (trust) {
    case 'trusted':
      return l10n.t('you let it run them');
    case 'untrusted':
      return l10n.t(
        'not given: start {0} once in a terminal and let it trust them; until then it is not stopped',
        agent,
      );
    case 'off':
      return l10n.t('hooks are switched off in its settings');
    case 'unreadable':
      return l10n.t('its settings cannot be read');
  }
}

export function beatText({ atMs, event, decision, latencyMs }: Beat, { format, nowMs }: Telling): string {
  const when = format.ago(atMs, nowMs);
  const name = toPlainLine(event);
  const what = {
    pass: l10n.t('{0}: went on at once, as nothing was near a limit', when),
    allow: l10n.t('{0}: went on at {1}', when, name),
    wrapUp: l10n.t('{0}: was told to conclude at {1}', when, name),
    refuse: l10n.t('{0}: a sub-agent was refused at {1}', when, name),
    stop: l10n.t('{0}: was stopped at {1}', when, name),
  }[decision];
  return latencyMs === null ? what : `${what}, ${milliseconds(latencyMs)}`;
}

export function selfTestText({ result, latencyMs }: SelfTest): string {
  const what = {
    passed: l10n.t('stops what is over its budget, and nothing else'),
    didNotStop: l10n.t('does NOT stop what is over its budget'),
    didNotAllow: l10n.t('stops what is within its budget'),
    notRun: l10n.t('could not be made'),
  }[result];
  return latencyMs === null ? what : `${what}, ${milliseconds(latencyMs)}`;
}

export function faultText({ kind, atMs, detail }: Fault, { format, nowMs }: Telling): string {
  const more = toPlainLine(detail);
  return `${kindText(kind)}, ${format.ago(atMs, nowMs)}${more === '' ? '' : ` (${more})`}`;
}

function milliseconds(ms: number): string {
  return l10n.t('{0} ms', Math.round(ms));
}

function kindText(kind: FaultKind): string {
  return {
    noRuntime: l10n.t('nothing was there to run the guard with'),
    noSqlite: l10n.t('what runs the guard cannot open the ledger'),
    unreadableInput: l10n.t('what the agent told the guard could not be understood'),
    ledgerMissing: l10n.t('the ledger is not there'),
    ledgerDamaged: l10n.t('the ledger is damaged'),
    ledgerNewer: l10n.t('a newer Token Burn has changed the ledger: update this one'),
    ledgerOlder: l10n.t('an older Token Burn has made the ledger: reload the window'),
    ledgerLocked: l10n.t('another program kept the ledger to itself'),
    behind: l10n.t('the log held more than could be read in time'),
    clockWentBack: l10n.t('the clock went back, so budgets over a time were not judged for a while'),
    interruptFailed: l10n.t('the agent could not be interrupted'),
    failed: l10n.t('something went wrong in the guard'),
  }[kind];
}
