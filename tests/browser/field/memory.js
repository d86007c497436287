// The phone's store as a few maps, as quick as thousands of histories need it; hundreds more run on the real one.

import { holds, isOver } from "/static/field/store.js";

export class Memory {
  constructor() {
    Object.assign(this, { all: new Map(), pictures: new Map(), things: new Map() });
  }

  async records(owner) {
    return [...this.all.values()].filter((one) => one.owner === owner).map((one) => structuredClone(one));
  }

  async save(record, photos = []) {
    for (const one of photos) this.pictures.set(one.digest, one);
    this.all.set(record.id, structuredClone(record));
  }

  async change(id, change) {
    const old = structuredClone(this.all.get(id));
    const changed = old && change(old);
    if (changed) this.all.set(id, structuredClone(changed));
    return changed ?? old;
  }

  async photo(digest) {
    return this.pictures.get(digest);
  }

  async kept(key) {
    return this.things.get(key);
  }

  async keep(key, value) {
    this.things.set(key, value);
  }

  async tidy(before) {
    for (const one of [...this.all.values()]) if (isOver(one, before)) this.all.delete(one.id);
    const wanted = new Set([...this.all.values()].flatMap(holds));
    for (const digest of this.pictures.keys()) if (!wanted.has(digest)) this.pictures.delete(digest);
  }

  async forget() {
    throw new Error("nobody signs in as somebody else here");
  }
}
