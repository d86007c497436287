// Keeps the app's page and its parts, so that it opens where there is no network. What belongs to a person is never
// kept here: that lies in the app's own store and goes when the person signs out.

const NAME = `field-${EDITION}`;

async function fetched(address) {
  const answer = await fetch(address, { cache: "reload", credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

// All or nothing: a page of one edition is never kept with parts of another.
self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const all = [SHELL, ...PARTS];
      const answers = await Promise.all(all.map(fetched));
      if (!(await answers[0].clone().text()).includes(EDITION)) throw new Error("the house is just changing its edition");
      const cache = await caches.open(NAME);
      await Promise.all(answers.map((answer, at) => cache.put(all[at], answer)));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("field-") && name !== NAME) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const key = request.mode === "navigate" && address.pathname === SHELL ? SHELL : PARTS.find((one) => one === address.pathname);
  if (key) event.respondWith(caches.match(key, { cacheName: NAME }).then((kept) => kept ?? fetch(request)));
});
