// What was recorded: what still lies on the phone, what the house asks, and the receipts.

import { badge, button, choose, el, notice } from "./dom.js";
import { severityField } from "./check.js";
import { changed, open, stamp, standing } from "./record.js";
import { needsHouse } from "./store.js";
import { say } from "./words.js";

const TONES = { waiting: "warn", refused: "bad", both: "bad", asked: "warn", spoilt: "bad", photos: "warn", sent: "good" };
const OLD_DAYS = 7;

export const mark = (record) => badge(TONES[standing(record)], say(`standing-${standing(record)}`, { left: record.missing.length, all: record.photos.length }));

export const local = (time) => new Date(time).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

export function sent(app) {
  const all = [...app.records].sort((a, b) => b.checked_ms - a.checked_ms);
  const here = all.filter((one) => standing(one) !== "sent");
  const there = all.filter((one) => standing(one) === "sent");
  const oldest = Math.max(0, ...all.filter(needsHouse).map((one) => Math.floor((Date.now() - one.saved_ms) / 86_400_000)));
  return [
    el("h1", { tabIndex: -1 }, say("records")),
    oldest >= OLD_DAYS && notice("warn", say("waiting-long", { days: oldest })),
    el("h2", {}, say("to-do"), " ", el("span.count", {}, String(here.length))),
    here.length ? el("ul.rows", {}, here.map(row)) : el("p.muted", {}, say("all-delivered")),
    here.some(needsHouse) && button(say("send-now"), () => app.outbox.wake(), { kind: "main", wide: true, symbol: "arrow-path" }),
    el("h2", {}, say("delivered"), " ", el("span.count", {}, String(there.length))),
    there.length ? el("ul.rows", {}, there.map(row)) : el("p.muted", {}, say("none-delivered")),
    elsewhere(app),
    app.others > 0 && notice("warn", say("others-waiting", { n: app.others })),
  ];
}

// Questions about records that are not on this phone are answered on their page.
function elsewhere(app) {
  const asked = (app.mine.questions ?? []).filter((one) => !app.records.some((record) => record.id === one.record));
  if (!asked.length) return null;
  return [el("h2", {}, say("asked-elsewhere")), el("ul.rows", {}, asked.map((one) => el("li", {}, el("a", { href: `/fieldwork/records/${one.record}/` }, one.text))))];
}

function row(record) {
  return el(
    "li",
    {},
    el(
      "a.line",
      { href: `#record/${record.id}`, "data-key": record.id },
      el("b", {}, record.name),
      el("span.facts-line", {}, mark(record), el("span.muted", {}, local(record.checked_at), record.receipt?.number && ` ${say("receipt", { number: record.receipt.number })}`)),
      record.hazard && el("span.quiet", {}, record.hazard),
    ),
  );
}

export async function one(app, id) {
  const record = app.records.find((other) => other.id === id);
  if (!record) return { nodes: [el("h1", { tabIndex: -1 }, say("record-gone")), el("a.button.wide", { href: "#sent" }, say("back"))] };
  const change = async (changes) => {
    await app.store.change(record.id, (now) => changed(now, changes(now)));
    app.go("sent");
    app.saved();
  };
  return {
    keeps: true,
    nodes: [
      el("h1", { tabIndex: -1 }, record.name),
      el("p", {}, mark(record)),
      record.state === "refused" && notice("bad", record.receipt.message),
      Object.values(record.spoilt).map(({ code, message }) => notice("bad", code === "lost" ? say("photo-lost") : message)),
      facts(record),
      record.state === "both" && versions(record, change),
      questions(record, change),
      correction(record, change),
      disposable(record) && button(say("delete"), () => drop(app, record), { kind: "danger", wide: true }),
      el("a.button.wide", { "data-kind": "quiet", href: "#sent" }, say("back")),
    ],
  };
}

function facts(record) {
  const rows = [
    [say("checked-at"), local(record.checked_at)],
    [say("place"), record.place ? say("place-within", { m: record.place.accuracy }) : say("place-not-taken")],
    [say("what-found"), record.hazard ? `${record.hazard}${say("dot")}${say(`severity-${record.severity}`)}` : say("nothing-found")],
    [say("photos"), String(record.photos.length)],
    [say("receipt-word"), record.receipt?.number ? say("receipt-at", { number: record.receipt.number, at: local(record.receipt.at) }) : say("no-receipt")],
  ];
  return el("dl.facts", {}, rows.map(([term, fact]) => [el("dt", {}, term), el("dd", {}, fact)]));
}

// Questions are questions: who answers one has not been judged, and may be right.
function questions(record, change) {
  const asked = open(record);
  if (!asked.length) return null;
  const answer = (event) => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(event.target)].map(([code, text]) => [code, text.trim()]).filter(([, text]) => text));
    if (Object.keys(given).length) change((now) => ({ answers: { ...now.answers, ...given } }));
  };
  return el(
    "form.card",
    { onsubmit: answer },
    el("h2", {}, say("questions")),
    asked.map(({ code, text }) => el("div.field", {}, el("label", { for: `q-${code}` }, text), el("textarea", { id: `q-${code}`, name: code, rows: "2", maxlength: "300" }))),
    el("button.button.wide", { "data-kind": "main" }, say("save-answer")),
  );
}

// Two people changed the same record: both versions stand beside each other, and one is chosen.
function versions(record, change) {
  const all = record.receipt.versions ?? [];
  const latest = Math.max(...all.map((one) => one.version), record.base ?? 0);
  return el(
    "section.card",
    {},
    el("h2", {}, say("both-title")),
    el("p", {}, say("both-why")),
    all.map((one) =>
      el(
        "div.version",
        {},
        el("p", {}, el("b", {}, say("version-by", { by: one.by, at: local(one.at) }))),
        el("p", {}, local(one.checked_at), say("dot"), one.hazard ? `${one.hazard}${say("dot")}${say(`severity-${one.severity}`)}` : say("nothing-found")),
        button(say("take-this"), () => change(() => ({ water: one.water, checked_at: one.checked_at, checked_ms: Date.parse(one.checked_at), hazard: one.hazard, severity: one.severity, base: latest })), { wide: true }),
      ),
    ),
  );
}

function correction(record, change) {
  const at = el("input", { id: "at", type: "datetime-local", step: "1", value: record.checked_at.slice(0, 19), required: true });
  const words = el("textarea", { id: "found", rows: "3", maxlength: "200" });
  words.value = record.hazard;
  let severity = record.severity || "general";
  const bad = Object.keys(record.spoilt);
  const correct = (event) => {
    event.preventDefault();
    const hazard = words.value.trim();
    const moment = new Date(at.value);
    const moved = at.value.slice(0, 16) !== record.checked_at.slice(0, 16);
    change((now) => ({
      hazard, severity: hazard ? severity : "",
      ...(moved && { checked_at: stamp(moment), checked_ms: moment.getTime() }),
      photos: now.photos.filter((one) => !bad.includes(one.digest)), missing: now.missing.filter((one) => !bad.includes(one)),
    }));
  };
  return el(
    "details.disclosure",
    { open: record.state === "refused" || bad.length > 0 },
    el("summary", {}, say("correct")),
    el(
      "form.stack-small",
      { onsubmit: correct },
      el("div.field", {}, el("label", { for: "at" }, say("checked-at")), at),
      el("div.field", {}, el("label", { for: "found" }, say("what-found-or-empty")), words),
      severityField(severity, (chosen) => (severity = chosen)),
      bad.length > 0 && el("p.help", {}, say("without-bad-photos", { n: bad.length })),
      el("button.button.wide", {}, say("save-correction")),
    ),
  );
}

// Only what the house has never had may go: it was refused, or never left.
const disposable = (record) => record.base === null && !record.flying && (record.state === "refused" || record.state === "waiting");

async function drop(app, record) {
  const sure = await choose(say("delete-title"), [say("delete-why")], [{ key: "yes", word: say("delete"), kind: "danger" }, { key: "", word: say("cancel") }]);
  if (sure !== "yes") return;
  await app.store.discard(record.id, disposable);
  app.go("sent");
  app.reload();
}
