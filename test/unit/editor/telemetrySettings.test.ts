import assert from 'node:assert/strict';
import {
  doorIn,
  hasTelemetry,
  withoutTelemetry,
  withTelemetry,
} from '../../../src/editor/telemetry/telemetrySettings.ts';

const door = { port: 24_318, secret: 'abcdefghijklmnopqrstuvwxyz01234_' };
const ours = {
  CLAUDE_CODE_ENABLE_TELEMETRY: '1',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_TRACES_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'none',
  OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://127.0.0.1:24318/v1/logs',
  OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'authorization=Bearer%20abcdefghijklmnopqrstuvwxyz01234_',
};

function changed(text: string): string {
  const result = withTelemetry(text, door);
  assert.ok(typeof result === 'object', String(result));
  return result.text;
}

describe('telemetry in the settings of Claude Code', () => {
  const commented = `{
\t// how I like it
\t"env": {
\t\t"HTTPS_PROXY": "http://proxy" // mine
\t},
\t"model": "opus",
}
`;

  it('is put beside what the user has set', () => {
    const text = changed('{\n  "env": { "HTTPS_PROXY": "http://proxy" },\n  "model": "opus"\n}\n');
    assert.deepEqual(JSON.parse(text), { env: { HTTPS_PROXY: 'http://proxy', ...ours }, model: 'opus' });
    assert.deepEqual(JSON.parse(changed('')), { env: ours });
    assert.match(changed(commented), /\/\/ how I like it.*"OTEL_LOGS_EXPORTER": "otlp".*\/\/ mine/s);
  });

  it('is put in once', () => assert.equal(withTelemetry(changed(commented), door), 'present'));

  it('is left alone where it is set to go elsewhere, or would', () => {
    for (const env of [
      { CLAUDE_CODE_ENABLE_TELEMETRY: '1' },
      { OTEL_METRICS_EXPORTER: 'otlp' },
      { ...ours, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://collector' },
    ]) {
      assert.equal(withTelemetry(JSON.stringify({ env }), door), 'taken');
    }
    assert.equal(withTelemetry(changed(''), { ...door, port: 1 }), 'taken');
    assert.equal(hasTelemetry({ OTEL_TRACES_EXPORTER: 'otlp' }), true);
    assert.equal(hasTelemetry({ PATH: '/bin', CLAUDE_CODE_ENABLE_TELEMETRY: '' }), false);
  });

  it('is left alone where settings are not understood', () => {
    for (const text of ['{"env": ', '[]', '{"env": 7}', '{"env": []}', '{"env": null}']) {
      assert.equal(withTelemetry(text, door), 'unreadable', text);
      assert.equal(withoutTelemetry(text, door), 'unreadable', text);
    }
  });

  it('is taken out, and nothing else', () => {
    assert.equal(takenOut(changed(commented)), commented);
    assert.equal(takenOut(changed('{\n  "model": "opus"\n}\n')), '{\n  "model": "opus"\n}\n');
    assert.match(takenOut(changed('{ "env": { // mine\n } }')), /"env": \{ \/\/ mine\s+\}/);
    assert.equal(withoutTelemetry(commented, door), 'absent');
    const moved = JSON.stringify({ env: { ...ours, OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://collector' } });
    assert.deepEqual(JSON.parse(takenOut(moved)), {
      env: { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://collector' },
    });
  });

  it('is put below the mark of an editor of Windows, which stays', () => {
    const marked = '\ufeff{\r\n  "model": "opus"\r\n}\r\n';
    assert.equal(changed(marked).lastIndexOf('\ufeff'), 0);
    assert.equal(takenOut(changed(marked)), marked);
  });

  it('says itself where it goes', () => {
    assert.deepEqual(doorIn(changed(commented)), door);
    assert.equal(doorIn(commented), null);
    assert.equal(doorIn(changed('').replace('127.0.0.1', 'collector')), null);
    assert.equal(doorIn('{"env": '), null);
  });

  function takenOut(text: string): string {
    const result = withoutTelemetry(text, door);
    assert.ok(typeof result === 'object', String(result));
    return result.text;
  }
});
