// Brings what waits on the phone to the house. Whatever breaks at whatever moment, a record stays on the phone until the
// house has answered for it, and what arrives twice is the same record: it carries the name that the phone gave it.

import { contentDigest } from "./digest.js";
import { Away, NotMine } from "./house.js";
import { answered, departing, told } from "./record.js";

export const BATCH = 50;
const LEAST = 64 * 1024;
const MOST = 2 * 1024 * 1024; // more the house does not take at once
const KEEP_DAYS = 30;
const TRIES = 4;

// Everything once. Answers whose phone it is; throws SignIn, Away or NotMine.
export async function bring({ store, house, device, now = Date.now }) {
  const owner = await greet(store, house, now());
  const sent = await records(store, house, owner, device, now);
  const uploaded = await photographs(store, house, owner);
  await store.tidy(now() - KEEP_DAYS * 86_400_000);
  if (sent || uploaded) await greet(store, house, now());
  return owner;
}

// Whose phone it is: the account stays the same when its person gets another post.
export const ownerOf = (mine) => mine.account ?? mine.person.id;

// Asks whose phone it is and what that person has charge of, and remembers it for when there is no network.
async function greet(store, house, at) {
  const before = await store.kept("owner");
  const { body, etag } = await house.mine(await store.kept("mine:etag")).catch(async (error) => {
    if (error instanceof NotMine && before !== undefined) await store.forget(before); // somebody else has signed in
    throw error;
  });
  if (!body) return before;
  const owner = ownerOf(body);
  if (before !== undefined && before !== owner) await store.forget(before);
  await store.keep(`mine:${owner}`, { ...body, csrf: "", at });
  await store.keep("mine:etag", etag);
  await store.keep("owner", owner);
  const versions = new Map((body.records ?? []).map((one) => [one.id, one]));
  for (const one of await store.records(owner)) await store.change(one.id, (record) => told(record, body.questions ?? [], versions.get(record.id)));
  return owner;
}

// Sends batch after batch, each record as it left the first time; answers how many found a receipt.
async function records(store, house, owner, device, now) {
  let sent = 0;
  for (let batch; (batch = await departures(store, owner)).length; ) {
    const message = { device, sent_at: new Date(now()).toISOString(), records: batch.map((one) => one.flying.content) };
    const receipts = new Map((await house.sync(message)).map((one) => [one.id, one]));
    let later = 0;
    for (const { id, flying } of batch) {
      const receipt = receipts.get(id);
      if (receipt && (await answersFor(receipt, flying.content))) {
        await store.change(id, (record) => answered(record, flying, receipt, now()));
        sent += 1;
      } else later += 1;
    }
    if (later) throw new Away(`${later} records without an answer`);
  }
  return sent;
}

// Whether a receipt is one for this content: the house says what it has kept, and the phone counts it again.
async function answersFor(receipt, content) {
  if (receipt.state === "refused") return receipt.code !== "try-again";
  return receipt.digest === (await contentDigest(content));
}

// The next records to be sent, each marked as under way before it leaves.
async function departures(store, owner) {
  const waiting = (await store.records(owner)).filter((one) => one.state === "waiting").sort((a, b) => a.saved_ms - b.saved_ms);
  const marked = [];
  for (const one of waiting.slice(0, BATCH)) {
    const leaving = await store.change(one.id, departing);
    if (leaving?.flying) marked.push(leaving);
  }
  return marked;
}

async function photographs(store, house, owner) {
  let uploaded = 0;
  for (const record of await store.records(owner)) {
    for (const digest of record.missing) {
      if (record.spoilt[digest]) continue;
      const photo = await store.photo(digest);
      const trouble = photo ? await upload(house, photo) : { code: "lost" };
      if (!trouble) uploaded += 1;
      await store.change(record.id, (one) =>
        trouble ? { ...one, spoilt: { ...one.spoilt, [digest]: trouble } } : { ...one, missing: one.missing.filter((other) => other !== digest) },
      );
    }
  }
  return uploaded;
}

// How much of a photo is sent at once: twice as much after each stretch that arrives, half as much where it does
// not, so that a good network has few requests to make and a bad one loses little.
let stretch = 256 * 1024;

async function piece(house, photo, at) {
  let arrived = false;
  try {
    const answer = await house.send(photo, at, photo.bytes.slice(at, at + stretch));
    arrived = !answer.refused;
    return answer;
  } finally {
    stretch = arrived ? Math.min(MOST, stretch * 2) : Math.max(LEAST, stretch / 2);
  }
}

// Sends a photo from where the house has it; answers nothing once it is whole there, or why the house will not have it.
export async function upload(house, photo) {
  let at = await house.offset(photo);
  for (let tries = 0; at < photo.size; ) {
    const { offset, refused } = await piece(house, photo, at);
    if (refused && (tries += 1) >= TRIES) return refused;
    if (!refused && offset <= at && (tries += 1) >= TRIES) throw new Away("a photo makes no way");
    at = refused ? await house.offset(photo) : offset;
  }
  return null;
}
