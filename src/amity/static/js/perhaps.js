// Keys for "the same person?": Y one, N two, S later, U undo. They count only while nothing, or the question, has the focus.
const question = () => document.querySelector("[data-perhaps]");

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const elsewhere = target !== document.body && !question().contains(target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || elsewhere) return;
  const button = /^[ynsu]$/i.test(key) && question().querySelector(`[data-key="${key.toLowerCase()}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
