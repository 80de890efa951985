/** Time as drawn: axes with ticks that do not touch, and breaks where nothing happens for long. */

import { utcTicks } from "d3-time";
import { type Interval, svg, text, widthOf } from "./draw";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export type Known = { readonly start: number; readonly end: number };

export const isKnown = <T extends Interval>(one: T): one is T & Known => one.start !== null && one.end !== null;

export interface Stretch extends Known {
  readonly x0: number;
  readonly x1: number;
}

interface Tick {
  readonly x: number;
  readonly said: string;
  /** The year or day that this and the following ticks are of, at the first of them. */
  readonly of: string;
}

/** Below an axis its ticks and what they are of. */
export const AXIS_PX = 32;
const TICK_PX = 11;
/** Words of an axis may go so far beyond it. */
const EDGE = 6;
const DAY_NAMED_MIN_PX = 50;
const DAY_SPLIT_MIN_PX = 320;
/** No tick of an axis is nearer to the next than this. */
const TICKS_APART_PX = 58;

const two = (n: number): string => String(n).padStart(2, "0");

const sayDay = (t: Date): string => `${t.getUTCDate()} ${MONTHS[t.getUTCMonth()]}`;

const sayTick = (t: Date, step: number): { said: string; of: string } => {
  const year = String(t.getUTCFullYear());
  if (step >= 360 * DAY) return { said: year, of: "" };
  if (step >= 27 * DAY) return { said: MONTHS[t.getUTCMonth()] ?? "", of: year };
  if (step >= DAY) return { said: sayDay(t), of: year };
  return { said: `${two(t.getUTCHours())}:${two(t.getUTCMinutes())}`, of: `${sayDay(t)} ${year}` };
};

/** The middle of words that must not leave the picture. */
const within = (words: string, x: number, low: number, high: number): number => {
  const half = widthOf(words, TICK_PX) / 2;
  return Math.max(low + half, Math.min(x, high - half));
};

/** As many ticks as have room; days stand in their middle where they are wide enough. */
const ticksOf = ({ start, end, x0, x1 }: Stretch, hasHours: boolean): { lines: readonly number[]; ticks: readonly Tick[] } => {
  const scale = (t: Date): number => x0 + ((t.getTime() - start) / (end - start)) * (x1 - x0);
  const dayWidth = ((x1 - x0) * DAY) / (end - start);
  const isNamed = dayWidth >= DAY_NAMED_MIN_PX || end - start <= DAY;
  const isByDay = hasHours ? dayWidth >= DAY_NAMED_MIN_PX && dayWidth < DAY_SPLIT_MIN_PX : isNamed;
  const days = Array.from({ length: Math.floor((end - start) / DAY) + 1 }, (_, n) => new Date((Math.ceil(start / DAY) + n) * DAY));
  let at: readonly Date[] = [];
  for (let n = Math.max(1, Math.floor((x1 - x0) / TICKS_APART_PX)); n > 0; n -= 1) {
    at = (isByDay ? days : utcTicks(new Date(start), new Date(end), n)).filter((t) => t.getTime() >= start && t.getTime() <= end);
    const apart = at.length > 1 ? scale(at[1]!) - scale(at[0]!) : Infinity;
    if (isByDay || apart >= TICKS_APART_PX) break;
  }
  const step = at.length > 1 ? Number(at[1]) - Number(at[0]) : isByDay ? DAY : (end - start) / 2;
  const shift = isByDay ? dayWidth / 2 : 0;
  const ticks: Tick[] = [];
  let [free, shown] = [-Infinity, ""];
  for (const t of at) {
    const { said, of } = sayTick(t, step);
    const isNew = of !== shown;
    const half = widthOf(said, TICK_PX) / 2;
    if (scale(t) + shift > x1) continue;
    const x = within(said, scale(t) + shift, x0 - EDGE, x1 + EDGE);
    if (x - half < free) continue;
    ticks.push({ x, said, of: isNew ? of : "" });
    shown = of;
    free = x + half + 6;
  }
  return { lines: at.map(scale), ticks };
};

export const axis = (stretch: Stretch, y: number, top: number, hasHours = true): SVGElement[] => {
  const { lines, ticks } = ticksOf(stretch, hasHours);
  const [low, high] = [stretch.x0 - EDGE, stretch.x1 + EDGE];
  return [
    ...lines.map((x) => svg("line", { class: "grid", x1: x, x2: x, y1: top, y2: y })),
    svg("line", { class: "axis", x1: stretch.x0, x2: stretch.x1, y1: y, y2: y }),
    ...ticks.map((tick) => text(tick.said, tick.x, y + 15, "tick")),
    ...ticks
      .filter((tick) => tick.of)
      .filter((tick, n, all) => tick.x - (all[n - 1]?.x ?? -Infinity) > widthOf(tick.of, TICK_PX) + 6)
      .map((tick) => text(tick.of, within(tick.of, tick.x, low, high), y + 28, "tick of")),
  ];
};

/** The zigzag that says: here time is left out. */
export const breakSign = (x: number, y: number): SVGElement =>
  svg("path", { class: "break", d: `M${x - 5},${y + 5}l4,-10m2,10l4,-10` });

const GAP_PX = 22;
/** The longest gap is left out if it is this much of what would be drawn, and as long as that. */
const GAP_SHARE = 0.3;
const GAP_MIN = 3 * DAY;
const PARTS_MAX = 3;
const PART_MIN_PX = 90;

interface Part extends Known {
  readonly n: number;
}

/** What is said without a gap, each stretch with how many it holds. */
const joined = (spans: readonly Known[]): Part[] => {
  const out: Part[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = out.at(-1);
    if (last && start <= last.end) out[out.length - 1] = { ...last, end: Math.max(last.end, end), n: last.n + 1 };
    else out.push({ start, end, n: 1 });
  }
  return out;
};

/** The gaps that are left out, by the place of the part that follows. */
const leftOut = (parts: readonly Part[], most: number): Set<number> => {
  const gaps = parts.slice(1).map((part, n) => ({ at: n + 1, length: part.start - (parts[n]?.end ?? 0) }));
  let drawn = (parts.at(-1)?.end ?? 0) - (parts[0]?.start ?? 0);
  const out = new Set<number>();
  for (const { at, length } of gaps.sort((a, b) => b.length - a.length || a.at - b.at)) {
    if (out.size + 1 >= most || length < GAP_MIN || length < GAP_SHARE * drawn) break;
    out.add(at);
    drawn -= length;
  }
  return out;
};

/** Cuts time where nothing is said for long, and gives each stretch its share of the width. */
export const stretches = (spans: readonly Known[], x0: number, x1: number): Stretch[] => {
  const parts = joined(spans);
  const cuts = leftOut(parts, Math.min(PARTS_MAX, Math.floor((x1 - x0) / PART_MIN_PX)));
  const kept: Part[] = [];
  parts.forEach((part, n) => {
    const last = kept.at(-1);
    if (last && !cuts.has(n)) kept[kept.length - 1] = { start: last.start, end: part.end, n: last.n + part.n };
    else kept.push(part);
  });
  const room = x1 - x0 - GAP_PX * (kept.length - 1);
  // By how much is said and, far less than in proportion, by how long: a month must not squeeze four days.
  const weights = kept.map(({ start, end, n }) => n + Math.log2(1 + (end - start) / DAY));
  const sum = weights.reduce((a, b) => a + b, 0);
  let x = x0;
  return kept.map(({ start, end }, n) => {
    const width = (room * (weights[n] ?? 0)) / sum;
    const stretch = { start, end, x0: x, x1: x + width };
    x += width + GAP_PX;
    return stretch;
  });
};

/** Where an instant lies; what lies outside every stretch stands at the nearest edge. */
export const placeIn = (parts: readonly Stretch[]) => (t: number): number => {
  const inside = parts.find((one) => t <= one.end) ?? parts.at(-1);
  if (!inside) return 0;
  const share = (Math.max(inside.start, Math.min(t, inside.end)) - inside.start) / (inside.end - inside.start);
  return inside.x0 + share * (inside.x1 - inside.x0);
};
