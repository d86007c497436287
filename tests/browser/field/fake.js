// A house made of a few maps behind a network that fails at random: for proving the phone's logic, in this folder only.
// It says what the real one says and commits before it answers, as the real one does.

import { contentDigest, digestOf } from "/static/field/digest.js";

export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TOO_LONG_IN_ONE_PIECE = 1_048_576;

export class FakeHouse {
  constructor(random) {
    Object.assign(this, { random, records: new Map(), photos: new Map(), csrf: 1, signedIn: true, calm: false, calls: 0 });
  }

  chance(share) {
    return !this.calm && this.random() < share;
  }

  // The network and the house behind it.
  async ask(address, { method, headers, body }) {
    this.calls += 1;
    for (let wait = Math.floor(this.random() * 4); wait > 0; wait -= 1) await null;
    if (this.chance(0.18)) throw new TypeError("lost on the way there");
    if (this.chance(0.04)) return reply(200, "<html>welcome to the hotel</html>", { "Content-Type": "text/html" });
    if (this.chance(0.04)) return reply(502, "");
    if (this.chance(0.03)) this.csrf += 1;
    if (this.chance(0.03)) this.signedIn = false;
    const answer = await this.answer(address.replace("/fieldwork/", ""), method, headers, body);
    for (let wait = Math.floor(this.random() * 4); wait > 0; wait -= 1) await null;
    if (this.chance(0.1)) await new Promise((done) => setTimeout(done, Math.floor(this.random() * 16))); // an answer that comes late
    if (this.chance(0.18)) throw new TypeError("lost on the way back");
    return answer;
  }

  async answer(path, method, headers, body) {
    if (!this.signedIn) return json(401, { code: "sign-in", message: "" });
    if (path === "mine.json") return this.mine(headers);
    if (method !== "HEAD" && headers["X-CSRFToken"] !== String(this.csrf)) return reply(403, "stale", { "X-Refusal": "stale-form" });
    if (path === "sync/") return json(200, { receipts: await Promise.all(JSON.parse(body).records.map((one) => this.receive(one))) });
    const digest = path.split("/")[1];
    return method === "HEAD" ? reply(200, "", { "Upload-Offset": String(this.photos.get(digest)?.bytes.length ?? 0) }) : this.piece(digest, headers, new Uint8Array(body));
  }

  mine(headers) {
    const questions = [...this.records.values()].flatMap(({ id, open }) => [...open].map((code) => ({ record: id, code, text: code })));
    const tag = JSON.stringify([this.records.size, questions]);
    if (headers["If-None-Match"] === tag) return reply(304, "", { ETag: tag });
    return json(200, { person: { id: 7, name: "x", level: "township", place: "" }, csrf: String(this.csrf), waters: [], week: {}, questions }, { ETag: tag });
  }

  async receive(sent) {
    if (this.chance(0.05)) return { id: sent.id, state: "refused", code: "try-again", message: "", version: 0, digest: "", questions: [], missing: [] };
    if (sent.hazard.includes("bad")) return { id: sent.id, state: "refused", code: "bad-field", message: "no", version: 0, digest: "", questions: [], missing: [] };
    const digest = await contentDigest(sent);
    const { answers, base, ...content } = sent;
    let record = this.records.get(sent.id);
    let state;
    if (!record) {
      record = { id: sent.id, versions: [{ number: 1, digest, content }], current: 1, open: new Set(sent.hazard.includes("odd") ? ["far"] : []), answers: {}, both: false };
      this.records.set(sent.id, record);
      state = "kept";
    } else if (record.versions.some((one) => one.digest === digest)) state = "same";
    else {
      const number = record.versions.length + 1;
      state = base === record.current ? "changed" : "both";
      record.versions.push({ number, digest, content });
      if (state === "changed") record.current = number;
      else record.both = true;
    }
    for (const code of Object.keys(answers)) if (record.open.delete(code)) record.answers[code] = answers[code];
    const missing = content.photos.map((one) => one.digest).filter((one) => !this.whole(one));
    return { id: sent.id, state, code: "", message: "", version: record.current, digest, questions: [...record.open].map((code) => ({ code, text: code })), missing };
  }

  whole(digest) {
    const photo = this.photos.get(digest);
    return Boolean(photo && photo.bytes.length === photo.size);
  }

  async piece(digest, headers, bytes) {
    const photo = this.photos.get(digest) ?? { size: Number(headers["Upload-Length"]), bytes: new Uint8Array(), spoilt: 0 };
    this.photos.set(digest, photo);
    if (bytes.length > TOO_LONG_IN_ONE_PIECE) return json(413, { code: "too-large", message: "" });
    if (Number(headers["Upload-Offset"]) !== photo.bytes.length) return json(409, { code: "wrong-offset", message: "", offset: photo.bytes.length }, { "Upload-Offset": String(photo.bytes.length) });
    const came = this.chance(0.2) ? bytes.slice(0, Math.floor(this.random() * bytes.length)) : bytes;
    const next = new Uint8Array(photo.bytes.length + came.length);
    next.set(photo.bytes);
    next.set(came, photo.bytes.length);
    if (photo.spoilt < 2 && this.chance(0.05) && next.length) [next[0], photo.spoilt] = [next[0] ^ 1, photo.spoilt + 1];
    const begun = photo.bytes;
    const wrong = next.length === photo.size && (await digestOf(next)) !== digest;
    if (photo.bytes !== begun) return json(409, { code: "wrong-offset", message: "", offset: photo.bytes.length }, { "Upload-Offset": String(photo.bytes.length) });
    photo.bytes = wrong ? new Uint8Array() : next;
    if (came.length < bytes.length) throw new TypeError("lost in the middle of a piece");
    if (wrong) return json(422, { code: "wrong-digest", message: "" });
    return reply(204, "", { "Upload-Offset": String(next.length) });
  }
}

function reply(status, text, headers = {}) {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { status, ok: status >= 200 && status < 300, type: "basic", headers: { get: (name) => named.get(name.toLowerCase()) ?? null }, json: async () => JSON.parse(text), text: async () => text };
}

const json = (status, body, headers = {}) => reply(status, JSON.stringify(body), { "Content-Type": "application/json", ...headers });
