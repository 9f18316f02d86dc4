/** The merge ranks of `cl100k_base`, a file of their own so that they are loaded only when a model needs them. */

import type { TiktokenBPE } from 'js-tiktoken/lite';
import encoding from 'js-tiktoken/ranks/cl100k_base';

export const ranks: TiktokenBPE = encoding;
