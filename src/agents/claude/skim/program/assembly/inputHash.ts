/** What inputs of calls are known again by: XXH32 by two seeds, as `inputHash.ts` of the ledger makes it. */

const prime1: u32 = 2654435761;
const prime2: u32 = 2246822519;
const prime3: u32 = 3266489917;
const prime4: u32 = 668265263;
const prime5: u32 = 374761393;

/** Writes both hashes of bytes to a place, the one by the lesser seed first. */
export function storeInputHash(start: i32, end: i32, to: i32): void {
  let first = lanesOf(0);
  let second = lanesOf(1);
  let at = start;
  for (; at + 16 <= end; at += 16) {
    const product = i32x4.mul(v128.load(at), i32x4.splat(prime2));
    first = nextLanes(first, product);
    second = nextLanes(second, product);
  }
  const isLong = end - start >= 16;
  store<u32>(to, rest(isLong ? joined(first) : prime5, start, at, end));
  store<u32>(to + 4, rest(isLong ? joined(second) : 1 + prime5, start, at, end));
}

function lanesOf(seed: u32): v128 {
  const lanes = i32x4.replace_lane(i32x4.splat(seed), 0, seed + prime1 + prime2);
  return i32x4.replace_lane(i32x4.replace_lane(lanes, 1, seed + prime2), 3, seed - prime1);
}

function nextLanes(lanes: v128, product: v128): v128 {
  const sum = i32x4.add(lanes, product);
  return i32x4.mul(v128.or(i32x4.shl(sum, 13), i32x4.shr_u(sum, 19)), i32x4.splat(prime1));
}

function joined(lanes: v128): u32 {
  const low = rotl<u32>(i32x4.extract_lane(lanes, 0), 1) + rotl<u32>(i32x4.extract_lane(lanes, 1), 7);
  return low + rotl<u32>(i32x4.extract_lane(lanes, 2), 12) + rotl<u32>(i32x4.extract_lane(lanes, 3), 18);
}

/** Takes in what is left from a place on, and mixes the bits. */
function rest(before: u32, start: i32, from: i32, end: i32): u32 {
  let hash = before + <u32>(end - start);
  let at = from;
  for (; at + 4 <= end; at += 4) hash = rotl<u32>(hash + load<u32>(at) * prime3, 17) * prime4;
  for (; at < end; at++) hash = rotl<u32>(hash + <u32>load<u8>(at) * prime5, 11) * prime1;
  hash = (hash ^ (hash >> 15)) * prime2;
  hash = (hash ^ (hash >> 13)) * prime3;
  return hash ^ (hash >> 16);
}
