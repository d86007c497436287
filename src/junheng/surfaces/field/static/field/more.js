// The rest: sending, the last resort, room on the phone, language, signing out.

import { button, el, notice } from "./dom.js";
import { leave } from "./leaving.js";
import { needsHouse } from "./store.js";
import { exported, hand } from "./transfer.js";
import { language, say, speak } from "./words.js";

const LATE_MINUTES = 5;

export async function more(app) {
  const waiting = app.records.filter(needsHouse).length;
  const drift = app.house.drift ?? 0;
  return {
    nodes: [
      el("h1", { tabIndex: -1 }, say("more")),
      Math.abs(drift) > LATE_MINUTES * 60 && notice("warn", say(drift > 0 ? "clock-fast" : "clock-slow", { minutes: Math.round(Math.abs(drift) / 60) })),
      el(
        "section.card",
        {},
        el("h2", {}, say("sending")),
        el("p", {}, waiting ? say("waiting-n", { n: waiting }) : say("all-delivered")),
        button(say("send-now"), () => app.outbox.wake(), { kind: "main", wide: true, symbol: "arrow-path" }),
      ),
      el(
        "section.card",
        {},
        el("h2", {}, say("last-resort")),
        el("p", {}, say("last-resort-why")),
        button(say("export-n", { n: waiting }), async () => hand(await exported(app)), { wide: true, disabled: !waiting, symbol: "arrow-down-tray" }),
        el("p.small", {}, el("a", { href: app.addresses.file }, say("send-file"))),
      ),
      el("section.card", {}, el("h2", {}, say("room")), await room()),
      el(
        "section.card",
        {},
        el("h2", {}, say("this-phone")),
        el("p.small", {}, app.mine.person.name, say("dot"), say("edition", { edition: app.edition })),
        el("p.small", {}, el("a", { href: app.addresses.install }, say("install"))),
        button(language() === "en" ? "中文" : "English", () => (speak(language() === "en" ? "zh-hans" : "en"), app.reload()), { wide: true, symbol: "language", lang: language() === "en" ? "zh-CN" : "en" }),
        button(say("sign-out"), async () => (await leave(app)) && app.left(), { wide: true, symbol: "arrow-right-start-on-rectangle" }),
      ),
    ],
  };
}

async function room() {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  const lasting = await navigator.storage?.persisted?.();
  const mega = (bytes) => Math.round(bytes / 1_048_576);
  return el(
    "div",
    {},
    quota && el("p", {}, say("room-of", { used: mega(usage), all: mega(quota) })),
    el("p.small", {}, lasting ? say("lasting") : say("not-lasting")),
    lasting === false && button(say("make-lasting"), async (event) => {
      const granted = await navigator.storage.persist();
      event.target.replaceWith(el("p.small", {}, granted ? say("lasting") : say("refused-lasting")));
    }),
  );
}
