// Random histories of one phone with two tabs, against a model: what the person saved last is what the house has in the
// end, each record once, each photo whole; and at no moment does the phone think that it may forget what the house lacks.

import { House } from "/static/field/house.js";
import { changed, content, written } from "/static/field/record.js";
import { needsHouse, openStore } from "/static/field/store.js";
import { bring } from "/static/field/sync.js";
import { canonical, contentDigest, digestOf } from "/static/field/digest.js";
import { FakeHouse, dice } from "./fake.js";
import { Memory } from "./memory.js";

const OWNER = 7;
const STEPS = 24;
const WORDS = ["", "ring", "odd place", "bad word", "fence"];
const never = new Promise(() => {});

// A tab: what it does goes through here, so that it can be gone between any two things that it does.
function tab(store, fake) {
  const life = { gone: false, runs: [] };
  const guard = (thing) =>
    new Proxy(thing, {
      get: (target, name) => {
        const found = target[name];
        if (typeof found !== "function") return found;
        return (...all) => (life.gone ? never : Promise.resolve(found.apply(target, all)).then((answer) => (life.gone ? never : answer), (error) => (life.gone ? never : Promise.reject(error))));
      },
    });
  const house = new House({ ask: (...all) => fake.ask(...all), patience: 60_000 });
  life.run = () => bring({ store: guard(store), house: guardCalls(house, guard), device: "proof" }).then(() => true, () => false);
  return life;
}

// The house keeps its own state (the token), so only what it asks is guarded.
const guardCalls = (house, guard) => guard(house);

async function picture(random, shared) {
  if (shared.length && random() < 0.25) return shared[Math.floor(random() * shared.length)];
  const bytes = Uint8Array.from({ length: 1 + Math.floor(random() * 40) }, () => Math.floor(random() * 256));
  const long = random() < 0.15 ? new Uint8Array(300_000).fill(bytes[0]) : bytes;
  long[long.length - 1] = Math.floor(random() * 256);
  const photo = { digest: await digestOf(long), size: long.length, type: "image/jpeg", bytes: long.buffer };
  shared.push(photo);
  return photo;
}

export async function history(seed, real) {
  const random = dice(seed);
  const name = `proof-${seed}`;
  const store = real ? await openStore(name, "relaxed") : new Memory();
  const fake = new FakeHouse(random);
  const tabs = [tab(store, fake), tab(store, fake)];
  const saved = new Map(); // the model: all contents of a record, the last of them is what counts
  const few = seed % 3 === 0; // one or two records that are changed again and again
  const shared = [];
  const fails = [];
  const say = (sentence) => fails.push(`${seed}: ${sentence}`);

  const pick = () => [...saved.keys()][Math.floor(random() * saved.size)];
  const edit = async (id, changes) => {
    const now = await store.change(id, (record) => changed(record, changes(record)));
    saved.get(id).push({ ...content(now), base: null });
  };
  const honest = async () => {
    for (const record of await store.records(OWNER)) {
      if (record.state !== "sent") continue;
      const there = fake.records.get(record.id);
      const digest = await contentDigest(content(record));
      if (!there?.versions.some((one) => one.digest === digest)) say("a record left the outbox that the house lacks");
      for (const { digest: photo } of record.photos) {
        if (!record.missing.includes(photo) && !fake.whole(photo)) say("the phone takes a photo for delivered that is not");
        if (!(await store.photo(photo)) && !fake.whole(photo)) say("a photo left the phone that the house lacks");
      }
    }
  };

  for (let step = 0; step < STEPS; step += 1) {
    const roll = random();
    if (roll < 0.3 && !(few && saved.size >= 2)) {
      const photos = [];
      for (let many = Math.floor(random() * 3); many > 0; many -= 1) {
        const one = await picture(random, shared);
        if (!photos.includes(one)) photos.push(one);
      }
      const hazard = WORDS[Math.floor(random() * WORDS.length)];
      const record = written({ owner: OWNER, water: 1, name: "w", at: new Date(1.7e12 + step * 60_000), place: null, signs: { zone: 480 }, hazard, severity: hazard && "general", photos });
      await store.save(record, photos);
      saved.set(record.id, [content(record)]);
    } else if (roll < 0.5 && saved.size) {
      const hazard = `${WORDS[Math.floor(random() * WORDS.length)]} ${step}`;
      await edit(pick(), () => ({ hazard, severity: "serious" }));
    } else if (roll < 0.8) {
      const run = tabs[Math.floor(random() * 2)].run();
      if (random() < 0.6) await Promise.race([run, never, new Promise((done) => setTimeout(done, real ? 30 : 2))]);
    } else if (roll < 0.87) {
      const which = Math.floor(random() * 2);
      tabs[which].gone = true; // closed, or ended by the phone, wherever it was
      tabs[which] = tab(store, fake);
    } else if (roll < 0.94) fake.signedIn = true;
    else fake.csrf += 1;
    await honest();
  }

  Object.assign(fake, { calm: true, signedIn: true });
  for (const one of tabs) one.gone = true;
  const last = tab(store, fake);
  for (let turn = 0; turn < 6; turn += 1) {
    await last.run();
    for (const record of await store.records(OWNER)) {
      if (record.state === "refused") await edit(record.id, () => ({ hazard: "mended", severity: "general" }));
      else if (record.receipt?.questions.some((one) => !record.answers[one.code])) {
        const answers = Object.fromEntries(record.receipt.questions.map((one) => [one.code, "because"]));
        await store.change(record.id, (one) => changed(one, { answers: { ...one.answers, ...answers } }));
      }
      for (const digest of Object.keys(record.spoilt)) say(`a photo is stuck: ${digest} ${JSON.stringify(record.spoilt[digest])}`);
    }
  }
  await honest();
  const after = await store.records(OWNER);
  for (const record of after) if (needsHouse(record)) say(`still waits: ${record.state} ${record.missing.length}`);
  if (after.length !== saved.size) say(`${after.length} records on the phone of ${saved.size}`);
  if (fake.records.size !== saved.size) say(`${fake.records.size} records in the house of ${saved.size}`);
  const plain = ({ id, water, checked_at, place, signs, hazard, severity, photos }) => canonical({ id, water, checked_at, place, signs, hazard, severity, photos });
  for (const [id, contents] of saved) {
    const there = fake.records.get(id);
    if (!there) {
      say("a record is lost");
      continue;
    }
    const known = new Set(contents.map(plain));
    if (there.both) say("one phone quarrels with itself");
    if (plain(there.versions[there.current - 1].content) !== plain(contents.at(-1))) say("the house has an older version");
    if (!there.versions.every((one) => known.has(plain(one.content)))) say("the house has what nobody saved");
    if (there.open.size) say("a question was answered and is still open");
    for (const { digest } of contents.at(-1).photos) if (!fake.whole(digest)) say("a photo is not whole");
  }
  for (const photo of shared) if (await store.photo(photo.digest)) say("a photo stays on the phone for ever");
  if (real) {
    store.database.close();
    indexedDB.deleteDatabase(name);
  }
  return { fails, records: saved.size, calls: fake.calls };
}

export async function histories(first, count, real) {
  const total = { fails: [], records: 0, calls: 0, histories: 0 };
  for (let seed = first; seed < first + count; seed += 1) {
    const one = await history(seed, real).catch((error) => ({ fails: [`${seed}: ${error.stack}`], records: 0, calls: 0 }));
    total.fails.push(...one.fails);
    total.records += one.records;
    total.calls += one.calls;
    total.histories += 1;
    if (total.fails.length > 5) break;
  }
  return total;
}
