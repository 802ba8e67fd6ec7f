// On the house's own pages, in a browser that keeps a copy: send what waits, take a fresh copy, leave nothing at sign-out.
import { refresh, send } from "./outbox.js";
import { begin, entries, keep, wipe } from "./store.js";

const asked = document.querySelector("[data-keep-on]");

async function start({ keepOn: phone, book }) {
  await keep("phone", { phone, book });
  await navigator.storage?.persist?.();
  begin();
  await navigator.serviceWorker.register("/worker.js", { type: "module" });
  await navigator.serviceWorker.ready;
}

async function settle() {
  const became = await send();
  if (became === "gone") return wipe();
  if (became === "sent") await refresh();
  const left = (await entries()).filter(({ state }) => state);
  document.querySelectorAll("[data-left]").forEach((note) => { note.hidden = !left.length; });
}

async function come() {
  if (asked) await start(asked.dataset);
  await settle();
  if (asked) document.getElementById("kept-here").hidden = false;
}

come().catch(() => {
  const trouble = document.getElementById("not-kept-here");
  if (trouble) trouble.hidden = false;
});
addEventListener("online", settle);

// Signing out sends what waits, then takes everything of the book off this phone, and only then goes.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-sign-out]") || form.dataset.ready) return;
  event.preventDefault();
  await send().catch(() => {});
  await wipe().catch(() => {});
  form.dataset.ready = "1";
  form.submit();
});
