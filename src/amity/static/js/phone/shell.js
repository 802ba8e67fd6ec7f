// The frame: the same addresses as in the house, drawn from the copy on this phone.
import { drawn } from "./draw.js";
import { refresh, send, write } from "./outbox.js";
import { change, drop, entries, kept, wipe } from "./store.js";
import { writing } from "./writing.js";

const main = document.getElementById("main"), words = document.getElementById("words").dataset;
const { pathname, searchParams } = new URL(location.href);
let touched = false;

const show = (name, values = {}) => main.replaceChildren(drawn(name, values));

const pages = [
  [/^\/$/, (book) => show("today", { ...book, ...book.day, quiet: book.nudges.length ? "" : book.day.empty })],
  [/^\/people$/, (book) => show("people", book)],
  [/^\/people\/([^/]+)$/, (book, uid) => one(book.people, "person", uid, "person")],
  [/^\/meet$/, (book) => show("meet", { coming: book.gatherings.filter(({ over }) => !over), over: book.gatherings.filter(({ over }) => over).map((row) => ({ ...row, back: `${row.uid}/debrief` })) })],
  [/^\/gatherings\/([^/]+)\/debrief$/, (book, uid) => one(book.gatherings, "uid", uid, "debrief")],
  [/^\/gatherings\/([^/]+)/, (book, uid) => one(book.gatherings, "uid", uid, "gathering")],
  [/^\/capture$/, () => show("capture", { line: shared() })],
  [/^\/phone$/, outbox],
];

function one(rows, name, uid, page) {
  const found = rows.find((row) => row[name] === uid);
  return found ? show(page, found) : show("away");
}

const shared = () => [...new Set(["title", "text", "url"].map((name) => searchParams.get(name)?.trim()).filter(Boolean))].join(" ");

// A sentence for each thing written, out of what it says itself.
const told = ({ kind, fields }) => `${words[kind] ?? ""} ${fields.line || fields.text || ""}`.trim();

async function outbox() {
  const all = (await entries()).map((entry) => ({ ...entry, uid: String(entry.at), told: told(entry), lines: entry.kind === "capture" ? [entry.fields] : [] }));
  const of = (state) => all.filter((entry) => entry.state === state);
  show("outbox", { waiting: of(undefined), conflicts: of("conflict"), refused: of("not possible"), none: all.length ? "" : words.none });
}

// What was answered here already is not asked again while it waits to be sent.
async function fresh() {
  const book = await kept("book").catch(() => null);
  if (!book) return null;
  const answered = new Set((await entries()).map(({ fields }) => fields.nudge ?? fields.promise ?? fields.gathering));
  const open = (rows) => rows.filter(({ uid, over = true }) => !over || !answered.has(uid));
  return { ...book, nudges: open(book.nudges), promises: open(book.promises), gatherings: open(book.gatherings) };
}

async function draw() {
  const book = await fresh();
  if (!book) return show("empty");
  document.documentElement.dataset.theme = book.theme;
  document.getElementById("kept").textContent = words.kept.replace("DAY", book.kept);
  const [pattern, page] = pages.find(([one]) => one.test(pathname)) ?? [/^/, () => show("away")];
  await page(book, pathname.match(pattern)[1]);
}

async function settle() {
  const became = await send().catch(() => "away");
  if (became === "gone") return wipe().then(() => show("empty"));
  if (became === "sent") await refresh();
  if (pathname === "/phone") return draw();
  if (became === "sent" && !touched) location.reload();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.write) return;
  event.preventDefault();
  const { kind, fields, was } = writing(form);
  if ("text" in fields && !fields.text) return;
  await write(kind, fields, was);
  touched = false;
  form.closest("[data-letter], form").replaceWith(drawn("written", { told: told({ kind, fields }) }));
  document.querySelector("[data-landing]:last-of-type")?.focus();
  (await navigator.serviceWorker?.ready)?.sync?.register("amity-outbox").catch(() => {});
  if (navigator.onLine) settle();
});

const choices = {
  drop: (entry) => drop(entry.at),
  // Once more, knowing what stands there now; under a new key it is a new thing to the book.
  mine: (entry) => change({ ...entry, state: undefined, key: crypto.randomUUID(), was: entry.here }),
  again: (entry, line) => change({ ...entry, state: undefined, fields: { ...entry.fields, line } }),
};

document.addEventListener("click", async ({ target }) => {
  const choice = choices[target.dataset?.choice];
  if (!choice) return;
  const article = target.closest("[data-entry]"), at = article.querySelector("[name=entry]").value;
  const entry = (await entries()).find((one) => String(one.at) === at);
  if (entry) await choice(entry, article.querySelector("textarea")?.value);
  await settle();
  await draw();
});

document.addEventListener("input", ({ target }) => {
  touched = true;
  if (target.id !== "find") return;
  const wanted = target.value.toLocaleLowerCase();
  for (const row of main.querySelectorAll("li")) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
});

// Whoever is on the way to another page is not taken back to this one.
addEventListener("beforeunload", () => { touched = true; });
addEventListener("online", settle);
await draw();
if (navigator.onLine) settle();
