// Pointing at the thread of time reads the nearest moment, by mouse, finger or arrow keys.
const begin = (root) => root.querySelectorAll("[data-thread]").forEach(follow);

function follow(thread) {
  const drawing = thread.querySelector("svg");
  const dots = [...drawing.querySelectorAll(".dot")];
  const reading = thread.querySelector("[data-reading]");
  let near = dots.length; // nothing is read yet: one earlier is the last
  if (!dots.length) return;

  const read = (index) => {
    dots[near]?.classList.remove("near");
    near = Math.max(0, Math.min(dots.length - 1, index));
    dots[near].classList.add("near");
    reading.textContent = dots[near].querySelector("title").textContent;
  };
  const distance = (dot, { clientX, clientY }) => {
    const box = dot.getBoundingClientRect();
    return Math.hypot(box.x + box.width / 2 - clientX, (box.y + box.height / 2 - clientY) / 3);
  };
  const nearest = (event) => dots.reduce((best, dot, i) =>
    (distance(dot, event) < distance(dots[best], event) ? i : best), 0);

  drawing.addEventListener("pointermove", (event) => read(nearest(event)));
  drawing.addEventListener("pointerdown", (event) => read(nearest(event)));
  thread.querySelector("[data-back]").addEventListener("click", () => read(near - 1));
  thread.querySelector("[data-on]").addEventListener("click", () => read(near + 1));
}
begin(document);
document.addEventListener("htmx:load", ({ target }) => begin(target)); // a page that opened beside the list
