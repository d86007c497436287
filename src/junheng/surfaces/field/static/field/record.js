// One check as the phone knows it, from the moment it is saved to the receipt. Nothing here asks the network or the store.
//
// edition   how often it was changed on this phone
// flying    what was sent last and not answered yet: it is sent again word for word before anything newer
// base      the version that the house has, once it has answered; a change is sent on top of it
// missing   digests of photos that the house still wants

export function identifier() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // a page without https has no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// The phone's own time with its distance from UTC: 2026-11-28T21:05:00+08:00.
export function stamp(moment) {
  const east = -moment.getTimezoneOffset();
  const two = (number) => String(Math.abs(number)).padStart(2, "0");
  const local = new Date(moment.getTime() + east * 60_000).toISOString().slice(0, 19);
  return `${local}${east < 0 ? "-" : "+"}${two(Math.trunc(east / 60))}:${two(east % 60)}`;
}

const known = (signs) => Object.fromEntries(Object.entries(signs).filter(([, value]) => value !== null && value !== undefined));

export function written({ owner, water, name, at, place, signs, hazard, severity, photos }) {
  return {
    id: identifier(), owner, water, name, checked_at: stamp(at), checked_ms: Math.floor(at / 1000) * 1000, saved_ms: at.getTime(), place, signs: known(signs),
    hazard, severity, photos: photos.map(({ digest, size, type }) => ({ digest, size, type })), answers: {}, base: null,
    edition: 1, state: "waiting", flying: null, receipt: null, missing: [], spoilt: {},
  };
}

// A change by the person: goes to the house once more, on top of the version that it has.
export function changed(record, changes) {
  return { ...record, ...changes, edition: record.edition + 1, state: "waiting", spoilt: {} };
}

// What is sent. `base` is null while the house has said nothing.
export function content(record) {
  const { id, water, checked_at, place, signs, hazard, severity, photos, answers, base } = record;
  return { id, water, checked_at, place, signs, hazard, severity, photos, answers, base };
}

// Marks a record as under way; what is under way already stays as it was sent.
export function departing(record) {
  if (record.state !== "waiting") return null;
  return record.flying ? record : { ...record, flying: { edition: record.edition, content: content(record) } };
}

// The record after the house has answered for what was sent. An answer to something else than what is under way is old.
export function answered(record, sent, receipt, at) {
  if (record.flying?.edition !== sent.edition) return null;
  const refused = receipt.state === "refused";
  const next = { ...record, flying: null, receipt: { ...receipt, at }, base: refused ? record.base : receipt.version };
  if (!refused) next.missing = record.photos.map((one) => one.digest).filter((one) => (receipt.missing ?? []).includes(one));
  if (record.edition !== sent.edition) return next; // changed meanwhile: goes again
  next.state = refused ? "refused" : receipt.state === "both" ? "both" : "sent";
  return next;
}

// What the house says of a record some time after its receipt: what it asks now, and whether two versions of it wait.
export function told(record, questions, there) {
  if (!record.receipt || record.state === "refused") return null;
  const receipt = { ...record.receipt, questions: questions.filter((one) => one.record === record.id).map(({ code, text }) => ({ code, text })) };
  const next = { ...record, receipt };
  if (there && record.state !== "waiting" && (there.state === "both") !== (record.state === "both")) {
    next.state = there.state === "both" ? "both" : "sent";
    next.base = receipt.version = there.version;
    receipt.versions = there.versions;
  }
  return JSON.stringify(next) === JSON.stringify(record) ? null : next;
}

// The questions that the house asked and nobody has answered yet.
export const open = (record) => (record.state === "refused" ? [] : (record.receipt?.questions ?? []).filter((one) => !record.answers[one.code]));

// How a record stands, in one word for its badge.
export function standing(record) {
  if (record.state === "waiting") return "waiting";
  if (record.state === "refused" || record.state === "both") return record.state;
  if (open(record).length) return "asked";
  if (Object.keys(record.spoilt).length) return "spoilt";
  return record.missing.length ? "photos" : "sent";
}
