// What the app says, in the language of the house's own switch. The sentences come with the page, in both languages.

const SAID = JSON.parse(document.querySelector("#words").textContent);

export function language() {
  return /(?:^|;\s*)django_language=en\b/.test(document.cookie) ? "en" : "zh-hans";
}

export function speak(chosen) {
  document.cookie = `django_language=${chosen}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = chosen === "en" ? "en" : "zh-CN";
}

// A sentence with its places filled: say("kept-n", { n: 3 }).
export function say(key, filled = {}) {
  const sentence = SAID[language()][key];
  if (sentence === undefined) throw new Error(`no words for ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? "");
}

// The words that stand in the page itself.
export function fill() {
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-say-label]")) one.setAttribute("aria-label", say(one.dataset.sayLabel));
}

document.documentElement.lang = language() === "en" ? "en" : "zh-CN";
