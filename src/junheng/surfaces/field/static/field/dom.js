// Pages are made of elements, never of strings of HTML: what a person wrote stays text.

export function el(tag, given = {}, ...inside) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name || "div");
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && !key.startsWith("aria") && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
  return made;
}

// An icon that the page brought along.
export function icon(name) {
  return document.querySelector("#icons").content.querySelector(`[data-icon="${name}"] svg`).cloneNode(true);
}

export const badge = (tone, word) => el("span.badge", { "data-tone": tone }, word);

export function notice(tone, ...inside) {
  return el("div.notice", { "data-tone": tone, role: tone === "bad" ? "alert" : "status" }, icon(tone === "good" ? "check-circle" : "exclamation-circle"), el("div", {}, ...inside));
}

export function button(word, press, { kind, wide, symbol, ...more } = {}) {
  return el(wide ? "button.button.wide" : "button.button", { type: "button", "data-kind": kind, onclick: press, ...more }, symbol && icon(symbol), word);
}

// Asks before something that cannot be taken back; answers the key of the button that was pressed, "" for none.
export function choose(title, lines, choices) {
  return new Promise((done) => {
    const box = el("dialog.ask", { "aria-labelledby": "ask-title" }, el("h2", { id: "ask-title" }, title), lines.map((one) => el("p", {}, one)));
    const actions = el("div.stack-small");
    for (const { key, word, kind } of choices) actions.append(button(word, () => box.close(key), { kind, wide: true }));
    box.append(actions);
    box.addEventListener("close", () => {
      box.remove();
      done(box.returnValue);
    });
    document.body.append(box);
    box.showModal();
  });
}
