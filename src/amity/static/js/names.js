// Which stars are named and where, as ties/starmap.py does it: none crosses another or a star, the first first.
const AIR = 0.4, LINE = 1.25, CELL = 4, CENTRE = 10; // of the size of the letters
const AROUND = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1]];

class Taken {
  cells = new Map();
  constructor(cell) { this.cell = cell; }
  of([left, top, right, bottom]) {
    const found = [], at = (edge) => Math.floor(edge / this.cell);
    for (let x = at(left); x <= at(right); x++) for (let y = at(top); y <= at(bottom); y++) found.push(x * 65536 + y);
    return found;
  }
  free(box) {
    return !this.of(box).some((cell) => this.cells.get(cell)?.some((other) =>
      box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]));
  }
  take(box) {
    for (const cell of this.of(box)) this.cells.has(cell) ? this.cells.get(cell).push(box) : this.cells.set(cell, [box]);
  }
}

// Stars have x, y, size and short; the answer holds, for each that is named within these edges (left, top, right,
// bottom), its star and the foot of its name. `wide` says how wide a name is in letters of size 1.
export function named(stars, letters, [west, north, east, south], wide, most = Infinity) {
  const taken = new Taken(CELL * letters), placed = [];
  taken.take([-CENTRE, -CENTRE, CENTRE, CENTRE]);
  for (const { x, y, size } of stars) taken.take([x - size, y - size, x + size, y + size]);
  for (const star of stars) {
    if (placed.length >= most) break;
    const room = (wide(star.short) + AIR) * letters;
    for (const [right, down] of AROUND) {
      const gap = down ? 0.7 * star.size : star.size + 0.25 * letters;
      const left = star.x + (right > 0 ? gap : right < 0 ? -gap - room : -room / 2);
      const foot = star.y + 0.32 * letters + down * (star.size + 0.75 * letters);
      const box = [left, foot - 0.9 * letters, left + room, foot + (LINE - 0.9) * letters];
      if (box[0] < west || box[1] < north || box[2] > east || box[3] > south || !taken.free(box)) continue;
      taken.take(box);
      placed.push({ star, x: right < 0 ? left + room : left, y: foot, ends: right < 0 });
      break;
    }
  }
  return placed;
}
