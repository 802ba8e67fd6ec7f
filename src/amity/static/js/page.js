// On every page: where focus goes after a swap, what is said when the line is cut, copying an opener.
const status = document.getElementById("status");

function say(sentence) {
  status.textContent = sentence;
}

// When a swap removed what had focus, its successor's heading takes it, so a keyboard stays where it was.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (document.activeElement !== document.body) return;
  target.closest("[data-landing]")?.focus() ?? target.querySelector?.("[data-landing]")?.focus();
});

document.addEventListener("htmx:sendError", () => say(status.dataset.lost));
document.addEventListener("htmx:responseError", () => say(status.dataset.failed));

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(text.textContent.trim());
    say(button.dataset.copied);
  } catch {
    getSelection().selectAllChildren(text); // plain http has no clipboard: leave the text selected
    say(button.dataset.selected);
  }
});

// Buttons that need a script stay hidden until there is one.
const reveal = (root) => root.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
reveal(document);
document.addEventListener("htmx:load", ({ target }) => reveal(target.parentElement ?? document));

// A phone that keeps a copy sends what was written on it and takes a fresh copy; others load nothing for it.
if (localStorage.getItem("amity-phone") || document.querySelector("[data-keep-on]")) import("./phone/home.js");
