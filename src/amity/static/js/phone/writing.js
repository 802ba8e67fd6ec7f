// A form of the frame as a writing: what kind it is, what it says, and what stood there before.
const THERE = "didn't talk";

const texts = (form, leave = []) =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => !leave.includes(name)).map(([name, value]) => [name, value.trim()]));

// Not really and didn't talk are one thing from here on: who reads this phone cannot tell them apart either.
function debrief(form) {
  const { gathering, felt = "", line = "", also = "" } = texts(form);
  const said = new FormData(form), answers = {}, sparks = {};
  for (const [name, answer] of said) {
    if (!name.startsWith("enjoyed-")) continue;
    const guest = name.slice("enjoyed-".length);
    answers[guest] = answer === "yes" ? "yes" : THERE;
    const kinds = said.getAll(`spark-${guest}`), why = (said.get(`why-${guest}`) ?? "").trim();
    if (answer === "yes" && (kinds.length || why)) {
      sparks[guest] = Object.fromEntries((kinds.length ? kinds : ["like"]).map((kind, at) => [kind, at ? "" : why]));
    }
  }
  return { gathering, felt, line, also: also.split(/[,;]/).map((name) => name.trim()).filter(Boolean), answers, sparks };
}

export function writing(form) {
  const kind = form.dataset.write;
  return { kind, fields: kind === "debrief" ? debrief(form) : texts(form), was: form.dataset.was };
}
