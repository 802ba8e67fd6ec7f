// Keys and swiping for the deck. To keep is asked twice: the first time opens what draws you to them, the second keeps.
const FAR = 88; // px a card is moved before it is an answer
const still = matchMedia("(prefers-reduced-motion: reduce)");
const deck = () => document.querySelector("[data-deck]");
const typing = (part) => part.closest("input:not([type=checkbox], [type=radio]), textarea, select");

function press(key) {
  const why = deck().querySelector("details");
  if (key === "k" && why && !why.open) {
    why.open = true;
    why.querySelector("[type=checkbox]").focus();
    return;
  }
  deck().querySelector(`[data-key="${key}"]`)?.click();
}

function tick(number) {
  const why = deck().querySelector("details[open]");
  why?.querySelectorAll("[type=checkbox]")[number - 1]?.click();
}

// Keys count only while the deck, or nothing at all, has the focus; never where somebody is writing.
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const elsewhere = target !== document.body && !deck().contains(target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || elsewhere || typing(target)) return;
  if ("1234".includes(key)) return tick(Number(key));
  if (!"ksnu".includes(key.toLowerCase())) return;
  event.preventDefault();
  press(key.toLowerCase());
});

// A finger takes the card along: to the right keeps, to the left shelves, back to the middle changes nothing.
let held = null;
const moved = (card, by) => {
  card.style.transform = by && !still.matches ? `translateX(${by}px) rotate(${by / 40}deg)` : "";
  card.dataset.toward = Math.abs(by) < FAR ? "" : by > 0 ? "keep" : "shelf";
};
document.addEventListener("pointerdown", ({ target, pointerType, clientX, pointerId }) => {
  const card = target.closest("[data-deck] > form.card-on-top");
  if (!card || pointerType === "mouse" || target.closest("button, input, label, summary, a")) return;
  held = { card, from: clientX, by: 0 };
  card.setPointerCapture(pointerId);
});
document.addEventListener("pointermove", ({ clientX }) => {
  if (held) moved(held.card, (held.by = clientX - held.from));
});
document.addEventListener("pointerup", () => {
  if (!held) return;
  const { card, by } = held;
  held = null;
  moved(card, 0);
  if (Math.abs(by) >= FAR) press(by > 0 ? "k" : "s");
});
document.addEventListener("pointercancel", () => {
  if (held) moved(held.card, 0);
  held = null;
});

deck().querySelector("[data-landing]")?.focus({ preventScroll: true });
