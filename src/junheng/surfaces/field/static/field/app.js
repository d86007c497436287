// The app: what it remembers is shown at once, what the house says is fetched beside it.

import { check } from "./check.js";
import { button, el, icon, notice } from "./dom.js";
import { Away, House } from "./house.js";
import { MARK, endSession, finishLeaving, leave } from "./leaving.js";
import { list, stranger } from "./list.js";
import { more } from "./more.js";
import { Outbox } from "./outbox.js";
import { identifier } from "./record.js";
import { one, sent } from "./sent.js";
import { needsHouse, openStore } from "./store.js";
import { bring } from "./sync.js";
import { exported, hand } from "./transfer.js";
import { fill, say } from "./words.js";

const body = document.body;
const main = document.querySelector("#main");
const state = document.querySelector("#state");
const banner = document.querySelector("#banner");
const notes = document.querySelector("#toasts");
const tabs = document.querySelector("#tabs");

class App {
  constructor(store) {
    this.store = store;
    this.house = new House();
    this.addresses = { ...body.dataset };
    this.edition = body.dataset.edition;
    this.order = "neglect";
    this.here = null;
    this.view = { nodes: [] };
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("junheng-field") : null;
    this.outbox = new Outbox({ bring: () => this.bring(), told: () => this.reload() });
  }

  async bring() {
    if (!(await finishLeaving(this))) throw new Away("signing out");
    await bring({ store: this.store, house: this.house, device: this.device });
    this.channel?.postMessage("changed");
  }

  async start() {
    this.device = (await this.store.kept("device")) ?? identifier();
    await this.store.keep("device", this.device);
    await this.load();
    if (localStorage.getItem(MARK)) await this.leftElsewhere();
    window.addEventListener("hashchange", () => this.show());
    window.addEventListener("storage", (event) => event.key === MARK && event.newValue && this.leftElsewhere());
    if (this.channel) this.channel.onmessage = () => this.reload();
    // nobody is offered to sign in while the session of whoever left without a network is still open
    await finishLeaving(this);
    await this.show();
    this.outbox.listen();
    for (const name of ["online", "offline"]) window.addEventListener(name, () => this.bar());
    this.outbox.wake();
  }

  async load() {
    this.owner = (await this.store.kept("owner")) ?? null;
    this.mine = this.owner === null ? null : ((await this.store.kept(`mine:${this.owner}`)) ?? null);
    this.records = this.owner === null ? [] : await this.store.records(this.owner);
    this.others = await this.store.othersWaiting(this.owner);
  }

  // What lies on the phone may have changed: a list is drawn anew, a form that somebody fills in is left alone.
  async reload() {
    await this.load();
    this.bar();
    if (!this.view.keeps || !this.mine) await this.show(false);
  }

  async show(moved = true) {
    this.view.leave?.();
    const turn = (this.turn = Symbol("turn"));
    const [page, id] = location.hash.slice(1).split("/");
    const view = await this.page(page, id).catch((error) => this.broken(error));
    if (turn !== this.turn) return view.leave?.();
    const held = document.activeElement?.dataset.key;
    this.view = view;
    main.replaceChildren(...view.nodes.flat(Infinity).filter(Boolean));
    this.bar();
    for (const tab of tabs.querySelectorAll("a")) {
      if (tab.dataset.page === (page === "record" ? "sent" : page === "water" ? "" : page)) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    tabs.hidden = !this.mine;
    fill();
    document.title = `${main.querySelector("h1").textContent} · ${say("app-name")}`;
    if (moved) {
      scrollTo(0, 0);
      main.querySelector("h1").focus({ preventScroll: true });
    } else if (held) main.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  async page(page, id) {
    if (!this.mine) return { nodes: stranger(this) };
    if (page === "water") return check(this, id);
    if (page === "sent") return { nodes: sent(this) };
    if (page === "record") return one(this, id);
    if (page === "more") return more(this);
    return { nodes: list(this) };
  }

  // A page of ours that breaks must not lock up what lies on the phone.
  broken(error) {
    return { nodes: [el("h1", { tabIndex: -1 }, say("app-name")), notice("bad", say("view-broken", { why: error.message })), button(say("export-n", { n: this.records.filter(needsHouse).length }), async () => hand(await exported(this)), { wide: true })] };
  }

  // How things stand, in one line under the head, on every page.
  bar() {
    const waiting = this.records.filter(needsHouse).length;
    const signIn = this.outbox.state === "sign-in" && this.mine;
    const off = !navigator.onLine || this.outbox.state === "away";
    const words = off ? say("no-network") : this.outbox.state === "sending" ? say("is-sending") : "";
    state.textContent = [waiting ? say("waiting-n", { n: waiting }) : "", words].filter(Boolean).join(say("dot"));
    state.dataset.tone = waiting || off ? "warn" : "good";
    state.hidden = !state.textContent;
    const lines = [];
    if (signIn) lines.push(notice("warn", say(waiting ? "sign-in-again-n" : "sign-in-again", { n: waiting }), " ", el("a", { href: this.addresses.login }, say("sign-in"))));
    if (this.mine && this.outbox.state === "not-mine") lines.push(notice("bad", this.outbox.trouble.message));
    if (this.outbox.state === "broken") lines.push(notice("bad", say("broken", { why: String(this.outbox.trouble?.message ?? "") })));
    if (!lines.length && !banner.children.length) return;
    banner.replaceChildren(...lines);
  }

  go(hash) {
    if (location.hash.slice(1) === hash) this.show();
    else location.hash = hash;
  }

  arrange(order, here = this.here) {
    Object.assign(this, { order, here });
    this.show(false);
  }

  saved() {
    this.channel?.postMessage("changed");
    this.reload().then(() => this.outbox.wake());
  }

  note(words, tone) {
    const shown = el("div.notice", { "data-tone": tone }, icon(tone === "good" ? "check-circle" : "exclamation-circle"), el("p", {}, words));
    notes.replaceChildren(shown);
    setTimeout(() => shown.remove(), 5000);
  }

  async left() {
    await endSession(this);
    await this.load();
    this.outbox.become("sign-in");
    this.go("");
  }

  // Somebody signed out on another page of the house: the phone forgets here too, and asks where something waits.
  async leftElsewhere() {
    localStorage.removeItem(MARK);
    if (this.owner !== null && (await leave(this))) await this.load();
    if (this.turn) await this.show();
  }
}

// A new edition takes over by itself, but never under the hands of somebody who fills in a form.
async function keepFresh(app) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const first = !workers.controller;
  let due = false;
  workers.addEventListener("controllerchange", () => {
    if (first && !due) due = true;
    else if (!app.view.keeps) location.reload();
    else window.addEventListener("hashchange", () => location.reload(), { once: true });
  });
  await workers.register(app.addresses.worker, { scope: app.addresses.app, updateViaCache: "none" }).catch(() => {});
}

openStore()
  .then(async (store) => {
    const app = new App(store);
    await app.start();
    await keepFresh(app);
  })
  .catch((error) => main.replaceChildren(el("h1", {}, say("app-name")), notice("bad", say("no-store", { why: String(error.message ?? error) }))));
