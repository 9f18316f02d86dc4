import assert from 'node:assert/strict';
import { ompReader, piReader } from '../../../../src/agents/pi/piReader.ts';
import type { Machine, Reader, SurveyedMachine } from '../../../../src/agents/reader.ts';

const rootsWith = (
  reader: Reader,
  environment: Machine['environment'],
  platform: Machine['platform'] = 'linux',
) => {
  const machine: SurveyedMachine = {
    platform,
    homeFolder: '/home/ann',
    environment,
    userFolders: [],
  };
  return reader.roots(machine).map(({ path }) => path);
};

describe('sessions of Pi and OMP', () => {
  it('lie below their folders by default', () => {
    assert.deepEqual(rootsWith(piReader, {}), ['/home/ann/.pi/agent/sessions']);
    assert.deepEqual(rootsWith(ompReader, {}), ['/home/ann/.omp/agent/sessions', '/home/ann/.omp/profiles']);
  });

  it('lie where variables say, once', () => {
    const environment = { PI_CODING_AGENT_DIR: '~/pi', PI_CODING_AGENT_SESSION_DIR: '/srv/sessions' };
    assert.deepEqual(rootsWith(piReader, environment), ['/srv/sessions', '/home/ann/pi/sessions']);
    assert.deepEqual(rootsWith(piReader, { PI_AGENT_DIR: '/srv/pi' }), ['/srv/pi/sessions']);
  });

  it('are not read as both', () => {
    assert.deepEqual(rootsWith(piReader, { PI_CODING_AGENT_DIR: '/home/ann/.omp/agent' }), []);
    const named = { PI_CODING_AGENT_DIR: '/srv/.omp/agent,/srv/pi' };
    assert.deepEqual(rootsWith(piReader, named), ['/srv/pi/sessions']);
    assert.deepEqual(rootsWith(ompReader, named), [
      '/home/ann/.omp/agent/sessions',
      '/srv/.omp/agent/sessions',
      '/home/ann/.omp/profiles',
    ]);
  });

  it('lie in the folder that OMP is told to call its own', () => {
    const environment = { PI_CONFIG_DIR: '.mine', PI_CODING_AGENT_DIR: '~/.mine/profiles/work/agent' };
    assert.deepEqual(rootsWith(ompReader, environment), [
      '/home/ann/.mine/agent/sessions',
      '/home/ann/.mine/profiles',
    ]);
    assert.deepEqual(rootsWith(piReader, environment), []);
  });

  it('lie among the data of applications where OMP was told to move them there', () => {
    const environment = { XDG_DATA_HOME: '/home/ann/data' };
    assert.deepEqual(rootsWith(ompReader, environment), [
      '/home/ann/.omp/agent/sessions',
      '/home/ann/data/omp/sessions',
      '/home/ann/.omp/profiles',
      '/home/ann/data/omp/profiles',
    ]);
    assert.equal(rootsWith(ompReader, environment, 'win32').length, 2);
  });

  it('are looked for in profiles of OMP, and nothing else there', () => {
    const folders = [
      'work',
      'work/agent',
      'work/agent/sessions',
      'work/agent/sessions/-app/2026-05-25T10-00-00-000Z_first',
      'work/sessions/-app',
      'work/sessions/-app/mine',
    ];
    const others = ['work/plugins', 'work/wt/app/src', 'work/agent/cache'];
    for (const root of ['/home/ann/.omp/profiles', 'C:\\Users\\Ann\\.omp\\profiles']) {
      for (const folder of folders) assert.ok(ompReader.mayHoldLogs?.(folder, root), folder);
      for (const folder of others) assert.ok(!ompReader.mayHoldLogs?.(folder, root), folder);
    }
  });

  it('are looked for beside any session, whatever it is called', () => {
    const root = '/home/ann/.omp/agent/sessions';
    for (const folder of [
      '-app',
      '-app/2026-05-25T10-00-00-000Z_first/Explore',
      '-app/mine',
      '-app/agent/run',
    ]) {
      assert.ok(ompReader.mayHoldLogs?.(folder, root), folder);
    }
  });
});
