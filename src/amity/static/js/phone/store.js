// What this phone keeps: IndexedDB, each value sealed with AES-GCM by a key that cannot leave the browser.
const NAME = "amity", FLAG = "amity-phone";

// A flag that pages can read at once; it holds nothing but that there is a copy.
export const begin = () => localStorage.setItem(FLAG, "1");

// What is still under way in a page when it forgets may not make a store anew.
let forgotten = false;

function open() {
  if (forgotten) return Promise.reject(new Error("This phone was forgotten."));
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keys");
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("outbox", { autoIncrement: true });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// Do one thing in one transaction, and wait until it is on the disk.
async function within(store, mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

async function key() {
  const found = await within("keys", "readonly", (keys) => keys.get("device"));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // add, not put: another tab may have been quicker, and its key stays.
  await within("keys", "readwrite", (keys) => keys.add(made, "device")).catch(() => {});
  return within("keys", "readonly", (keys) => keys.get("device"));
}

async function seal(value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain) };
}

async function unseal({ iv, sealed }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed)));
}

export async function keep(name, value) {
  const row = await seal(value);
  await within("kept", "readwrite", (kept) => kept.put(row, name));
}

export async function kept(name) {
  const row = await within("kept", "readonly", (store) => store.get(name));
  return row && unseal(row);
}

export async function add(entry) {
  const row = await seal(entry);
  await within("outbox", "readwrite", (outbox) => outbox.add(row));
}

// Every entry in the order it was written, with its place.
export async function entries() {
  const found = [];
  await within("outbox", "readonly", (outbox) => {
    outbox.openCursor().onsuccess = ({ target: { result } }) => {
      if (!result) return;
      found.push([result.key, result.value]);
      result.continue();
    };
  });
  return Promise.all(found.map(async ([at, row]) => ({ at, ...(await unseal(row)) })));
}

export async function change({ at, ...entry }) {
  const row = await seal(entry);
  await within("outbox", "readwrite", (outbox) => outbox.put(row, at));
}

export const drop = (at) => within("outbox", "readwrite", (outbox) => outbox.delete(at));

// Nothing of the book is left here afterwards. The key goes first: without it the rest is noise.
export async function wipe() {
  localStorage.removeItem(FLAG);
  await within("keys", "readwrite", (keys) => keys.clear()).catch(() => {});
  forgotten = true;
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
  for (const name of await caches.keys()) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
}
