// Enter on a name goes to the next line; on an empty or the last line it goes on.
for (const form of document.querySelectorAll("form[data-rows]")) {
  const lines = [...form.querySelectorAll("input[type=text]")];
  form.addEventListener("keydown", (event) => {
    const here = lines.indexOf(event.target);
    const next = lines[here + 1];
    if (event.key !== "Enter" || event.isComposing || here < 0 || !next || !event.target.value.trim()) return;
    event.preventDefault();
    next.focus();
  });
}
