// The page at the desk that sends what a phone exported.

import { badge, el, notice } from "./dom.js";
import { Away, House, NotMine, SignIn } from "./house.js";
import { BadFile, deliver, read } from "./transfer.js";
import { say } from "./words.js";

const input = document.querySelector("#file");
const send = document.querySelector("#send");
const told = document.querySelector("#told");
let file = null;

const TONES = { kept: "good", same: "calm", changed: "good", both: "warn", refused: "bad" };

function table(rows) {
  return el(
    "table.table.to-cards",
    {},
    el("thead", {}, el("tr", {}, ["water", "checked-at", "what-found", "file-result"].map((one) => el("th", { scope: "col" }, say(one))))),
    el(
      "tbody",
      {},
      rows.map(({ name, checked_at, hazard, receipt, trouble }) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, name),
          el("td", { "data-label": say("checked-at") }, new Date(checked_at).toLocaleString(document.documentElement.lang)),
          el("td", { "data-label": say("what-found") }, hazard || say("nothing-found")),
          el(
            "td",
            { "data-label": say("file-result") },
            receipt ? badge(TONES[receipt.state], say(`file-${receipt.state}`)) : say("file-not-yet"),
            receipt?.message && el("p.small", {}, receipt.message),
            receipt?.missing?.length > 0 && el("p.small", {}, trouble?.message || say("file-photos-left", { n: receipt.missing.length })),
          ),
        ),
      ),
    ),
  );
}

function show(...nodes) {
  told.replaceChildren(...nodes.filter(Boolean));
}

input.addEventListener("change", async () => {
  file = null;
  send.disabled = true;
  if (!input.files.length) return show();
  try {
    file = await read(await input.files[0].text());
  } catch (error) {
    if (!(error instanceof BadFile || error instanceof DOMException)) throw error;
    return show(notice("bad", say("file-bad")));
  }
  send.disabled = file.records.length === 0;
  const rows = file.records.map((one) => ({ name: one.name, checked_at: one.editions.at(-1).checked_at, hazard: one.editions.at(-1).hazard }));
  show(el("p", {}, say("file-holds", { n: rows.length, photos: file.photos.length, name: file.person.name })), table(rows));
});

send.addEventListener("click", async () => {
  send.disabled = true;
  const house = new House();
  try {
    await house.mine(null).catch((error) => {
      if (!(error instanceof NotMine) || !house.csrf) throw error; // a county officer has no waters, and may send for others
    });
    const rows = await deliver(house, file, (now) => show(table(now)));
    const kept = rows.filter((one) => one.receipt && one.receipt.state !== "refused" && !one.receipt.missing.length).length;
    input.value = ""; // the same file may be chosen once more
    show(notice(kept === rows.length ? "good" : "warn", say("file-done", { kept, all: rows.length })), table(rows));
  } catch (error) {
    send.disabled = false;
    const sentence = error instanceof SignIn ? say("file-sign-in") : error instanceof Away ? say("file-away") : error instanceof NotMine ? error.message : null;
    if (sentence === null) throw error;
    show(notice("bad", sentence));
  }
});
