// Templates of the frame, filled. Words are only ever set as text; a slot without words goes away.
export function drawn(name, values) {
  const part = document.getElementById(name).content.cloneNode(true);
  const slots = (attribute) => part.querySelectorAll(`[data-${attribute}]`);
  slots("text").forEach((slot) => {
    const text = values[slot.dataset.text];
    if (text) slot.textContent = text;
    else slot.remove();
  });
  slots("href").forEach((link) => {
    const to = values[link.dataset.href];
    if (to) link.href = (link.dataset.at ?? "") + to;
  });
  slots("value").forEach((field) => { field.value = values[field.dataset.value] ?? ""; });
  slots("name").forEach((field) => { field.name = field.dataset.name + values.uid; });
  slots("was").forEach((form) => { form.dataset.was = values[form.dataset.was] ?? ""; });
  slots("hue").forEach((face) => face.classList.add(`hue-${values.hue}`));
  slots("each").forEach((list) => {
    const [what, one] = list.dataset.each.split(" ");
    list.append(...(values[what] ?? []).map((value) => drawn(one, { ...values, ...value })));
    if (!values[what]?.length) (list.closest("[data-with]") ?? list).remove();
  });
  return part;
}
