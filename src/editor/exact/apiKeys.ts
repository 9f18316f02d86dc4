/**
 * Keys for the endpoints of vendors: from the environment, else from VS Code's secret storage, else as typed. They are
 * in no setting and no log.
 */

import { l10n, type SecretStorage, window } from 'vscode';

export type KeyVendor = 'anthropic' | 'google';

export interface ApiKey {
  readonly value: string;
  readonly from:
    | { readonly kind: 'environment'; readonly variable: string }
    | { readonly kind: 'kept' }
    | { readonly kind: 'typed' };
}

export type Environment = Readonly<Record<string, string | undefined>>;

const vendors: Readonly<
  Record<KeyVendor, { readonly name: string; readonly variables: readonly string[]; readonly secret: string }>
> = {
  anthropic: { name: 'Anthropic', variables: ['ANTHROPIC_API_KEY'], secret: 'tokenBurn.key.anthropic' },
  google: {
    name: 'Google',
    variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    secret: 'tokenBurn.key.google',
  },
};

/** @returns `undefined` when there is none */
export async function findKey(
  vendor: KeyVendor,
  environment: Environment,
  secrets: SecretStorage,
): Promise<ApiKey | undefined> {
  for (const variable of vendors[vendor].variables) {
    const value = environment[variable]?.trim() ?? '';
    if (isKey(value)) return { value, from: { kind: 'environment', variable } };
  }
  const kept = await secrets.get(vendors[vendor].secret);
  return kept ? { value: kept, from: { kind: 'kept' } } : undefined;
}

/** @returns `undefined` when the user gives none */
export async function typeKey(vendor: KeyVendor): Promise<ApiKey | undefined> {
  const { name, variables } = vendors[vendor];
  const typed = await window.showInputBox({
    title: l10n.t('API Key of {0}', name),
    prompt: l10n.t(
      'Nothing is sent yet. The variable {0} of the environment is not set.',
      variables[0] ?? '',
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      isKey(text.trim()) || text === ''
        ? undefined
        : l10n.t('A key has no spaces and no characters beyond ASCII.'),
  });
  const value = typed?.trim() ?? '';
  return isKey(value) ? { value, from: { kind: 'typed' } } : undefined;
}

/** What a header can hold. */
function isKey(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

export async function keepKey(vendor: KeyVendor, key: ApiKey, secrets: SecretStorage): Promise<void> {
  await secrets.store(vendors[vendor].secret, key.value);
}

export async function forgetKeys(secrets: SecretStorage): Promise<void> {
  for (const { secret } of Object.values(vendors)) await secrets.delete(secret);
  void window.showInformationMessage(
    l10n.t('Token Burn keeps no API key any more. Keys in the environment stay where they are.'),
  );
}
