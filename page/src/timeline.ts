/** The timeline to scale: all of it, and below it, drawn larger, where most of it happens. */

import { type Drawn, type Interval, clipped, data, drawInto, mark, svg, text, widthOf } from "./draw";
import { AXIS_PX, DAY, HOUR, type Known, type Stretch, axis, placeIn } from "./time";

interface Told extends Interval {
  readonly placed?: "before" | "after" | "while";
  readonly planned?: boolean;
  /** How many documents tell of it. */
  readonly n: number;
  readonly others?: readonly Interval[];
}

interface Entry extends Told {
  readonly id: string;
  readonly text: string;
  readonly words: string;
  readonly others: readonly Interval[];
}

/** The data with the words that the list has. */
const entriesOf = (told: readonly Told[]): Entry[] =>
  told.flatMap((one, n): Entry[] => {
    const id = `t${n + 1}`;
    const listed = document.getElementById(id);
    const words = (part: string): string => listed?.querySelector(part)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
    return listed ? [{ ...one, id, others: one.others ?? [], text: words(".what .claim"), words: words(".when") }] : [];
  });

interface Level extends Known {
  readonly entries: readonly Entry[];
  /** What the next level draws larger, null in the last. */
  readonly zoomed: Known | null;
}

/** More than this have no room for their words: those told by most have them. */
const NAMED_MAX = 48;
const NAMED_MAX_NARROW = 30;
const NARROW = 520;
const LANE = 22;
const HEAD = 12;
const BETWEEN = 30;
const GAP = 12;
/** What is drawn larger is at most this share of the whole, and holds at least so many entries. */
const ZOOM_SHARE = 1 / 7;
const ZOOM_MIN = 3;
const LEVELS_MAX = 4;
/** So many that still stand close are worth one more. */
const AGAIN_MIN = 10;
/** What lies around it is shown too where it is less than this share, and this many more. */
const MIDDLE_SHARE = 0.4;
const MIDDLE_MIN = 2;
/** A day in hours shows more than ten months in days: by eye, on the invented cases. */
const ZOOM_POWER = 1.5;
const FINEST = 6 * HOUR;
/** So many entries are looked at from each, which keeps long timelines fast. */
const SPANS_MAX = 200;
const MOMENT = 2 * HOUR;
/** What is shorter than this is drawn as long as this. */
const MARK = 8;
const WORDS_MIN = 190;

const spanOf = (entry: Entry): Known => {
  const start = entry.start ?? entry.end ?? 0;
  return { start, end: Math.max(entry.end ?? start, start + 60_000) };
};

const hull = (spans: readonly Known[]): Known => ({
  start: Math.min(...spans.map((one) => one.start)),
  end: Math.max(...spans.map((one) => one.end)),
});

const padded = ({ start, end }: Known, share: number): Known => {
  const by = Math.max((end - start) * share, HOUR);
  return { start: start - by, end: end + by };
};

const inside = (inner: Known, outer: Known): boolean => outer.start <= inner.start && inner.end <= outer.end;

const lengthOf = ({ start, end }: Known): number => end - start;

/** The best stretch by `worth` of those that begin with an entry and are no longer than `most`. */
const best = (spans: readonly Known[], most: number, worth: (n: number, stretch: Known) => number): Known | null => {
  const sorted = spans.filter((one) => lengthOf(one) <= most).sort((a, b) => a.start - b.start || a.end - b.end);
  let [found, top]: [Known | null, number] = [null, 0];
  sorted.forEach(({ start }, from) => {
    let end = start;
    let n = 0;
    for (const one of sorted.slice(from, from + SPANS_MAX)) {
      if (one.end - start > most) continue;
      end = Math.max(end, one.end);
      n += 1;
      const now = worth(n, { start, end });
      if (now > top) [found, top] = [{ start, end }, now];
    }
  });
  return found;
};

/** The stretches of `whole` to draw larger: around where most happens, there, and again within. */
const scalesIn = (spans: readonly Known[], whole: Known, left: number): Known[] => {
  const least = Math.max(ZOOM_MIN, spans.length / 5);
  const finest = best(spans, lengthOf(whole) * ZOOM_SHARE, (n, one) =>
    n < least ? 0 : n * Math.log2(lengthOf(whole) / Math.max(lengthOf(one), FINEST)) ** ZOOM_POWER,
  );
  if (!finest || left < 1) return [];
  const inner = padded(finest, 0.06);
  const reach = Math.sqrt(lengthOf(whole) * lengthOf(inner));
  const around = best(
    spans.filter((one) => one.end > inner.start - reach && one.start < inner.end + reach),
    2 * reach,
    (n, one) => (inside(finest, one) && lengthOf(one) < lengthOf(whole) * MIDDLE_SHARE ? n : 0),
  );
  const within = spans.filter((one) => inside(one, inner));
  const isWorth = around && lengthOf(around) > 3 * lengthOf(inner) && spans.filter((one) => inside(one, around)).length >= within.length + MIDDLE_MIN;
  const middle = left > 1 && isWorth ? [padded(around, 0.04)] : [];
  const again = within.length >= AGAIN_MIN ? scalesIn(within, inner, Math.min(1, left - 1 - middle.length)) : [];
  return [...middle, inner, ...again];
};

/** All, and what is drawn larger of it: each entry in the most exact that holds it. */
const levelsOf = (entries: readonly Entry[]): Level[] => {
  const spans = entries.map(spanOf);
  const whole = padded(hull(spans), 0.03);
  const scales: Known[] = [whole, ...scalesIn(spans, whole, LEVELS_MAX - 1)];
  let left = entries;
  const levels = scales.map((scale, n) => {
    const next = scales[n + 1];
    const here = next ? left.filter((entry) => !inside(spanOf(entry), next)) : left;
    left = next ? left.filter((entry) => inside(spanOf(entry), next)) : [];
    return { ...scale, entries: here };
  });
  // Where nothing lies outside the larger picture, that is the picture.
  const told = levels.filter((level) => level.entries.length > 0);
  return told.map((level, n) => ({ ...level, zoomed: told[n + 1] ?? null }));
};

interface Placed {
  readonly entry: Entry;
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  /** Where the words stand: right of the mark, left of it, or under a mark that leaves no room. */
  readonly side: "right" | "left" | "under";
  readonly x: number;
  readonly end: number;
}

/** Each entry in the first lane with room for its mark and the beginning of its words. */
const packed = (entries: readonly Entry[], part: Stretch): Placed[] => {
  const x = placeIn([part]);
  const least = Math.min(WORDS_MIN, (part.x1 - part.x0) * 0.5);
  const free: number[] = [];
  const laneFor = (begins: number, n: number): number => {
    for (let lane = 0; ; lane += 1) {
      if (Array.from({ length: n }, (_, i) => free[lane + i] ?? -Infinity).every((end) => end <= begins)) return lane;
    }
  };
  return entries.map((entry) => {
    const span = spanOf(entry);
    const [a, b] = [x(span.start), x(span.end)];
    const [from, to] = b - a < MARK ? [(a + b - MARK) / 2, (a + b + MARK) / 2] : [a, b];
    const want = Math.min(widthOf(`≠ ${entry.text}`), least);
    const side = to + 6 + want <= part.x1 ? "right" : from - 6 - want >= part.x0 ? "left" : "under";
    const begins = side === "left" ? from - 6 - want : side === "under" ? Math.min(from, part.x1 - want) : from;
    const end = side === "right" ? to + 6 + want : side === "under" ? Math.max(to, begins + want) : to;
    const lane = laneFor(begins, side === "under" ? 2 : 1);
    free[lane] = end + GAP;
    if (side === "under") free[lane + 1] = end + GAP;
    const words = side === "right" ? to + 6 : begins;
    return { entry, from, to, lane, side, x: words, end: words + want };
  });
};

/** Words go as far as there is room beside them, those on the right of their marks first. */
const stretched = (rows: readonly Placed[], part: Stretch): Placed[] => {
  const lanesOf = (row: Placed): readonly number[] => (row.side === "under" ? [row.lane, row.lane + 1] : [row.lane]);
  const byLane = new Map<number, Placed[]>();
  const put = (row: Placed): void => {
    for (const lane of lanesOf(row)) byLane.set(lane, [...(byLane.get(lane) ?? []).filter((one) => one.entry !== row.entry), row]);
  };
  rows.forEach(put);
  const beside = (row: Placed): Placed[] => {
    const lane = row.side === "under" ? row.lane + 1 : row.lane;
    return (byLane.get(lane) ?? []).filter((one) => one.entry !== row.entry);
  };
  for (const row of rows.filter((one) => one.side !== "left")) {
    const after = beside(row).filter((one) => one.from > row.from).map((one) => Math.min(one.from, one.x) - GAP);
    put({ ...row, end: Math.max(row.end, Math.min(part.x1, ...after)) });
  }
  for (const row of rows.filter((one) => one.side === "left")) {
    const before = beside(row).filter((one) => one.from < row.from).map((one) => Math.max(one.to, one.end) + GAP);
    put({ ...row, x: Math.max(part.x0, ...before) });
  }
  return rows.map((row) => byLane.get(row.lane)?.find((one) => one.entry === row.entry) ?? row);
};

const shape = ({ entry, from, to }: Placed, y: number, part: Stretch): SVGElement[] => {
  const { start, end } = spanOf(entry);
  const x = placeIn([part]);
  const kind = `${entry.planned ? " planned" : ""}${entry.others.length ? " differ" : ""}`;
  const others = entry.others.flatMap((other) => {
    const at = spanOf({ ...entry, ...other });
    const centre = (x(at.start) + x(at.end)) / 2;
    const width = Math.max(8, x(at.end) - x(at.start));
    const isBeyond = at.end < part.start || at.start > part.end;
    const edge = centre < from ? from : to;
    return [
      svg("line", { class: "or", x1: edge, x2: centre, y1: y, y2: y }),
      isBeyond
        ? svg("path", { class: "or", d: `M${centre},${y}m${centre < from ? 5 : -5},-4l${centre < from ? -5 : 5},4l${centre < from ? 5 : -5},4` })
        : svg("rect", { class: "other", x: centre - width / 2, y: y - 4, width, height: 8, rx: 4 }),
    ];
  });
  if (entry.placed === "before" || entry.placed === "after") {
    const way = entry.placed === "before" ? -1 : 1;
    const at = entry.placed === "before" ? to : from;
    return [svg("path", { class: "by", d: `M${at},${y - 5}v10M${at},${y}h${way * 14}m${way * -5},-4l${way * 5},4l${way * -5},4` })];
  }
  if (end - start <= MOMENT) return [...others, svg("circle", { class: `dot${kind}`, cx: (from + to) / 2, cy: y, r: 5 })];
  const vague = end - start > DAY * 1.5 ? " wide" : "";
  return [...others, svg("rect", { class: `span${kind}${vague}`, x: from, y: y - 4, width: to - from, height: 8, rx: 4 })];
};

const said = (entry: Entry): string => `${entry.words}: ${entry.text}`;

const dotted = (entry: Entry, y: number, part: Stretch): SVGElement => {
  const { start, end } = spanOf(entry);
  const x = placeIn([part])((start + end) / 2);
  return mark(
    `#${entry.id}`,
    said(entry),
    [],
    svg("rect", { class: "hit", x: x - 6, y: y - 6, width: 12, height: 12 }),
    svg("circle", { class: "dot small", cx: x, cy: y, r: 3 }),
  );
};

const drawnEntry = (one: Placed, y: number, part: Stretch): SVGElement => {
  const { entry, side } = one;
  const words = clipped(`${entry.others.length ? "≠ " : ""}${entry.text}`, one.end - one.x + 1);
  const width = widthOf(words);
  const begins = side === "left" ? one.end - width : one.x;
  const [from, to] = [Math.min(one.from, begins) - 3, Math.max(one.to, begins + width) + 3];
  const kind = `what${side === "left" ? " before" : ""}`;
  const line = side === "under" ? y + LANE - 4 : y + 4;
  return mark(
    `#${entry.id}`,
    said(entry),
    [],
    svg("rect", { class: "hit", x: from, y: y - 10, width: to - from, height: side === "under" ? LANE + 16 : 20, rx: 3 }),
    ...shape(one, y, part),
    ...(words ? [text(words, side === "left" ? one.end : begins, line, kind)] : []),
  );
};

const MONTHS = "January February March April May June July August September October November December".split(" ");

const sayStretch = ({ start, end }: Known): string => {
  const [a, b] = [new Date(start), new Date(end - 1)];
  const month = (t: Date): string => MONTHS[t.getUTCMonth()] ?? "";
  const [ya, yb] = [a.getUTCFullYear(), b.getUTCFullYear()];
  if (end - start > 700 * DAY) return `${ya}–${yb}`;
  const [x, y] = end - start > 62 * DAY ? [month(a), month(b)] : [`${a.getUTCDate()} ${month(a)}`, `${b.getUTCDate()} ${month(b)}`];
  if (x === y && ya === yb) return `${x} ${ya}`;
  return ya === yb ? `${x} – ${y} ${yb}` : `${x} ${ya} – ${y} ${yb}`;
};

const draw = (entries: readonly Entry[], width: number): Drawn => {
  const dated = entries.filter((entry) => entry.start !== null || entry.end !== null);
  const [x0, x1] = [6, width - 6];
  const levels = levelsOf(dated);
  const order = [...dated.keys()].sort((a, b) => (dated[b]?.n ?? 0) - (dated[a]?.n ?? 0) || a - b);
  const named = new Set(order.slice(0, width < NARROW ? NAMED_MAX_NARROW : NAMED_MAX).map((n) => dated[n]));
  const nodes: Node[] = [];
  let y = 0;
  levels.forEach((level, n) => {
    const part: Stretch = { start: level.start, end: level.end, x0, x1 };
    const placed = stretched(packed(level.entries.filter((entry) => named.has(entry)), part), part);
    const unnamed = level.entries.filter((entry) => !named.has(entry));
    const top = y + 18;
    const lanes = Math.max(0, ...placed.map((one) => one.lane + (one.side === "under" ? 2 : 1)));
    const bottom = top + HEAD + lanes * LANE + 4 + (unnamed.length ? 12 : 0);
    const told = levels.slice(n).flatMap((one) => one.entries);
    nodes.push(text(sayStretch(hull(told.map(spanOf))), x0, y + 10, "stretch"), ...axis(part, bottom, top));
    if (level.zoomed) {
      const x = placeIn([part]);
      const [a, b] = [x(level.zoomed.start), Math.max(x(level.zoomed.end), x(level.zoomed.start) + 3)];
      const below = bottom + AXIS_PX + BETWEEN - 10;
      const more = clipped(`${told.length - level.entries.length} more, drawn larger below`, x1 - x0);
      const half = widthOf(more) / 2;
      nodes.unshift(
        svg("path", { class: "lens", d: `M${a},${top}H${b}V${bottom}L${x1},${below}H${x0}L${a},${bottom}z` }),
      );
      nodes.push(text(more, Math.max(x0 + half, Math.min((a + b) / 2, x1 - half)), bottom + AXIS_PX + 8, "tick"));
    }
    for (const one of placed) nodes.push(drawnEntry(one, top + HEAD + one.lane * LANE + 8, part));
    for (const entry of unnamed) nodes.push(dotted(entry, bottom - 7, part));
    y = bottom + AXIS_PX + (level.zoomed ? BETWEEN : 0);
  });
  const has = (test: (entry: Entry) => boolean): boolean => dated.some(test);
  return {
    height: y,
    label: `${dated.length} happenings drawn to scale, ${sayStretch(hull(dated.map(spanOf)))}; the list says the same in words.`,
    nodes,
    key: [
      "To scale: a dot is a moment, a bar some time within",
      has((entry) => entry.planned === true) ? "dashed: planned" : "",
      has((entry) => entry.others.length > 0) ? "≠ and dotted line: another source has it then" : "",
      has((entry) => entry.placed === "before" || entry.placed === "after") ? "arrow: before or after" : "",
      dated.length > named.size ? "small dots: more, in the list" : "",
    ]
      .filter(Boolean)
      .join(" · "),
  };
};

export const timeline = (): void => {
  const entries = entriesOf(data<readonly Told[]>("timeline") ?? []);
  const dated = entries.filter((entry) => entry.start !== null || entry.end !== null);
  if (dated.length > 1) drawInto("timeline", (width) => draw(entries, width));
};
