/** The setting of Copilot Chat that has it write down every call of a model, which its reader counts. */

import { workspace } from 'vscode';

export const spanSetting = 'github.copilot.chat.otel.dbSpanExporter.enabled';

/** `missing` where Copilot Chat has no such setting: it is not there, or older than that of VS Code 1.119. */
export function spanState(): 'on' | 'off' | 'missing' {
  const configuration = workspace.getConfiguration();
  if (configuration.inspect(spanSetting)?.defaultValue === undefined) return 'missing';
  return configuration.get(spanSetting) === true ? 'on' : 'off';
}
