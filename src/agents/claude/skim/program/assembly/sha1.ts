/** SHA-1 of short texts, FIPS 180-4, of which the first eight bytes are kept: see `identity.ts` of the ledger. */

import { hashedAt, scheduleAt } from '../layout';

const blockBytes: i32 = 64;
/** What ends a text: a bit, and its length in 8 bytes. */
const endBytes: i32 = 9;

let length: i32 = 0;
let h0: u32 = 0;
let h1: u32 = 0;
let h2: u32 = 0;
let h3: u32 = 0;
let h4: u32 = 0;

/** Begins a text, which has room for two ids and a word. */
export function beginText(): void {
  length = 0;
}

export function addBytes(start: i32, bytes: i32): void {
  memory.copy(hashedAt + length, start, bytes);
  length += bytes;
}

export function addNul(): void {
  store<u8>(hashedAt + length, 0);
  length++;
}

/** Ends the text, and writes the first eight bytes of its hash to a place. */
export function storeHash(to: i32): void {
  const blocks = (length + endBytes + blockBytes - 1) / blockBytes;
  const end = hashedAt + blocks * blockBytes;
  memory.fill(hashedAt + length, 0, end - hashedAt - length);
  store<u8>(hashedAt + length, 0x80);
  store<u32>(end - 4, bswap<u32>(length * 8));
  h0 = 0x67452301;
  h1 = 0xefcdab89;
  h2 = 0x98badcfe;
  h3 = 0x10325476;
  h4 = 0xc3d2e1f0;
  for (let block = hashedAt; block < end; block += blockBytes) takeBlock(block);
  store<u32>(to, bswap<u32>(h0));
  store<u32>(to + 4, bswap<u32>(h1));
}

/** A word of the schedule, by where it stands in bytes. */
function w(at: i32): u32 {
  return load<u32>(scheduleAt + at);
}

function fillSchedule(block: i32): void {
  for (let at = 0; at < 64; at += 4) store<u32>(scheduleAt + at, bswap<u32>(load<u32>(block + at)));
  for (let at = 64; at < 320; at += 4) {
    store<u32>(scheduleAt + at, rotl<u32>(w(at - 12) ^ w(at - 32) ^ w(at - 56) ^ w(at - 64), 1));
  }
}

function takeBlock(block: i32): void {
  fillSchedule(block);
  let a = h0;
  let b = h1;
  let c = h2;
  let d = h3;
  let e = h4;
  for (let at = 0; at < 80; at += 4) {
    const next = rotl<u32>(a, 5) + (d ^ (b & (c ^ d))) + e + 0x5a827999 + w(at);
    e = d;
    d = c;
    c = rotl<u32>(b, 30);
    b = a;
    a = next;
  }
  for (let at = 80; at < 160; at += 4) {
    const next = rotl<u32>(a, 5) + (b ^ c ^ d) + e + 0x6ed9eba1 + w(at);
    e = d;
    d = c;
    c = rotl<u32>(b, 30);
    b = a;
    a = next;
  }
  for (let at = 160; at < 240; at += 4) {
    const next = rotl<u32>(a, 5) + ((b & c) | (d & (b | c))) + e + 0x8f1bbcdc + w(at);
    e = d;
    d = c;
    c = rotl<u32>(b, 30);
    b = a;
    a = next;
  }
  for (let at = 240; at < 320; at += 4) {
    const next = rotl<u32>(a, 5) + (b ^ c ^ d) + e + 0xca62c1d6 + w(at);
    e = d;
    d = c;
    c = rotl<u32>(b, 30);
    b = a;
    a = next;
  }
  h0 += a;
  h1 += b;
  h2 += c;
  h3 += d;
  h4 += e;
}
