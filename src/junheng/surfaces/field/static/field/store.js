// The phone's own store: records and photos that wait, what the house answered, and the list of one's waters.
// What belongs together is written in one transaction; "strict" asks the phone to have it on the disk before it says so.

const STORES = ["records", "photos", "kept"];

export class Full extends Error {}

const result = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

export async function openStore(name = "junheng-field", durability = "strict") {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("records", { keyPath: "id" });
    opening.result.createObjectStore("photos", { keyPath: "digest" });
    opening.result.createObjectStore("kept");
  };
  const database = await result(opening);
  database.onversionchange = () => database.close();
  return new Store(database, durability);
}

export class Store {
  constructor(database, durability) {
    this.database = database;
    this.durability = durability;
  }

  // One transaction: `work` asks and writes, and what it answers is answered once all of it is kept.
  async within(mode, work) {
    const transaction = this.database.transaction(STORES, mode, { durability: this.durability });
    const ended = new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error ?? new Error("aborted"));
      transaction.onerror = () => {};
    });
    const [records, photos, kept] = STORES.map((one) => transaction.objectStore(one));
    let answer, trouble;
    try {
      answer = await work({ records, photos, kept });
    } catch (error) {
      trouble = error;
      try {
        transaction.abort();
      } catch {
        // it has ended already
      }
    }
    try {
      await ended;
    } catch (error) {
      trouble ??= error;
    }
    if (trouble?.name === "QuotaExceededError") throw new Full(trouble.message);
    if (trouble) throw trouble;
    return answer;
  }

  records(owner) {
    return this.within("readonly", async ({ records }) => (await result(records.getAll())).filter((one) => one.owner === owner));
  }

  // How many records of other people wait on this phone: told as a number, never shown.
  othersWaiting(owner) {
    return this.within("readonly", async ({ records }) => (await result(records.getAll())).filter((one) => one.owner !== owner && needsHouse(one)).length);
  }

  record(id) {
    return this.within("readonly", ({ records }) => result(records.get(id)));
  }

  // A record and its photos, all or nothing; the draft that it was written from goes with the same stroke.
  save(record, photos = [], draft = "") {
    return this.within("readwrite", async (all) => {
      for (const photo of photos) await result(all.photos.put(photo));
      await result(all.records.put(record));
      if (draft) await result(all.kept.delete(draft));
    });
  }

  // Reads a record, changes it and writes it, with nobody between. `change` answers the new one, or nothing.
  change(id, change) {
    return this.within("readwrite", async ({ records }) => {
      const old = await result(records.get(id));
      const changed = old && change(old);
      if (changed) await result(records.put(changed));
      return changed ?? old;
    });
  }

  // Throws a record away, if it may go as it stands at this moment.
  discard(id, may) {
    return this.within("readwrite", async ({ records }) => {
      const now = await result(records.get(id));
      if (now && may(now)) await result(records.delete(id));
    });
  }

  photo(digest) {
    return this.within("readonly", ({ photos }) => result(photos.get(digest)));
  }

  kept(key) {
    return this.within("readonly", ({ kept }) => result(kept.get(key)));
  }

  keep(key, value) {
    return this.within("readwrite", ({ kept }) => result(kept.put(value, key)));
  }

  // Takes away photos that the house has, and receipts older than `before`.
  tidy(before) {
    return this.within("readwrite", async ({ records, photos }) => {
      const wanted = new Set();
      for (const one of await result(records.getAll())) {
        if (isOver(one, before)) await result(records.delete(one.id));
        else for (const digest of holds(one)) wanted.add(digest);
      }
      for (const digest of await result(photos.getAllKeys())) if (!wanted.has(digest)) await result(photos.delete(digest));
    });
  }

  // Forgets one person. Records that the house has not answered for stay, unless `all` says that they may go too.
  forget(owner, all = false) {
    return this.within("readwrite", async ({ records, photos, kept }) => {
      const wanted = new Set();
      for (const one of await result(records.getAll())) {
        if (one.owner === owner && (all || !needsHouse(one))) await result(records.delete(one.id));
        else for (const digest of holds(one)) wanted.add(digest);
      }
      for (const digest of await result(photos.getAllKeys())) if (!wanted.has(digest)) await result(photos.delete(digest));
      for (const key of [`mine:${owner}`, `draft:${owner}`, "mine:etag"]) await result(kept.delete(key));
      if ((await result(kept.get("owner"))) === owner) await result(kept.delete("owner"));
    });
  }
}

// Whether the house still lacks something of a record: its words, or a photo; or has sent it back.
export const needsHouse = (record) => record.state === "waiting" || record.state === "refused" || record.missing.length > 0;

// Whether a record is done with: delivered whole before that moment, and nothing is asked any more.
export const isOver = (record, before) => record.state === "sent" && !needsHouse(record) && record.receipt.at < before && !record.receipt.questions?.length;

// The photos that must stay on the phone for a record.
export const holds = (record) => (record.state === "waiting" || record.state === "refused" || record.flying ? record.photos.map((one) => one.digest) : record.missing);
