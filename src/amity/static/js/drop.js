// Dropping files on the area fills the ordinary file input; the form itself is plain HTML.
for (const area of document.querySelectorAll("[data-drop]")) {
  const input = area.querySelector("input[type=file]");
  const chosen = area.querySelector("[data-chosen]");
  const list = () => { chosen.textContent = [...input.files].map((file) => file.name).join(" · "); };
  const over = (on) => (event) => {
    event.preventDefault();
    area.classList.toggle("over", on);
  };

  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    list();
    area.querySelector("button").focus();
  });
  input.addEventListener("change", list);
  list(); // a browser that goes back keeps the choice
}
