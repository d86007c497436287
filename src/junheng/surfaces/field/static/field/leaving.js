// Signing out: the phone forgets the person. What the house has not answered for is never thrown away unasked.

import { choose } from "./dom.js";
import { House, NotMine, SignIn } from "./house.js";
import { needsHouse } from "./store.js";
import { ownerOf } from "./sync.js";
import { exported, hand } from "./transfer.js";
import { say } from "./words.js";

export const MARK = "signed-out";

// Answers whether the person has left.
export async function leave(app) {
  const waiting = (await app.store.records(app.owner)).filter(needsHouse).length;
  let all = false;
  if (waiting) {
    const choice = await choose(say("leave-title", { n: waiting }), [say("leave-why")], [
      { key: "stay", word: say("leave-stay"), kind: "main" },
      { key: "keep", word: say("leave-keep") },
      { key: "export", word: say("leave-export") },
      { key: "clear", word: say("leave-clear"), kind: "danger" },
    ]);
    if (choice === "export") await hand(await exported(app));
    if (choice === "export" || choice === "clear") {
      const sure = await choose(say("clear-title", { n: waiting }), [say("clear-why")], [{ key: "yes", word: say("leave-clear"), kind: "danger" }, { key: "", word: say("leave-keep") }]);
      all = sure === "yes";
    } else if (choice !== "keep") return false;
  }
  await app.store.forget(app.owner, all);
  return true;
}

// Ends the session at the house; where there is no network it is done the next time.
export async function endSession(app) {
  await app.store.keep("leaving", app.owner);
  return finishLeaving(app);
}

// Whoever signed in meanwhile stays: only the session of the person who left is ended.
export async function finishLeaving({ store, addresses }) {
  const who = (await store.kept("leaving")) ?? null;
  if (who === null) return true;
  const house = new House();
  try {
    const mine = await house.mine(null).catch((error) => {
      if (!(error instanceof SignIn || error instanceof NotMine)) throw error;
    });
    if (mine && ownerOf(mine.body) === who) {
      const away = new House({ root: "" });
      await away.call(addresses.logout, { method: "POST", headers: { "X-CSRFToken": house.csrf } }).catch((error) => {
        if (!(error instanceof SignIn)) throw error; // the house leads to its front: it is done
      });
    }
  } catch {
    return false;
  }
  await store.keep("leaving", null);
  return true;
}
