/** Reads the text in which `js-tiktoken` ships the tokens of an encoding. */

const radixBits = 6;
const byteBits = 8;
const notSextet = 0xff;

/** Twice the longest token of all encodings, so that words can be read across its end. */
const tokenCapacity = 256;

/**
 * Visits all tokens in the order of their ranks. Each line of the text is `! <rank of its first token> <token> …`,
 * tokens in base64. The bytes handed out are overwritten by the next token's.
 */
export function forEachToken(
  text: string,
  visit: (token: DataView, length: number, rank: number) => void,
): void {
  const token = new DataView(new ArrayBuffer(tokenCapacity));
  for (const line of text.split('\n')) {
    let at = line.indexOf(' ', 2);
    let rank = Number(line.slice(2, at));
    while (at >= 0 && at < line.length) {
      const space = line.indexOf(' ', at + 1);
      const end = space < 0 ? line.length : space;
      visit(token, decode(line, at + 1, end, token), rank);
      rank++;
      at = end;
    }
  }
}

/** Returns how many bytes it wrote. */
function decode(text: string, start: number, end: number, token: DataView): number {
  let length = 0;
  let bits = 0;
  let value = 0;
  for (let at = start; at < end; at++) {
    const sextet = sextets[text.charCodeAt(at)] ?? notSextet;
    if (sextet === notSextet) continue;
    value = (value << radixBits) | sextet;
    bits += radixBits;
    if (bits < byteBits) continue;
    bits -= byteBits;
    token.setUint8(length++, (value >>> bits) & 0xff);
  }
  return length;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const sextets = new Uint8Array(128).fill(notSextet);
for (let value = 0; value < alphabet.length; value++) sextets[alphabet.charCodeAt(value)] = value;
