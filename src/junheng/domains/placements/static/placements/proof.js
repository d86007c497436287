// A family's own proof, counted in its browser: the hash of its record leads, step by step, to the published root.
// SM3 (GB/T 32905-2016) and SHA-256 (FIPS 180-4) are written out here, so nothing is asked of anybody's server.

const rotate = (word, by) => (word << by % 32) | (word >>> (32 - (by % 32)) % 32);

function padded(bytes) {
  const long = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  long.set(bytes);
  long[bytes.length] = 0x80;
  const view = new DataView(long.buffer);
  view.setUint32(long.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(long.length - 4, bytes.length << 3);
  return view;
}

function printed(words) {
  const out = new DataView(new ArrayBuffer(32));
  words.forEach((word, place) => out.setUint32(4 * place, word >>> 0));
  return new Uint8Array(out.buffer);
}

export function sm3(bytes) {
  let state = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
  const view = padded(bytes);
  for (let at = 0; at < view.byteLength; at += 64) {
    const w = [];
    for (let j = 0; j < 16; j++) w[j] = view.getUint32(at + 4 * j);
    for (let j = 16; j < 68; j++) {
      const x = w[j - 16] ^ w[j - 9] ^ rotate(w[j - 3], 15);
      w[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j - 13], 7) ^ w[j - 6];
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let j = 0; j < 64; j++) {
      const t = j < 16 ? 0x79cc4519 : 0x7a879d8a;
      const one = rotate((rotate(a, 12) + e + rotate(t, j)) | 0, 7);
      const two = one ^ rotate(a, 12);
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const s = (ff + d + two + (w[j] ^ w[j + 4])) | 0;
      const r = (gg + h + one + w[j]) | 0;
      [a, b, c, d, e, f, g, h] = [s, a, rotate(b, 9), c, r ^ rotate(r, 9) ^ rotate(r, 17), e, rotate(f, 19), g];
    }
    state = [a, b, c, d, e, f, g, h].map((word, place) => word ^ state[place]);
  }
  return printed(state);
}

// The constants of SHA-256 are the first 32 bits of the fractional parts of roots of the first primes.
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime)) PRIMES.push(n);
const part = (value) => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
const ROUND = PRIMES.map((prime) => part(Math.cbrt(prime)));

export function sha256(bytes) {
  let state = PRIMES.slice(0, 8).map((prime) => part(Math.sqrt(prime)));
  const view = padded(bytes);
  for (let at = 0; at < view.byteLength; at += 64) {
    const w = [];
    for (let j = 0; j < 16; j++) w[j] = view.getInt32(at + 4 * j);
    for (let j = 16; j < 64; j++) {
      const low = rotate(w[j - 15], 25) ^ rotate(w[j - 15], 14) ^ (w[j - 15] >>> 3);
      const high = rotate(w[j - 2], 15) ^ rotate(w[j - 2], 13) ^ (w[j - 2] >>> 10);
      w[j] = (w[j - 16] + low + w[j - 7] + high) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let j = 0; j < 64; j++) {
      const one = (h + (rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7)) + ((e & f) ^ (~e & g)) + ROUND[j] + w[j]) | 0;
      const two = ((rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    state = [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) | 0);
  }
  return printed(state);
}

const HASHES = { sm3, sha256 };
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const joined = (...parts) => Uint8Array.from(parts.flatMap((one) => [...one]));

export function rootOf(hash, content, steps) {
  let found = hash(joined([0], new TextEncoder().encode(content)));
  const leaf = hex(found);
  for (const [side, beside] of steps) {
    found = side === "left" ? hash(joined([1], bytes(beside), found)) : hash(joined([1], found, bytes(beside)));
  }
  return { leaf, root: hex(found) };
}

function check(section) {
  const { algorithm, content, root } = section.dataset;
  const steps = [...section.querySelectorAll("[data-side]")].map((step) => [step.dataset.side, step.dataset.hash]);
  const found = rootOf(HASHES[algorithm], content, steps);
  const right = found.root === root;
  const answer = section.querySelector("output");
  answer.dataset.tone = right ? "good" : "bad";
  answer.textContent = right ? section.dataset.right : section.dataset.wrong;
  section.querySelector("[data-leaf]").textContent = found.leaf;
  section.querySelector("[data-found]").textContent = found.root;
}

for (const section of document.querySelectorAll("[data-proof]")) {
  section.querySelector("button").addEventListener("click", () => check(section));
  check(section);
}
