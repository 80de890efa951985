/** A figure as its answers over the time of reporting: who said how many when. */

import { type Drawn, type Interval, clipped, curve, data, drawInto, mark, svg, text, widthOf } from "./draw";
import { AXIS_PX, DAY, type Known, type Stretch, axis, breakSign, isKnown, placeIn, stretches } from "./time";

interface Said extends Interval {
  readonly vague?: boolean;
  /** Missing where they are those of the answer. */
  readonly voices?: string;
  readonly when: string;
  readonly n: number;
  readonly cites: readonly string[];
}

interface Value {
  readonly label: string;
  readonly voices: string;
  readonly low: number;
  readonly high: number;
  readonly comparator: string;
  readonly contradicted: boolean;
  readonly said: readonly Said[];
}

interface Figure {
  readonly id: string;
  readonly question: string;
  readonly values: readonly Value[];
  readonly steps: readonly (readonly [number, number])[];
}

interface Point {
  readonly said: Said;
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly isOpenLeft: boolean;
  readonly isOpenRight: boolean;
}

const TOP = 20;
/** The least height from one answer to the next, so that labels and arrows do not touch. */
const ROW = 26;
/** What is shared out by how far the answers lie apart: so much for each. */
const SPREAD = 22;
const SPREAD_MAX = 90;
/** A day is drawn no wider than this. */
const DAY_MAX_PX = 150;
const NARROW = 520;
const UNDATED = 64;
const UP = new Set(["at_least", "more_than"]);
const DOWN = new Set(["at_most", "less_than"]);

const middle = (value: Value): number => (value.low + value.high) / 2;

/** Heights for the answers, the highest on top, none nearer to the next than a row. */
const rows = (values: readonly Value[]): number[] => {
  const numbers = values.map(middle);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const order = values.map((_, n) => n).sort((a, b) => (numbers[b] ?? 0) - (numbers[a] ?? 0) || a - b);
  const ys: number[] = [];
  const spread = Math.min(SPREAD * values.length, SPREAD_MAX);
  let [y, above] = [TOP, high];
  order.forEach((at, n) => {
    const value = numbers[at] ?? 0;
    const share = high > low ? (above - value) / (high - low) : 0;
    y += n ? Math.max(ROW, share * spread) : 0;
    above = value;
    ys[at] = y;
  });
  return ys;
};

/** Where a number that is no answer of its own lies among those that are. */
const heightOf = (values: readonly Value[], ys: readonly number[]): ((number: number) => number) => {
  const known = values.map((value, n) => [middle(value), ys[n] ?? 0] as const).sort((a, b) => a[0] - b[0]);
  return (number) => {
    const after = known.find(([value]) => value >= number);
    const before = [...known].reverse().find(([value]) => value <= number);
    if (!before) return (after?.[1] ?? 0) + 8;
    if (!after) return before[1] - 8;
    const share = after[0] > before[0] ? (number - before[0]) / (after[0] - before[0]) : 0;
    return before[1] + share * (after[1] - before[1]);
  };
};

const wholeDays = ({ start, end }: Known): Known => ({
  start: Math.floor(start / DAY) * DAY,
  end: Math.max(Math.ceil(end / DAY), Math.floor(start / DAY) + 1) * DAY,
});

/** What the axis shows: the days that are known, and vaguer times that hold none of them. */
const daysOf = (values: readonly Value[]): Known[] => {
  const said = values.flatMap((value) => value.said).filter(isKnown);
  const exact = said.filter((one) => !one.vague).map(wholeDays);
  const isOutside = (one: Said & Known): boolean => !exact.some((day) => day.start < one.end && one.start < day.end);
  return [...exact, ...said.filter((one) => one.vague && isOutside(one)).map(wholeDays)];
};

const pointOf = (said: Said, parts: readonly Stretch[], x0: number): Point => {
  const x = placeIn(parts);
  if (said.start === null || said.end === null) {
    return { said, x: x0, from: x0, to: x0, isOpenLeft: false, isOpenRight: false };
  }
  const [from, to] = [x(said.start), x(said.end)];
  const isOutside = (t: number): boolean => !parts.some((one) => one.start <= t && t <= one.end);
  return { said, x: (from + to) / 2, from, to, isOpenLeft: isOutside(said.start), isOpenRight: isOutside(said.end) };
};

const bar = ({ said, from, to, isOpenLeft, isOpenRight }: Point, y: number): SVGElement[] => [
  svg("rect", { class: said.vague ? "span vague" : "span", x: from + 1, y: y - 4, width: to - from - 2, height: 8, rx: 4 }),
  ...(isOpenLeft ? [svg("path", { class: "beyond", d: `M${from - 1},${y}l5,-5v10z` })] : []),
  ...(isOpenRight ? [svg("path", { class: "beyond", d: `M${to + 1},${y}l-5,-5v10z` })] : []),
];

const dot = (isDiamond: boolean, x: number, y: number, r: number, kind: string): SVGElement =>
  isDiamond
    ? svg("path", { class: kind, d: `M${x},${y - r - 3}l${r},${r + 3}l${-r},${r + 3}l${-r},${-r - 3}z` })
    : svg("circle", { class: kind, cx: x, cy: y, r });

const shape = (value: Value, point: Point, y: number): SVGElement[] => {
  const isSpan = point.to - point.from > 12;
  const r = 4 + Math.min(3, Math.log2(point.said.n));
  const isHollow = value.contradicted || point.said.start === null;
  const way = UP.has(value.comparator) ? -1 : DOWN.has(value.comparator) ? 1 : 0;
  const { x } = point;
  return [
    ...(isSpan ? bar(point, y) : []),
    ...(way ? [svg("path", { class: "open", d: `M${x},${y}v${way * 13}m-4,${way * -5}l4,${way * 5}l4,${way * -5}` })] : []),
    ...(isSpan && !value.contradicted ? [] : [dot(value.contradicted, x, y, r, isHollow ? "dot hollow" : "dot")]),
  ];
};

const draw = (figure: Figure, width: number): Drawn => {
  const { values } = figure;
  const ys = rows(values);
  const isNarrow = width < NARROW;
  const widest = Math.max(...values.map((value) => widthOf(value.label)));
  const labels = isNarrow ? Math.min(widest, width * 0.4) + 14 : Math.max(Math.min(widest + 210, width * 0.46), 220);
  const hasUndated = values.some((value) => value.said.some((one) => one.start === null));
  const x0 = hasUndated ? UNDATED + 16 : 8;
  const days = daysOf(values);
  const reach = Math.max(...days.map((one) => one.end)) - Math.min(...days.map((one) => one.start));
  const x1 = Math.min(width - labels - 16, x0 + (reach / DAY) * DAY_MAX_PX);
  const parts = stretches(days, x0, x1);
  const points = values.map((value) => value.said.map((one) => pointOf(one, parts, UNDATED / 2)));
  const bottom = Math.max(...ys) + 24;
  const height = heightOf(values, ys);
  const steps = figure.steps.flatMap(([a, b]) => {
    const from = points[a]?.filter((one) => one.said.start !== null).at(-1);
    const to = points[b]?.find((one) => one.said.start !== null);
    if (!from || !to) return [];
    return [svg("path", { class: "step", d: curve([from.x, ys[a] ?? 0], [to.x, ys[b] ?? 0]) })];
  });
  const leads = values.map((_, n) => {
    const right = Math.max(...(points[n] ?? []).map((one) => one.to));
    return svg("line", { class: "lead", x1: right, x2: x1 + 10, y1: ys[n] ?? 0, y2: ys[n] ?? 0 });
  });
  const marks = values.flatMap((value, n) => {
    const y = ys[n] ?? 0;
    const ends = value.low === value.high ? [] : [[height(value.low), height(value.high)] as const];
    return (points[n] ?? []).map((point) =>
      mark(
        `#${point.said.cites[0] ?? ""}`,
        `${value.label}: ${point.said.voices ?? value.voices}, ${point.said.when}`,
        point.said.cites,
        svg("rect", { class: "hit", x: Math.min(point.from, point.x - 11), y: y - 11, width: Math.max(22, point.to - point.from), height: 22 }),
        ...ends.map(([low, high]) => svg("line", { class: "reach", x1: point.x, x2: point.x, y1: low, y2: high })),
        ...shape(value, point, y),
      ),
    );
  });
  const names = values.flatMap((value, n) => {
    const y = (ys[n] ?? 0) + 4;
    const label = clipped(value.label, labels);
    const after = x1 + 16 + widthOf(label) + 8;
    const voices = isNarrow ? "" : clipped(value.voices, width - after);
    const kind = value.contradicted ? "value against" : "value";
    return [text(label, x1 + 16, y, kind), ...(voices ? [text(voices, after, y, "voices")] : [])];
  });
  const undated = hasUndated ? [text("no date", UNDATED / 2, bottom + 15, "tick")] : [];
  const told = values.flatMap((value) => value.said);
  return {
    height: bottom + AXIS_PX,
    label: `${figure.question} ${values.length} answers over the time of reporting; the list says the same in words.`,
    nodes: [
      ...parts.flatMap((part) => axis(part, bottom, 8, false)),
      ...parts.slice(1).map((part) => breakSign(part.x0 - 11, bottom)),
      ...undated,
      ...leads,
      ...steps,
      ...marks,
      ...names,
    ],
    key: [
      "Across: when it was said",
      told.some((one) => one.vague === true) ? "pale bar: said some time within" : "",
      values.some((value) => UP.has(value.comparator) || DOWN.has(value.comparator)) ? "arrow: or more (up), or fewer (down)" : "",
      steps.length ? "line: update" : "",
      values.some((value) => value.contradicted) ? "diamond: contradicted" : "",
    ]
      .filter(Boolean)
      .join(" · "),
  };
};

export const figures = (): void => {
  for (const figure of data<readonly Figure[]>("figures") ?? []) {
    drawInto(`figure:${figure.id}`, (width) => draw(figure, width));
  }
};
