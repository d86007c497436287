// The last resort: everything that waits on a phone as one file, and the way of such a file to the house.

import { digestOf } from "./digest.js";
import { content } from "./record.js";
import { needsHouse } from "./store.js";
import { upload } from "./sync.js";

export const FORMAT = "junheng-field-1";
const BATCH = 50;
const PIECE = 0x8000;

export class BadFile extends Error {}

const packed = (buffer) => {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
};
const unpacked = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;

// The file: what is sent, word for word, and the photos that the house lacks. What is under way leaves as it was sent.
export async function exported({ store, mine, owner, device, now = new Date() }) {
  const records = [];
  const photos = new Map();
  for (const one of (await store.records(owner)).filter(needsHouse)) {
    const editions = one.flying && one.flying.edition !== one.edition ? [one.flying.content, { ...content(one), base: null }] : [one.flying?.content ?? content(one)];
    records.push({ name: one.name, editions });
    for (const { digest } of one.photos) {
      const photo = photos.has(digest) ? null : await store.photo(digest);
      if (photo) photos.set(digest, { digest, size: photo.size, type: photo.type, data: packed(photo.bytes) });
    }
  }
  const person = { id: mine.person.id, name: mine.person.name };
  const body = JSON.stringify({ format: FORMAT, made_at: now.toISOString(), device, person, records, photos: [...photos.values()] });
  return { count: records.length, blob: new Blob([body], { type: "application/json" }), name: `field-${now.toISOString().slice(0, 10)}-${records.length}.json` };
}

// Hands a file to the person: by the phone's own sharing where it has one for files, else as a download.
export async function hand({ blob, name }) {
  const file = new File([blob], name, { type: blob.type });
  if (navigator.canShare?.({ files: [file] }) && /Android|iPhone|iPad/.test(navigator.userAgent)) {
    try {
      await navigator.share({ files: [file] });
      return;
    } catch (error) {
      if (error.name === "AbortError") return;
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function read(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new BadFile("no JSON");
  }
  if (file?.format !== FORMAT || !file.person?.id || !Array.isArray(file.records) || !Array.isArray(file.photos)) throw new BadFile("another format");
  if (!file.records.every((one) => Array.isArray(one.editions) && one.editions.length && one.editions.every((each) => each?.id))) throw new BadFile("a record without content");
  const photos = [];
  for (const { digest, size, type, data } of file.photos) {
    const bytes = unpacked(data);
    photos.push({ digest, size, type, bytes, whole: bytes.byteLength === size && (await digestOf(bytes)) === digest });
  }
  return { ...file, photos };
}

// Sends a file as the phone would. Answers a row for each record; what the house has already is "same" and counts once.
export async function deliver(house, file, told = () => {}) {
  house.person = file.person.id;
  const rows = new Map(file.records.map((one) => [one.editions[0].id, { name: one.name, checked_at: one.editions.at(-1).checked_at, hazard: one.editions.at(-1).hazard, receipt: null }]));
  const depth = Math.max(0, ...file.records.map((one) => one.editions.length));
  for (let turn = 0; turn < depth; turn += 1) {
    const due = file.records.filter((one) => one.editions.length > turn).map((one) => ({ ...one.editions[turn], ...(turn && { base: rows.get(one.editions[0].id).receipt?.version ?? null }) }));
    for (let at = 0; at < due.length; at += BATCH) {
      const message = { device: file.device, sent_at: new Date().toISOString(), person: file.person.id, records: due.slice(at, at + BATCH) };
      for (const receipt of await house.sync(message)) rows.get(receipt.id).receipt = receipt;
      told([...rows.values()]);
    }
  }
  const wanted = new Set([...rows.values()].flatMap(({ receipt }) => receipt?.missing ?? []));
  for (const photo of file.photos.filter((one) => wanted.has(one.digest))) {
    const trouble = photo.whole ? await upload(house, photo) : { code: "broken" };
    for (const row of rows.values()) {
      if (!row.receipt?.missing?.includes(photo.digest)) continue;
      if (trouble) row.trouble = trouble;
      else row.receipt.missing = row.receipt.missing.filter((one) => one !== photo.digest);
    }
    told([...rows.values()]);
  }
  return [...rows.values()];
}
