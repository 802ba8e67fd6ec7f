// The service worker: pages come from the house while it can be reached, and from the copy when it cannot.
import { send } from "./outbox.js";

const PATIENCE = 8000; // a page that has not begun by then is drawn from the copy
const AWAY = [502, 503, 504]; // a proxy that says the house is not there

export function serve({ version, shell, files }) {
  const name = `amity-${version}`;

  addEventListener("install", (event) => {
    event.waitUntil(caches.open(name).then((cache) => cache.addAll([shell, ...files])).then(() => skipWaiting()));
  });

  addEventListener("activate", (event) => {
    const old = async () => (await caches.keys()).filter((one) => one.startsWith("amity-") && one !== name);
    event.waitUntil(old().then((names) => Promise.all(names.map((one) => caches.delete(one)))).then(() => clients.claim()));
  });

  addEventListener("fetch", (event) => {
    const { request } = event, { origin, pathname } = new URL(request.url);
    if (origin !== location.origin) return;
    if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(request) : form(request));
    else if (pathname.startsWith("/static/")) event.respondWith(kept(request));
  });

  addEventListener("sync", (event) => event.waitUntil(send()));

  const drawn = async () => (await caches.open(name)).match(shell);
  const kept = async (request) => (await (await caches.open(name)).match(request)) ?? fetch(request);

  async function page(request) {
    try {
      const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
      const answer = await Promise.race([fetch(request), late]);
      return AWAY.includes(answer.status) ? drawn() : answer;
    } catch {
      return drawn();
    }
  }

  // A line that was on its way to the house when the connection went comes back into the field it was written in.
  async function form(request) {
    const copy = request.clone();
    try {
      return await fetch(request);
    } catch {
      const line = new URL(copy.url).pathname === "/capture" ? (await copy.formData()).get("line") : null;
      return Response.redirect(line ? `/capture?text=${encodeURIComponent(line)}` : "/phone", 303);
    }
  }
}
