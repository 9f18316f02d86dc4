import assert from 'node:assert/strict';
import { claudeCodeGuard } from '../../../../src/guard/agents/claudeCode.ts';
import { clineGuard } from '../../../../src/guard/agents/cline.ts';
import { codexGuard } from '../../../../src/guard/agents/codex.ts';
import { copilotChatGuard } from '../../../../src/guard/agents/copilotChat.ts';
import { copilotCliGuard } from '../../../../src/guard/agents/copilotCli.ts';
import { kiloGuard } from '../../../../src/guard/agents/kilo.ts';
import { opencodeGuard } from '../../../../src/guard/agents/opencode.ts';
import { piGuard } from '../../../../src/guard/agents/pi.ts';
import { qwenCodeGuard } from '../../../../src/guard/agents/qwenCode.ts';

describe('who asks', () => {
  it('is a session of Claude Code, or one of its sub-agents by the ledger’s key', () => {
    const input = {
      session_id: 's1',
      transcript_path: '/home/sam/.claude/projects/-p/s1.jsonl',
      cwd: '/home/sam/p',
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
    };
    assert.deepEqual(claudeCodeGuard.sessionOf(input, {}), {
      session: { agent: 'claude-code', key: 's1' },
      subAgent: null,
      transcriptPath: '/home/sam/.claude/projects/-p/s1.jsonl',
      folder: '/home/sam/p',
      tool: 'Bash',
      startsSubAgent: false,
    });
    const inAgent = claudeCodeGuard.sessionOf({ ...input, agent_id: 'a1', tool_name: 'Agent' }, {});
    assert.equal(inAgent?.subAgent, 's1/a1');
    assert.equal(inAgent?.startsSubAgent, true);
    assert.equal(claudeCodeGuard.sessionOf({ ...input, tool_name: 'Task' }, {})?.startsSubAgent, true);
  });

  it('is VS Code where the log lies among its files, or the tool is spelt as only it does', () => {
    const path = '/home/sam/.config/Code/User/workspaceStorage/ab/GitHub.copilot-chat/transcripts/s2.jsonl';
    const agentOf = (input: Record<string, unknown>) => claudeCodeGuard.sessionOf(input, {})?.session.agent;
    assert.equal(agentOf({ session_id: 's2', transcript_path: path }), 'copilot-chat');
    assert.equal(agentOf({ sessionId: 's2', tool_name: 'run_in_terminal' }), 'copilot-chat');
    assert.equal(agentOf({ session_id: 's2', tool_name: 'mcp__x__y' }), 'claude-code');
    assert.equal(agentOf({ session_id: 's2', tool_name: 'Bash' }), 'claude-code');
    assert.equal(agentOf({ session_id: 's2', transcript_path: 'C:\\x\\globalStorage\\y' }), 'copilot-chat');
  });

  it('is VS Code, too, where it runs what stands beside for Copilot CLI', () => {
    const path = '/home/sam/.config/Code/User/workspaceStorage/ab/GitHub.copilot-chat/transcripts/s2.jsonl';
    const prompt = { session_id: 's2', transcript_path: path, hook_event_name: 'UserPromptSubmit' };
    assert.deepEqual(copilotCliGuard.sessionOf(prompt, {})?.session, { agent: 'copilot-chat', key: 's2' });
    const tool = { ...prompt, cwd: '/home/sam/p', tool_name: 'runSubagent' };
    assert.deepEqual(copilotChatGuard.sessionOf(tool, {}), {
      session: { agent: 'copilot-chat', key: 's2' },
      subAgent: null,
      transcriptPath: path,
      folder: '/home/sam/p',
      tool: 'runSubagent',
      startsSubAgent: true,
    });
  });

  it('is told by the environment where the input does not', () => {
    const found = claudeCodeGuard.sessionOf({}, { CLAUDE_CODE_SESSION_ID: 's3' });
    assert.equal(found?.session.key, 's3');
    assert.equal(qwenCodeGuard.sessionOf({}, { QWEN_CODE_SESSION_ID: 's4' })?.session.key, 's4');
  });

  it('is told by each other agent in its own words', () => {
    const spawning = { session_id: 't', tool_name: 'spawn_agent' };
    assert.equal(codexGuard.sessionOf(spawning, {})?.startsSubAgent, true);
    const copilot = copilotCliGuard.sessionOf({ sessionId: 'c', toolName: 'task', toolArgs: {} }, {});
    assert.deepEqual([copilot?.session.key, copilot?.startsSubAgent], ['c', true]);
    assert.equal(opencodeGuard.sessionOf({ sessionID: 'ses_1', tool: 'bash' }, {})?.session.key, 'ses_1');
    const kilo = kiloGuard.sessionOf({ sessionID: 'ses_2', tool: 'task' }, {});
    assert.deepEqual([kilo?.session, kilo?.startsSubAgent], [{ agent: 'kilo', key: 'ses_2' }, true]);
    const transcript = '/home/sam/.pi/agent/sessions/--p--/x_p1.jsonl';
    const pi = { sessionID: 'p1', transcript, cwd: '/p' };
    assert.deepEqual(piGuard.sessionOf({ ...pi, isDriven: false }, {}), {
      session: { agent: 'pi', key: 'p1' },
      subAgent: null,
      transcriptPath: transcript,
      folder: '/p',
      tool: null,
      startsSubAgent: false,
    });
    assert.equal(piGuard.sessionOf({ ...pi, isDriven: true }, {})?.isDriven, true);
    const cline = clineGuard.sessionOf({ sessionID: 'root', agentID: 'agent_1', tool: 'spawn_agent' }, {});
    assert.deepEqual(
      [cline?.session.key, cline?.subAgent, cline?.startsSubAgent],
      ['root', 'root/agent_1', true],
    );
    assert.equal(clineGuard.sessionOf({ sessionID: 'root' }, {})?.startsSubAgent, false);
  });
});
