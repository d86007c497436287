// One's waters as they stand now: what the house said last, and what lies on the phone since.

import { metres } from "./place.js";

const DAY = 86_400_000;

// The day of a moment by the phone's calendar, as 2026-11-28.
export function dayOf(moment) {
  const two = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

export function mondayOf(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return new Date(date - ((date.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
}

export const daysBetween = (first, last) => Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY);

// This week's owed and done: what waits on the phone counts here, and in a new week what was done before does not.
export function week(mine, records, today) {
  const monday = mondayOf(today);
  const same = mine.week.monday === monday;
  const uncounted = new Set(mine.waters.filter((water) => water.counted === false).map((water) => water.id));
  const here = records.filter((one) => one.state === "waiting" && one.base === null && one.checked_at.slice(0, 10) >= monday && !uncounted.has(one.water)).length;
  return { monday, owed: mine.week.owed, done: (same ? mine.week.done : 0) + here };
}

export function waters(mine, records, today) {
  const valid = (charge) => charge.since <= today && (charge.until === null || today < charge.until);
  const charged = mine.waters.filter((water) => !water.charges || water.charges.some(valid));
  return charged.map((water) => {
    const whom = water.charges && !water.charges.some((one) => valid(one) && !one.for) ? water.charges.find(valid).for : "";
    const own = records.filter((one) => one.water === water.id && one.state === "waiting");
    const last = own.map((one) => one.checked_at.slice(0, 10)).reduce((a, b) => (a > b ? a : b), "");
    const here = last && last >= (water.last_on ?? "");
    const on = here ? last : water.last_on;
    return { ...water, on, by: here ? "" : water.last_by, whom, here: Boolean(here), since: on ? Math.max(0, daysBetween(on, today)) : null };
  });
}

// Longest unseen first; waters whose checks no week counts come after those that are owed.
export const byNeglect = (all) => [...all].sort((a, b) => (a.counted === false) - (b.counted === false) || (b.since ?? Infinity) - (a.since ?? Infinity) || a.name.localeCompare(b.name, "zh"));

// A way round: from here to the nearest, from there to the nearest that is left; waters without a place come last.
export function byRoute(all, here) {
  const left = all.filter((one) => one.lon !== null && one.lat !== null);
  const way = [];
  for (let from = here; left.length; from = way.at(-1)) {
    left.sort((a, b) => metres(from, b) - metres(from, a));
    way.push(left.pop());
  }
  return [...way, ...all.filter((one) => one.lon === null || one.lat === null)];
}
