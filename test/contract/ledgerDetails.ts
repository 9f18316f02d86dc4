/** What the ledger keeps beside what was spent, in an order that does not depend on how it came to know it. */

import type { Database } from '../../src/ledger/database.ts';

export function detailsOf(db: Database) {
  return {
    circumstances: db.all(`
      SELECT CAST(response AS TEXT) AS response, CAST(request AS TEXT) AS request, circumstance.json AS circumstance,
        duration_ms, turn, context_tokens
      FROM receipt LEFT JOIN circumstance ON circumstance.id = receipt.circumstance ORDER BY 1, 2`),
    toolCalls: db.all(`
      SELECT CAST(response AS TEXT) AS response, CAST(call AS TEXT) AS call, tool.name AS tool,
        CAST(input AS TEXT) AS input, result_bytes, is_failed
      FROM tool_call LEFT JOIN tool ON tool.id = tool_call.tool ORDER BY 1, 2`),
    plan: db.all(`
      SELECT agent, plan, window, window_minutes, resets_ms, used_percent, first_ms, last_ms
      FROM plan_reading ORDER BY 1, 2, 3, 4, 5, 6`),
  };
}
