// SHA-256 of what is sent: by the browser where the page came by https, else by the house's own few lines.

import { sha256 } from "../placements/proof.js";

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function digestOf(bytes) {
  return hex(globalThis.crypto?.subtle ? await crypto.subtle.digest("SHA-256", bytes) : sha256(new Uint8Array(bytes)));
}

// One spelling for one content: keys in order, no blanks.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

// The digest by which the house says for what it gives a receipt: the check without the answers to its questions.
export function contentDigest({ id, water, checked_at, place, signs, hazard, severity, photos }) {
  return digestOf(new TextEncoder().encode(canonical({ id, water, checked_at, place, signs, hazard, severity, photos })));
}
