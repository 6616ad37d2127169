/* Pages that were read can be read again without a network. The network comes first: news is never stale where there
   is a way to fetch it. Written to the site's root with the names of what every page needs. */

const VERSION = {{ version | tojson }};
const NEEDED = {{ needed | tojson }};
const MOST = 200;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const pages = await caches.open("pages");
    for (const name of await caches.keys()) if (name !== VERSION && name !== "pages") await caches.delete(name);
    const read = await pages.keys();
    for (const request of read.slice(0, Math.max(0, read.length - MOST))) await pages.delete(request);
    await self.clients.claim();
  })());
});

async function fresh(request) {
  try {
    const response = await fetch(request);
    if (response.ok) await (await caches.open("pages")).put(request, response.clone());
    return response;
  } catch {
    return await caches.match(request, { ignoreSearch: true })
      || (request.mode === "navigate" ? Response.redirect(new URL("offline.html", self.registration.scope)) : Response.error());
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin || /\/(search|feeds)\//.test(address.pathname)) return;
  event.respondWith(fresh(request));
});
