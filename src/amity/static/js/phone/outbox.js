// What was written here goes out once, in order, when there is a connection.
import { add, change, drop, entries, keep, kept } from "./store.js";

const AT_ONCE = 50;

// On the disk before anything is sent; the key is the name under which the book takes it once.
export async function write(kind, fields, was) {
  const now = new Date();
  const day = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  await add({ key: crypto.randomUUID(), kind, fields, day, was });
}

// Ask who is at home: null without a connection or a sign-in.
async function asked(phone) {
  try {
    const answer = await fetch(`/phone/token?phone=${encodeURIComponent(phone)}`);
    return answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    return null;
  }
}

// "sent", "away" (try again later), "other" (another book is open) or "gone" (this phone was forgotten).
export function send() {
  return navigator.locks.request("amity-outbox", async () => {
    const me = await kept("phone");
    const home = me && (await asked(me.phone));
    if (!home) return "away";
    if (home.book !== me.book) return "other";
    if (!home.known) return "gone";
    for (;;) {
      const waiting = (await entries()).filter(({ state }) => !state).slice(0, AT_ONCE);
      if (!waiting.length) return "sent";
      const answers = await posted(me, home.token, waiting);
      if (!answers) return "away";
      for (const answer of answers) await settle(waiting.find(({ key }) => key === answer.key), answer);
    }
  });
}

async function posted(me, token, waiting) {
  const writings = waiting.map(({ key, kind, day, fields, was }) => ({ key, kind, day, fields, was }));
  try {
    const answer = await fetch("/phone/send", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ ...me, writings }),
    });
    return answer.ok && !answer.redirected ? (await answer.json()).answers : null;
  } catch {
    return null;
  }
}

function settle(entry, { state, sentence, here, there }) {
  return state === "done" ? drop(entry.at) : change({ ...entry, state, sentence, here, there });
}

// Take a fresh copy of the book, if it is still this one's and this phone was not forgotten meanwhile.
export async function refresh() {
  const answer = await fetch("/phone/book");
  if (!answer.ok || answer.redirected) return;
  const book = await answer.json();
  if (await kept("phone")) await keep("book", book);
}
