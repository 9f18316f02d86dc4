import assert from 'node:assert/strict';
import { ompReader, piReader } from '../../../../src/agents/pi/piReader.ts';
import type { Machine, Reader, SurveyedMachine } from '../../../../src/agents/reader.ts';

const rootsWith = (reader: Reader, environment: Machine['environment']) => {
  const machine: SurveyedMachine = {
    platform: 'linux',
    homeFolder: '/home/ann',
    environment,
    userFolders: [],
  };
  return reader.roots(machine).map(({ path }) => path);
};

describe('sessions of Pi and OMP', () => {
  it('lie below their folders by default', () => {
    assert.deepEqual(rootsWith(piReader, {}), ['/home/ann/.pi/agent/sessions']);
    assert.deepEqual(rootsWith(ompReader, {}), ['/home/ann/.omp/agent/sessions']);
  });

  it('lie where variables say, once', () => {
    const environment = { PI_CODING_AGENT_DIR: '~/pi', PI_CODING_AGENT_SESSION_DIR: '/srv/sessions' };
    assert.deepEqual(rootsWith(piReader, environment), ['/srv/sessions', '/home/ann/pi/sessions']);
    assert.deepEqual(rootsWith(piReader, { PI_AGENT_DIR: '/srv/pi' }), ['/srv/pi/sessions']);
  });

  it('are not read as both', () => {
    assert.deepEqual(rootsWith(piReader, { PI_CODING_AGENT_DIR: '/home/ann/.omp/agent' }), []);
  });
});
