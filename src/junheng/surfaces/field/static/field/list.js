// The first page of the app: this week, and one's waters by neglect or by route.

import { badge, button, el, icon, notice } from "./dom.js";
import { metres, once } from "./place.js";
import { byNeglect, byRoute, dayOf, waters, week } from "./waters.js";
import { say } from "./words.js";

export function list(app) {
  const today = dayOf(new Date());
  const now = week(app.mine, app.records, today);
  const all = waters(app.mine, app.records, today);
  const routed = app.order === "route" && app.here;
  const shown = routed ? byRoute(all, app.here) : byNeglect(all);
  const rest = (app.mine.holidays ?? []).find((one) => one.day === today)?.off;
  return [
    el("h1", { tabIndex: -1 }, say("my-waters")),
    el("p.quiet", {}, [app.mine.person.name, app.mine.person.level, app.mine.person.place].filter(Boolean).join(say("dot"))),
    progress(now),
    rest && notice("warn", say("rest-day")),
    stale(app),
    el(
      "div.chips",
      { role: "group", "aria-label": say("order") },
      chip(say("by-neglect"), !routed, () => app.arrange("neglect")),
      chip(say("by-route"), routed, async () => {
        const here = await once();
        app.arrange(here ? "route" : "neglect", here);
        if (!here) app.note(say("no-place-order"), "warn");
      }),
    ),
    shown.length
      ? el("ul.waters", {}, shown.map((water) => el("li", {}, card(water, routed ? app.here : null))))
      : el("div.empty", {}, el("p", {}, say("no-waters"))),
  ];
}

const chip = (word, on, press) => el("button.chip", { type: "button", "aria-pressed": String(Boolean(on)), onclick: press, "data-key": word }, word);

function progress({ owed, done }) {
  if (!owed) return el("p.week", {}, say("nothing-owed"));
  const left = Math.max(0, owed - done);
  return el(
    "div.week",
    {},
    el("p", {}, el("b", {}, say("week-done", { done, owed })), " ", left ? badge("warn", say("week-left", { left })) : badge("good", say("week-full"))),
    el("progress", { max: owed, value: Math.min(done, owed), "aria-label": say("week-done", { done, owed }) }),
  );
}

// What the phone remembers may be old: it says how old.
function stale(app) {
  const hours = Math.floor((Date.now() - app.mine.at) / 3_600_000);
  return hours >= 24 && el("p.small.muted", {}, say("as-of-days", { days: Math.floor(hours / 24) }));
}

function card(water, here) {
  const last = water.on === null ? say("never-checked") : water.since === 0 ? say("checked-today") : say("days-since", { days: water.since });
  const far = here && water.lon !== null ? distance(metres(here, water)) : "";
  const tone = water.since === null || water.since > 7 ? "bad" : water.since > 3 ? "warn" : "good";
  return el(
    "a.card.water",
    { href: `#water/${water.id}`, "data-key": `water-${water.id}` },
    el("b", {}, water.name),
    el("span.facts-line", {}, badge(tone, last), water.here && badge("warn", say("in-phone")), water.counted === false && badge("calm", say("not-counted")), water.whom && badge("calm", say("for-whom", { name: water.whom })), el("span.muted", {}, [water.risk && say("risk", { risk: water.risk }), water.area, water.by, far].filter(Boolean).join(say("dot")))),
    (water.hazards ?? []).map((one) => el("span.hazard", {}, icon("exclamation-triangle"), say("open-hazard", { text: [one.text, one.severity].filter(Boolean).join(say("dot")) }))),
  );
}

export const distance = (length) => (length < 1000 ? say("metres", { n: length }) : say("kilometres", { n: (length / 1000).toFixed(1) }));

// Before anybody ever signed in on this phone, and when the house knows no person behind the account.
export function stranger(app) {
  if (app.outbox.state === "not-mine") return [el("h1", { tabIndex: -1 }, say("app-name")), notice("warn", app.outbox.trouble?.message || say("no-person"))];
  const away = app.outbox.state === "away" || app.outbox.state === "broken";
  return [
    el("h1", { tabIndex: -1 }, say("app-name")),
    el("p", {}, say("what-it-is")),
    app.outbox.state === "sending" && el("p.muted", {}, say("loading")),
    away && notice("warn", say("first-needs-network")),
    away && button(say("try-again"), () => app.outbox.wake(), { wide: true }),
    !away && app.outbox.state !== "sending" && el("a.button.wide", { "data-kind": "main", href: app.addresses.login }, say("sign-in")),
  ];
}
