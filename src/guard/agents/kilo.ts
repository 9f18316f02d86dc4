/** Kilo Code. */

import { familyGuard } from './opencodeFamily.ts';

export const kiloGuard = familyGuard({
  id: 'kilo',
  minVersion: '7.7.9',
  program: 'kilo',
  sharedArguments: ['serve', 'acp', 'attach', 'daemon', 'console', 'remote'],
  configVariable: 'KILO_CONFIG_DIR',
  otherFolders: ['~/.kilo', '~/.kilocode'],
});
