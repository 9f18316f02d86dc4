/** OpenCode. */

import { familyGuard } from './opencodeFamily.ts';

export const opencodeGuard = familyGuard({
  id: 'opencode',
  minVersion: '1.18.33',
  program: 'opencode',
  sharedArguments: ['serve', 'web', 'acp', 'attach'],
  configVariable: 'OPENCODE_CONFIG_DIR',
  otherFolders: [],
});
