// Looks for a number that gives SHA-256 (FIPS 180-4) of "id:number" so many leading zero bits.
// Written out, since the browser's own works one promise a hash, which is many times slower. The text fits into one block.
"use strict";

const primes = [];
for (let n = 2; primes.length < 64; n++) {
  if (primes.every(prime => n % prime !== 0)) {
    primes.push(n);
  }
}

const fraction = value => ((value - Math.floor(value)) * 0x100000000) | 0;
const constants = Int32Array.from(primes, prime => fraction(Math.cbrt(prime)));
const initial = Int32Array.from(primes.slice(0, 8), prime => fraction(Math.sqrt(prime)));
const schedule = new Int32Array(64);
const rotate = (word, by) => (word >>> by) | (word << (32 - by));

// The first word of the hash: no challenge asks for more than 32 bits.
const hash = block => {
  for (let i = 0; i < 16; i++) {
    schedule[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
  }
  for (let i = 16; i < 64; i++) {
    const early = schedule[i - 15], late = schedule[i - 2];
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[i] = (schedule[i - 16] + s0 + schedule[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = initial;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[i] + schedule[i]) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return (initial[0] + a) | 0;
};

const solve = (id, bits) => {
  const block = new Uint8Array(64);
  const prefix = `${id}:`;
  for (let i = 0; i < prefix.length; i++) {
    block[i] = prefix.charCodeAt(i);
  }
  for (let number = 0; ; number++) {
    const digits = String(number);
    const end = prefix.length + digits.length;
    for (let i = 0; i < digits.length; i++) {
      block[prefix.length + i] = digits.charCodeAt(i);
    }
    block[end] = 0x80;
    block[62] = (end * 8) >>> 8;
    block[63] = (end * 8) & 0xff;
    if (Math.clz32(hash(block)) >= bits) {
      return number;
    }
    block[end] = 0;
  }
};

self.addEventListener("message", event => self.postMessage(solve(event.data.id, event.data.bits)));
