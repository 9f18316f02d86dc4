import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandFor, ownCommandFile, scriptText } from '../../../src/editor/plan/statusLineScript.ts';
import { unwrapStatusLine, wrapStatusLine } from '../../../src/editor/plan/statusLineSettings.ts';

const ours = "sh '/home/ann/.claude/token-burn/status-line.sh'";

function wrapped(text: string) {
  const result = wrapStatusLine(text, ours);
  assert.ok(typeof result === 'object', String(result));
  return result;
}

describe('a status line in the settings of Claude Code', () => {
  const commented = `{
\t// how I like it
\t"statusLine": {"type": "command", "command": "my-line --short", "padding": 0}, // mine
\t"model": "opus",
}
`;

  it("takes the place of the user's own command, and of nothing else", () => {
    const { text, ownCommand } = wrapped(commented);
    assert.equal(ownCommand, 'my-line --short');
    assert.equal(text, commented.replace('"my-line --short"', JSON.stringify(ours)));
  });

  it('is added where there was none, as the file is written', () => {
    const settings = '{\r\n    "model": "opus"\r\n}\r\n';
    const { text, ownCommand } = wrapped(settings);
    assert.equal(ownCommand, null);
    assert.deepEqual(JSON.parse(text), { model: 'opus', statusLine: { type: 'command', command: ours } });
    assert.ok(!/[^\r]\n/.test(text), 'all breaks are those of Windows');
    assert.match(text, /^ {4}"statusLine"/m);
  });

  it('makes settings where there are none', () => {
    assert.deepEqual(JSON.parse(wrapped('').text), { statusLine: { type: 'command', command: ours } });
  });

  it('is put in once', () => assert.equal(wrapStatusLine(wrapped(commented).text, ours), 'present'));

  it('leaves alone what it does not understand', () => {
    for (const text of [
      '{"model": ',
      '[]',
      '"x"',
      '{"statusLine": "x"}',
      '{"statusLine": {"type": "other"}}',
    ]) {
      assert.equal(wrapStatusLine(text, ours), 'unreadable', text);
    }
  });

  it('is taken out to the byte, whatever else was changed meanwhile', () => {
    const { text, ownCommand } = wrapped(commented);
    assert.equal(unwrapStatusLine(text, ours, ownCommand), commented);
    const later = text.replace('"opus"', '"sonnet"');
    assert.equal(unwrapStatusLine(later, ours, ownCommand), commented.replace('"opus"', '"sonnet"'));
    const plain = '{\n  "model": "opus"\n}\n';
    assert.equal(unwrapStatusLine(wrapped(plain).text, ours, null), plain);
  });

  it('is not taken out where the user has put in another since', () => {
    assert.equal(unwrapStatusLine(commented, ours, 'my-line --short'), null);
    assert.equal(unwrapStatusLine('{"statusLine": ', ours, null), null);
  });
});

describe('the script of the status line', () => {
  if (process.platform === 'win32') return;
  let folder: string;
  let script: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "token-burn it's "));
    script = join(folder, 'status-line.sh');
    writeFileSync(script, scriptText('status.json'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (input: string) => execFileSync('sh', ['-c', commandFor(script)], { input, encoding: 'utf8' });
  const told =
    '{"cwd":"/a \\"b\\" $(touch x) `c` %s\\\\n","rate_limits":{"five_hour":{"used_percentage":3}}}';

  it('keeps the last that was told, with its time', () => {
    run(told);
    run(told.replace('3}', '4}'));
    const { at, status } = JSON.parse(readFileSync(join(folder, 'status.json'), 'utf8'));
    assert.ok(Math.abs(at * 1_000 - Date.now()) < 60_000);
    assert.deepEqual(status, { ...JSON.parse(told), rate_limits: { five_hour: { used_percentage: 4 } } });
    assert.deepEqual(readdirSync(folder).sort(), ['status-line.sh', 'status.json']);
  });

  it('keeps nothing where no plan is told of', () => {
    assert.equal(run('{"cwd":"/a"}'), '');
    assert.deepEqual(readdirSync(folder), ['status-line.sh']);
  });

  it("shows the user's own line, and hands it what it was told", () => {
    writeFileSync(join(folder, ownCommandFile), 'printf "mine: "; cat | wc -c');
    assert.match(run(told), new RegExp(`^mine: +${told.length}\\n$`.replace(': +', ': *')));
  });

  it("shows the user's own line even where nothing can be kept", () => {
    writeFileSync(join(folder, ownCommandFile), 'echo mine');
    writeFileSync(script, scriptText('no/such/folder/status.json'));
    assert.equal(run(told), 'mine\n');
  });
});
