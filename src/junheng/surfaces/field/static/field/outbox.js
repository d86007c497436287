// When the phone tries to send: at once when something was saved, when a network comes, when the app is looked at again,
// by the button, and otherwise ever more seldom. Of several tabs one sends at a time.

import { Away, NotMine, SignIn } from "./house.js";

const FIRST = 2_000;
const LONGEST = 600_000;
const LOCK = "junheng-field";

// Milliseconds to wait after so many tries in a row; `chance` keeps many phones from asking in step.
export const pause = (tries, chance) => Math.min(FIRST * 2 ** Math.min(tries, 12), LONGEST) * (0.5 + chance / 2);

export class Outbox {
  constructor({ bring, locks = navigator.locks, told = () => {} }) {
    Object.assign(this, { bring, locks, told, tries: 0, running: null, again: false, timer: null, state: "idle", trouble: null });
  }

  // Try now; who comes while a try runs is served by one more.
  wake() {
    clearTimeout(this.timer);
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.run().finally(() => {
      this.running = null;
      if (!this.again) return;
      this.again = false;
      this.wake();
    });
    return this.running;
  }

  async run() {
    this.become("sending");
    try {
      await (this.locks ? this.locks.request(LOCK, () => this.bring()) : this.bring());
      this.tries = 0;
      this.become("idle");
    } catch (error) {
      if (error instanceof SignIn) this.become("sign-in");
      else if (error instanceof NotMine) this.become("not-mine", error);
      else {
        this.become(error instanceof Away ? "away" : "broken", error);
        this.timer = setTimeout(() => this.wake(), pause(this.tries++, Math.random()));
      }
    }
  }

  become(state, trouble = null) {
    Object.assign(this, { state, trouble });
    this.told(state, trouble);
  }

  // Everything after which a try may succeed.
  listen() {
    const fresh = () => {
      this.tries = 0;
      this.wake();
    };
    window.addEventListener("online", fresh);
    window.addEventListener("pageshow", (event) => event.persisted && fresh());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && fresh());
  }
}
