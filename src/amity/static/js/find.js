// The box that finds anything: / or ctrl-K opens it, arrows go through what it found, Esc closes it.
const box = document.getElementById("find");
const field = document.getElementById("find-words");

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function open(event) {
  event.preventDefault();
  if (box && !box.open) box.showModal();
  field.focus();
  field.select();
}

document.addEventListener("keydown", (event) => {
  const plainSlash = event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plainSlash || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k")) open(event);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-find]") && box) open(event);
  else if (event.target === box || event.target.closest("[data-close]")) box?.close();
});

// Up and down go from the field through the links and back.
const place = box ?? document.getElementById("main");
place.addEventListener("keydown", (event) => {
  // A search field keeps the first Esc to itself and only empties.
  if (event.key === "Escape" && box?.open) {
    event.preventDefault();
    box.close();
  }
  const links = [...place.querySelectorAll("[data-hit]")];
  const at = links.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !links.length || (at < 0 && document.activeElement !== field)) return;
  event.preventDefault();
  (links[at + step] ?? (step > 0 ? links.at(-1) : field)).focus();
});
