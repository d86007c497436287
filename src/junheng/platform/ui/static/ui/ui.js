// What the pages need beyond HTML: theme, hotkey, toasts, lit pairs, the file drop. All pages work without it.

const every = (selector, root = document) => [...root.querySelectorAll(selector)];

function chooseTheme(theme) {
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  markTheme();
}

function markTheme() {
  const theme = document.documentElement.dataset.theme ?? "";
  for (const button of every("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
}

function toast(sentence) {
  const note = document.createElement("div");
  note.className = "notice";
  note.dataset.tone = "bad";
  note.textContent = sentence;
  document.querySelector("#toasts").append(note);
  setTimeout(() => note.remove(), 8000);
}

// Things that speak of the same claim or unit carry the same data-pair: pointing at one lights the others.
function light(pair) {
  for (const thing of every("[data-lit]")) delete thing.dataset.lit;
  if (!pair) return;
  for (const thing of every(`[data-pair="${CSS.escape(pair)}"]`)) thing.dataset.lit = "";
  const spoken = document.querySelector(`[data-pair="${CSS.escape(pair)}"][data-says]`);
  const readout = document.querySelector("[data-readout]");
  if (spoken && readout) readout.textContent = spoken.dataset.says;
}

// One verdict at a time: the chips above the draft filter the list and fade the other marks.
function onlyVerdict(chip) {
  const verdict = chip.dataset.only;
  for (const other of every("[data-only].chip")) other.setAttribute("aria-pressed", String(other === chip));
  const draft = document.querySelector(".draft");
  if (verdict) draft.dataset.only = verdict;
  else delete draft.dataset.only;
  for (const claim of every(".claims [data-verdict]")) claim.hidden = Boolean(verdict) && claim.dataset.verdict !== verdict;
}

function fillLogin(button) {
  const form = document.querySelector("form[data-login]");
  form.elements.username.value = button.dataset.username;
  form.elements.password.value = button.dataset.password;
  for (const other of every("[data-username]")) other.setAttribute("aria-pressed", String(other === button));
  form.querySelector("[type=submit]").focus();
}

function takeDrops(zone) {
  const input = zone.querySelector("input[type=file]");
  const over = (on) => (event) => {
    event.preventDefault();
    zone.toggleAttribute("data-over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
  });
}

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at("[data-theme-choice]")) chooseTheme(at("[data-theme-choice]").dataset.themeChoice);
  else if (at("[data-username]")) fillLogin(at("[data-username]"));
  else if (at(".chip[data-only]")) onlyVerdict(at(".chip[data-only]"));
  else if (at("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  // the last one is the page's own: a page with a search box of its own has "/" lead there
  const target = every(`[data-hotkey="${CSS.escape(event.key)}"]`).at(-1);
  if (typing || !target || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  target.focus();
});

// From a box with data-walk the arrows go down into its answer and up again.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const box = document.querySelector("[data-walk]");
  if (!step || !box || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = every(`${box.dataset.walk} a`);
  const here = links.indexOf(document.activeElement);
  if (here < 0 && document.activeElement !== box) return;
  event.preventDefault();
  (links[here + step] ?? (here + step < 0 ? box : links[here]))?.focus();
});

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-submit-on-change]")) event.target.form.requestSubmit();
});

// Whatever of the house lies in this browser for use without a network sees by this mark that its person has left.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-leaves]")) localStorage.setItem("signed-out", new Date().toISOString());
});

for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => light(event.target.closest?.("[data-pair]")?.dataset.pair));
}

document.addEventListener("htmx:responseError", (event) => toast(event.detail.xhr.getResponseHeader("X-Refusal") ? event.detail.xhr.responseText : event.detail.xhr.statusText));

for (const zone of every("[data-drop]")) takeDrops(zone);
markTheme();
