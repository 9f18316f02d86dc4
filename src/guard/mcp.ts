/**
 * The MCP server by which an agent asks for its own budgets: one tool, which reads the ledger and changes nothing. It is
 * started by the agent, as `launch mcp`, and ends with its input.
 */

import { dirname } from 'node:path';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { loadSqlite } from '../storage/sqlite.ts';
import { systemCalendar } from '../workers/systemCalendar.ts';
import { type BudgetReport, reportOn } from './budgetReport.ts';
import { openGuardLedger, troubleOf } from './guardLedger.ts';
import { readGuardSettings } from './guardSettings.ts';
import { ownStandings } from './ownStandings.ts';

/** The program lies in the guard's folder, and that in the ledger's. */
const guardFolder = dirname(process.argv[1] ?? '');

const server = new McpServer({ name: 'token-burn', version: '1' });
server.registerTool(
  'budget',
  {
    title: 'Budget',
    description:
      'What this session and this project may still spend on models: limit, spent, left, rate and time left of each budget that the user has set, and one sentence of advice. Ask before work that takes many calls, such as starting sub-agents.',
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  () => {
    const report = ask();
    return { content: [{ type: 'text', text: JSON.stringify(report) }], isError: 'unavailable' in report };
  },
);
void server.connect(new StdioServerTransport());

/** @returns why not, where the ledger cannot be asked: a code of the doctor's */
function ask(): BudgetReport | { readonly unavailable: string } {
  const sqlite = loadSqlite();
  if ('missing' in sqlite) return { unavailable: 'noSqlite' };
  const db = openGuardLedger(sqlite, dirname(guardFolder));
  if ('kind' in db) return { unavailable: db.kind };
  try {
    // Whatever it is asked, this connection writes nothing.
    db.run('PRAGMA query_only = 1');
    const { accounts, calendar } = readGuardSettings(guardFolder);
    const around = { nowMs: Date.now(), calendar: calendar ?? systemCalendar(), accounts };
    return reportOn(ownStandings(db, { environment: process.env, folder: process.cwd() }, around));
  } catch (error) {
    return { unavailable: troubleOf(error).kind };
  } finally {
    db.close();
  }
}
