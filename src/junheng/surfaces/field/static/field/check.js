// One check, written in some seconds: time and place are taken at once, a photo, then "nothing found" or what was found.

import { badge, button, el, icon, notice } from "./dom.js";
import { distance } from "./list.js";
import { NoPhoto, taken, thumbnail } from "./photo.js";
import { listen, metres } from "./place.js";
import { written } from "./record.js";
import { Full } from "./store.js";
import { say } from "./words.js";

const DRAFT_HOURS = 2;
export const SEVERITIES = ["general", "serious", "major"];
const PHRASES = ["phrase-ring", "phrase-sign", "phrase-fence", "phrase-children", "phrase-guard"];

export async function check(app, id) {
  const water = app.mine.waters.find((one) => String(one.id) === id);
  if (!water) return { nodes: [el("h1", { tabIndex: -1 }, say("water-gone")), el("a.button.wide", { href: "#" }, say("back"))] };
  const { limits } = app.mine;
  const key = `draft:${app.owner}`;
  const kept = await app.store.kept(key);
  const draft = kept?.water === water.id && Date.now() - kept.at < DRAFT_HOURS * 3_600_000 ? kept : { water: water.id, at: Date.now(), place: null, why: "", hazard: "", severity: "general", photos: [] };
  let saving = false;
  // a phone may end the page while its camera is open
  const remember = () => saving || app.store.keep(key, draft).catch(() => {});

  const where = el("p.where", { role: "status" });
  const showPlace = () => {
    const off = draft.place && water.lon !== null ? metres(draft.place, water) : null;
    const words = draft.place ? say("place-within", { m: draft.place.accuracy }) : draft.why ? say(`place-${draft.why}`) : say("place-seeking");
    where.replaceChildren(icon("map-pin"), words, off !== null && off > limits.far_metres + draft.place.accuracy ? badge("warn", say("place-far", { far: distance(off) })) : "");
  };
  const when = el("p.when", {}, icon("clock"), new Date(draft.at).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" }));
  const seek = () =>
    listen((found) => {
      Object.assign(draft, { place: found.place ?? draft.place, why: found.why, fixed: found.at });
      showPlace();
      remember();
    });
  showPlace();
  const stop = seek();

  const strip = el("ul.strip", { "aria-label": say("photos") });
  const trouble = el("div", { "aria-live": "polite" });
  const showPhotos = () =>
    Promise.all(draft.photos.map((one) => thumbnail(one))).then((pictures) =>
      strip.replaceChildren(
        ...pictures.map((picture, at) => {
          picture.setAttribute("role", "img");
          picture.setAttribute("aria-label", say("photo-n", { n: at + 1 }));
          return el("li", {}, picture, el("button.drop", { type: "button", "aria-label": say("photo-drop", { n: at + 1 }), onclick: () => (draft.photos.splice(at, 1), remember(), showPhotos()) }, icon("x-mark")));
        }),
      ),
    );
  const camera = el("input.hide", {
    type: "file", id: "camera", accept: "image/*", capture: "environment",
    onchange: async () => {
      const files = [...camera.files].slice(0, limits.photos - draft.photos.length);
      trouble.replaceChildren(el("p.muted", {}, say("photo-reading")));
      try {
        for (const file of files) {
          const photo = await taken(file);
          if (!draft.photos.some((one) => one.digest === photo.digest)) draft.photos.push(photo);
        }
        trouble.replaceChildren();
      } catch (error) {
        trouble.replaceChildren(notice("bad", error instanceof NoPhoto ? say("photo-none") : String(error)));
      }
      camera.value = "";
      remember();
      await showPhotos();
    },
  });

  const save = async (hazard, severity) => {
    if (saving) return;
    saving = true;
    const now = Date.now();
    const signs = {
      fix_age: draft.place && draft.fixed ? Math.max(0, Math.round((now - draft.fixed) / 1000)) : null,
      photo_age: draft.photos.length ? Math.max(...draft.photos.map((one) => one.age ?? 0)) : null,
      drift: app.house.drift, zone: -new Date().getTimezoneOffset(), offline: !navigator.onLine,
    };
    const record = written({ owner: app.owner, water: water.id, name: water.name, at: new Date(draft.at), place: draft.place, signs, hazard, severity, photos: draft.photos });
    try {
      await app.store.save(record, draft.photos.map(({ digest, size, type, bytes }) => ({ digest, size, type, bytes })), key);
    } catch (error) {
      saving = false;
      trouble.replaceChildren(notice("bad", error instanceof Full ? say("storage-full") : say("not-saved", { why: String(error) })));
      return;
    }
    stop();
    navigator.storage?.persist?.();
    app.note(navigator.onLine ? say("saved") : say("saved-offline"), "good");
    app.go("");
    app.saved();
  };

  const words = el("textarea", { id: "what", rows: "3", maxlength: "200", oninput: () => ((draft.hazard = words.value), remember()) });
  words.value = draft.hazard;
  const found = el(
    "fieldset.found",
    { hidden: !draft.hazard },
    el("legend.hide", {}, say("what-found")),
    el("div.chips", {}, PHRASES.map((one) => el("button.chip", { type: "button", onclick: () => add(say(one)) }, say(one)))),
    el("div.field", {}, el("label", { for: "what" }, say("what-found")), words),
    severityField(draft.severity, (chosen) => ((draft.severity = chosen), remember())),
    button(say("save-hazard"), () => (words.value.trim() ? save(words.value.trim(), draft.severity) : (trouble.replaceChildren(notice("bad", say("hazard-empty"))), words.focus())), { kind: "main", wide: true }),
  );
  const add = (phrase) => {
    words.value = draft.hazard = [words.value.trim(), phrase].filter(Boolean).join(say("comma")).slice(0, 200);
    remember();
  };
  const clean = button(say("nothing-found"), () => save("", ""), { kind: "main", wide: true, symbol: "check", hidden: !found.hidden });
  const open = button(say("found-something"), () => turn(found.hidden), { wide: true, symbol: "exclamation-triangle", "aria-expanded": String(!found.hidden) });
  const turn = (opened) => {
    [found.hidden, clean.hidden] = [!opened, opened]; // while one writes what was found, "nothing" is out of the thumb's way
    open.setAttribute("aria-expanded", String(opened));
    if (opened) words.focus();
  };

  showPhotos();
  return {
    keeps: true,
    leave: stop,
    nodes: [
      el("h1", { tabIndex: -1 }, water.name),
      el("div.card.now", {}, when, where),
      el("label.button.wide.camera", { for: "camera" }, icon("camera"), say("take-photo")),
      camera,
      strip,
      trouble,
      clean,
      open,
      found,
      el("a.button.wide", { "data-kind": "quiet", href: "#", onclick: () => app.store.keep(key, null) }, say("cancel")),
    ],
  };
}

export function severityField(chosen, changed) {
  return el(
    "fieldset.field.severity",
    {},
    el("legend", {}, say("severity")),
    el(
      "div.inline",
      {},
      SEVERITIES.map((one) => el("label", {}, el("input", { type: "radio", name: "severity", value: one, checked: one === chosen, onchange: () => changed(one) }), " ", say(`severity-${one}`))),
    ),
  );
}
