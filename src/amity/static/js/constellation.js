// The sky: moved and brought nearer, a star read by pointing at it or by keys, opened by a click. Few stars are the
// page's own SVG; many come as numbers and are painted on a canvas.
import { named } from "./names.js";

const sky = document.querySelector("[data-sky]");
const drawing = sky.querySelector("svg");
const reading = document.querySelector("[data-reading]");
const LETTERS = 13, NEAR = 26, NEAREST = 12, STILL = 6, MOST_NAMES = 120; // px; px; times; px a finger may tremble
const REST = 120; // ms

const view = { x: 0, y: 0, zoom: 1 };
let stars = [], edge = Number(sky.dataset.edge), show = () => {}, read = null, waiting = 0;

const ruler = document.createElement("canvas").getContext("2d"), wides = new Map();
ruler.font = `100px ${getComputedStyle(sky).fontFamily}`;
const wide = (name) => wides.get(name) ?? wides.set(name, ruler.measureText(name).width / 100).get(name);
const width = () => sky.clientWidth, height = () => sky.clientHeight;
const scale = () => (Math.min(width(), height()) / (2 * edge)) * view.zoom; // px for each unit
const edges = () => {
  const [w, h] = [width() / scale() / 2, height() / scale() / 2];
  return [view.x - w, view.y - h, view.x + w, view.y + h];
};
const redraw = () => { waiting ||= requestAnimationFrame(() => { waiting = 0; show(); }); };

function look(x, y, zoom) {
  view.zoom = Math.max(1, Math.min(NEAREST, zoom));
  const far = edge * (1 - 1 / view.zoom);
  view.x = Math.max(-far, Math.min(far, x));
  view.y = Math.max(-far, Math.min(far, y));
  sky.style.touchAction = view.zoom > 1 ? "none" : "pan-y";
  redraw();
}
const place = ({ clientX, clientY }) => {
  const box = sky.getBoundingClientRect();
  return [view.x + (clientX - box.x - width() / 2) / scale(), view.y + (clientY - box.y - height() / 2) / scale()];
};
function nearer(by, at = [view.x, view.y]) {
  const zoom = Math.max(1, Math.min(NEAREST, view.zoom * by)), kept = view.zoom / zoom;
  look(at[0] + (view.x - at[0]) * kept, at[1] + (view.y - at[1]) * kept, zoom);
}
const nearest = ([x, y], within) => {
  let best = null, least = within;
  for (const star of stars) {
    const away = Math.hypot(star.x - x, star.y - y) - star.size / 2;
    if (away < least) [best, least] = [star, away];
  }
  return best;
};

function point(star) {
  if (star === read) return;
  read = star;
  reading.replaceChildren();
  if (star) {
    const link = document.createElement("a");
    link.href = star.href;
    link.textContent = star.name;
    link.dir = "auto";
    const known = star.knows.slice(0, 4).map((one) => one.short).join(", ");
    reading.append(link, `, ${star.words}`, known ? ` · ${reading.dataset.knows} ${known}` : "");
  }
  redraw();
}

// --- The page's own drawing ---
function fromPage() {
  stars = [...drawing.querySelectorAll("a")].map((link) => {
    const [dot, text] = [link.querySelector("circle"), link.querySelector("text")];
    const [x, y, size] = ["cx", "cy", "r"].map((name) => Number(dot.getAttribute(name)));
    const [name, words] = [link.dataset.name, link.getAttribute("aria-label").slice(link.dataset.name.length + 2)];
    return { link, text, x, y, size, name, words, short: link.dataset.short, href: link.getAttribute("href"), knows: [] };
  });
  const at = new Map(stars.map((star) => [`${star.x} ${star.y}`, star]));
  const lines = [...drawing.querySelectorAll("path.line")].map((path) => path.getAttribute("d") ?? "").join("");
  for (const [, one, other] of lines.matchAll(/M([-\d]+ [-\d]+)L([-\d]+ [-\d]+)/g)) meet(at.get(one), at.get(other));
  const marks = drawing.querySelector("[data-marks]");
  show = () => {
    const [w, h] = [width() / scale(), height() / scale()];
    drawing.setAttribute("viewBox", `${view.x - w / 2} ${view.y - h / 2} ${w} ${h}`);
    const letters = LETTERS / scale();
    drawing.style.setProperty("--letters", `${letters}px`);
    stars.forEach(({ text }) => text.setAttribute("visibility", "hidden"));
    for (const { star, x, y, ends } of named(read ? [read, ...stars] : stars, letters, edges(), wide)) {
      star.text.removeAttribute("visibility");
      Object.entries({ x, y, "text-anchor": ends ? "end" : "start" }).forEach((pair) => star.text.setAttribute(...pair));
    }
    marks.setAttribute("d", read ? read.knows.map(({ x, y }) => `M${read.x} ${read.y}L${x} ${y}`).join("") : "");
    stars.forEach((star) => star.link.classList.toggle("near", star === read));
  };
  drawing.addEventListener("focusin", ({ target }) => point(stars.find((star) => star.link === target)));
}
const meet = (one, other) => { if (one && other) { one.knows.push(other); other.knows.push(one); } };

// --- Many stars, painted ---
async function fromNumbers(url) {
  const many = await (await fetch(url, { headers: { Accept: "application/json" } })).json();
  ({ edge } = many); // the page drew fewer, on a smaller picture
  stars = many.uid.map((uid, i) => ({
    href: sky.dataset.person.replace("UID", uid), name: many.name[i], short: many.short[i], x: many.x[i], y: many.y[i],
    size: many.size[i], fade: many.fade[i], spark: many.spark[i], words: many.phrases[many.said[i]], knows: [],
  }));
  const pairs = (flat) => flat.flatMap((one, i) => (i % 2 ? [] : [[stars[one], stars[flat[i + 1]]]]));
  const lines = { known: pairs(many.known), maybe: pairs(many.maybe) };
  [...lines.known, ...lines.maybe].forEach(([one, other]) => meet(one, other));
  const canvas = sky.querySelector("canvas");
  canvas.hidden = false;
  const found = document.querySelector("[data-painted]");
  found.textContent = found.dataset.painted;
  drawing.remove();
  const brush = canvas.getContext("2d");
  let inks = inksOf();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { inks = inksOf(); redraw(); });
  show = () => glide(canvas) || paint(brush, canvas, inks, lines, many.rings);
  canvas.addEventListener("focus", () => read || point(stars[0]));
  canvas.addEventListener("keydown", step);
}
const inksOf = () => Object.fromEntries([...sky.querySelectorAll("[data-ink]")].map((part) =>
  [part.dataset.ink, getComputedStyle(part).color]));

// While fingers move the sky, the picture they hold is moved along; it is painted anew when they rest.
let painted = null, resting = 0;
function glide(canvas) {
  clearTimeout(resting);
  const glides = painted && fingers.size && moved > STILL, k = scale();
  if (glides) resting = setTimeout(() => { painted = null; redraw(); }, REST);
  else painted = { ...view, k };
  const [x, y] = [(painted.x - view.x) * k, (painted.y - view.y) * k];
  canvas.style.transform = glides ? `translate(${x}px, ${y}px) scale(${k / painted.k})` : "";
  return glides;
}

function paint(brush, canvas, inks, lines, rings) {
  const dense = Math.min(devicePixelRatio, 2), k = scale();
  if (canvas.width !== Math.round(width() * dense) || canvas.height !== Math.round(height() * dense)) {
    [canvas.width, canvas.height] = [Math.round(width() * dense), Math.round(height() * dense)];
  }
  brush.setTransform(dense, 0, 0, dense, 0, 0);
  brush.clearRect(0, 0, width(), height());
  brush.setTransform(k * dense, 0, 0, k * dense, (width() / 2 - view.x * k) * dense, (height() / 2 - view.y * k) * dense);
  const path = (ink, alpha, trace, fill = false) => {
    [brush.globalAlpha, brush.strokeStyle, brush.fillStyle] = [alpha, inks[ink], inks[ink]];
    brush.beginPath();
    trace();
    fill ? brush.fill() : brush.stroke();
  };
  const circle = ({ x, y, size }) => { brush.moveTo(x + size, y); brush.arc(x, y, size, 0, 7); };
  const line = ([one, other]) => { brush.moveTo(one.x, one.y); brush.lineTo(other.x, other.y); };
  brush.lineWidth = 1 / k;
  path("rule", 1, () => rings.forEach((size) => circle({ x: 0, y: 0, size })));
  brush.setLineDash([2 / k, 5 / k]);
  path("moss", 0.3, () => lines.maybe.forEach(line));
  brush.setLineDash([]);
  path("moss", 0.5, () => lines.known.forEach(line));
  path("ink", 1, () => circle({ x: 0, y: 0, size: 6 }), true);
  const [w, h] = [width() / k / 2 + 20, height() / k / 2 + 20];
  const inside = stars.filter(({ x, y }) => Math.abs(x - view.x) < w && Math.abs(y - view.y) < h);
  for (const fade of [2, 1, 0]) {
    for (const spark of [0, 1]) {
      const these = inside.filter((star) => star.fade === fade && star.spark === spark);
      path(spark ? "moss" : "soft", [1, 0.55, 0.35][fade], () => these.forEach(circle), true);
    }
  }
  if (read) {
    brush.lineWidth = 2 / k;
    path("ink", 1, () => { read.knows.forEach((other) => line([read, other])); circle({ ...read, size: read.size + 4 / k }); });
  }
  write(brush, inks, inside, LETTERS / k);
}

function write(brush, inks, inside, letters) {
  const names = named(read ? [read, ...inside] : inside, letters, edges(), wide, MOST_NAMES);
  brush.globalAlpha = 1;
  brush.font = `${letters}px ${getComputedStyle(sky).fontFamily}`;
  brush.lineWidth = letters / 4;
  brush.lineJoin = "round";
  [brush.fillStyle, brush.strokeStyle] = [inks.ink, inks.paper];
  for (const { star, x, y, ends } of names) {
    brush.textAlign = ends ? "right" : "left";
    brush.strokeText(star.short, x, y);
    brush.fillText(star.short, x, y);
  }
}

// Arrow keys go to the nearest star on that side; Enter opens it.
const SIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function step(event) {
  if (event.key === "Enter" && read) location.assign(read.href);
  const side = SIDES[event.key];
  if (!side || !read) return;
  event.preventDefault();
  const away = ({ x, y }) => {
    const along = (x - read.x) * side[0] + (y - read.y) * side[1];
    const across = Math.abs((x - read.x) * side[1]) + Math.abs((y - read.y) * side[0]);
    return along <= 0 || across > along ? Infinity : along + 2 * across;
  };
  const next = stars.reduce((best, star) => (away(star) < away(best) ? star : best), read);
  if (next === read || away(next) === Infinity) return;
  point(next);
  if (Math.abs(next.x - view.x) > width() / scale() / 2 || Math.abs(next.y - view.y) > height() / scale() / 2) look(next.x, next.y, view.zoom);
}

// --- Hands ---
const fingers = new Map();
let moved = 0, apart = 0, touched = null;
const between = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };
sky.addEventListener("pointerdown", (event) => {
  fingers.set(event.pointerId, event);
  if (fingers.size === 1) moved = 0;
  if (fingers.size === 2) apart = between();
});
sky.addEventListener("pointermove", (event) => {
  const before = fingers.get(event.pointerId);
  if (!before) {
    if (event.pointerType === "mouse") point(nearest(place(event), NEAR / scale()));
    return;
  }
  fingers.set(event.pointerId, event);
  moved += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
  if (fingers.size === 2) {
    const now = between();
    nearer(now / apart, place(event));
    apart = now;
  } else if (moved > STILL) {
    look(view.x - (event.clientX - before.clientX) / scale(), view.y - (event.clientY - before.clientY) / scale(), view.zoom);
  }
});
for (const ends of ["pointerup", "pointercancel", "pointerleave"]) {
  sky.addEventListener(ends, ({ pointerId }) => fingers.delete(pointerId) && redraw());
}
// A mouse opens the star it points at; a finger reads it first, and opens it when it comes back.
sky.addEventListener("click", (event) => {
  if (event.detail === 0) return; // a key on the page's own link
  event.preventDefault();
  if (moved > STILL) return;
  const star = nearest(place(event), NEAR / scale());
  const opens = star && (event.pointerType === "mouse" || star === touched);
  touched = star;
  point(star);
  if (opens) location.assign(star.href);
});
sky.addEventListener("dragstart", (event) => event.preventDefault());
sky.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  nearer(Math.exp(-event.deltaY / 200), place(event));
}, { passive: false });
document.querySelector("[data-nearer]").addEventListener("click", () => nearer(1.5, read ? [read.x, read.y] : undefined));
document.querySelector("[data-farther]").addEventListener("click", () => nearer(1 / 1.5));
document.querySelector("[data-whole]").addEventListener("click", () => look(0, 0, 1));
new ResizeObserver(redraw).observe(sky);

if (sky.dataset.many) fromNumbers(sky.dataset.many).then(redraw);
else fromPage();
look(0, 0, 1);
