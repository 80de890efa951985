/** Who had it from whom: documents in the order of their publication, boxed by origin. */

import { type Drawn, clipped, curve, data, drawInto, mark, svg, text, widthOf } from "./draw";
import { DAY } from "./time";

interface Document {
  readonly start: number | null;
  readonly href: string;
  readonly label: string;
  readonly date: string;
  readonly unsure?: boolean;
}

interface Link {
  readonly copy: number;
  readonly of: number;
  readonly words: string;
  readonly kind: string;
  readonly probability: number;
  readonly cites: readonly string[];
}

interface PassedOn {
  readonly source: string;
  readonly origin: number | null;
  readonly by: number;
  readonly cites: readonly string[];
}

type GivenLink = readonly [copy: number, of: number, kind: string, probability: number, ...cites: string[]];

interface Given {
  readonly documents: readonly Document[];
  readonly origins: readonly (readonly number[])[];
  readonly words: Readonly<Record<string, string>>;
  readonly links: readonly GivenLink[];
  readonly passed_on: readonly PassedOn[];
}

interface Origins {
  readonly documents: readonly Document[];
  readonly origins: readonly (readonly number[])[];
  readonly links: readonly Link[];
  readonly passed_on: readonly PassedOn[];
}

/** A link to draw: from which line, what it says, and the words that show it. */
interface Strand {
  readonly from: string;
  readonly said: string;
  readonly kind: string;
  readonly probability: number | null;
  readonly cites: readonly string[];
}

/** A line of the drawing: a document, several that are alike, or an outlet that is no document here. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly href: string;
  readonly layers: readonly number[];
  readonly unsure: boolean;
  readonly strands: readonly Strand[];
}

interface Box {
  readonly kind: "origin" | "outside";
  readonly rows: readonly Row[];
}

const ROW = 24;
/** With the date on a line of its own. */
const ROW_NARROW = 38;
const PAD = 7;
const BETWEEN = 8;
const HEAD = 22;
const NARROW = 520;
const LAYER_PX = 64;
/** In an origin of more documents than this, so many that draw on it alike are one line. */
const CROWD = 8;
const ALIKE_MIN = 3;
/** More origins than this are counted, those of one document first. */
const ALONE_MAX = 16;
const BOXES_MAX = 16;
const ROWS_MAX = 8;
const OUTSIDE_MAX = 10;
/** More lines from outlets that are no document here than this hide what they lead to. */
const OUTSIDE_LINES_MAX = 16;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

const probably = (p: number): string => p.toFixed(2);

/** Days of publication in their order; what has no date lies before them all. */
const daysOf = (documents: readonly Document[]): { days: readonly number[]; layer: readonly number[] } => {
  const on = documents.map((one) => (one.start === null ? null : Math.floor(one.start / DAY)));
  const days = [...new Set(on.filter((day) => day !== null))].sort((a, b) => a - b);
  return { days, layer: on.map((day) => (day === null ? -1 : days.indexOf(day))) };
};

const byTime = (data: Origins) => (a: number, b: number): number =>
  (data.documents[a]?.start ?? Infinity) - (data.documents[b]?.start ?? Infinity) || a - b;

/** The link by which a document most likely got what it has. */
const chief = (links: readonly Link[]): Link | undefined =>
  links.reduce<Link | undefined>((best, one) => (!best || one.probability > best.probability ? one : best), undefined);

const rowsOf = (members: readonly number[], data: Origins, layer: readonly number[]): Row[] => {
  const order = [...members].sort(byTime(data));
  const links = new Map(order.map((n) => [n, data.links.filter((one) => one.copy === n)]));
  const passed = new Map(order.map((n) => [n, data.passed_on.filter((one) => one.by === n)]));
  const alike = new Map<string, number[]>();
  if (order.length > CROWD) {
    for (const n of order.slice(1)) {
      const kind = passed.get(n)?.length ? undefined : chief(links.get(n) ?? [])?.kind;
      if (kind) alike.set(kind, [...(alike.get(kind) ?? []), n]);
    }
  }
  const groups = [...alike.values()].filter((group) => group.length >= ALIKE_MIN);
  const grouped = new Map(groups.flatMap((group) => group.map((n) => [n, group] as const)));
  const idOf = (n: number): string => `d${grouped.get(n)?.[0] ?? n}`;
  return order.flatMap((n): Row[] => {
    const group = grouped.get(n);
    if (group && group[0] !== n) return [];
    const all = group ?? [n];
    const about = data.documents[n]!;
    const own = group ? [chief(links.get(n) ?? [])].filter((one) => one !== undefined) : (links.get(n) ?? []);
    const named = (of: number): string => data.documents[of]?.label ?? "";
    const drawn = own.filter((one) => idOf(one.of) !== `d${n}`);
    const strands = [
      ...drawn.map((one) => ({
        from: idOf(one.of),
        said: `${group ? `each of ${group.length}` : about.label} ${one.words} ${named(one.of)}, probability ${probably(one.probability)}`,
        kind: one.kind,
        probability: one.probability,
        cites: one.cites,
      })),
      ...(passed.get(n) ?? []).map((one) => ({
        from: one.origin === null ? `o${one.source}` : idOf([...(data.origins[one.origin] ?? [])].sort(byTime(data))[0] ?? n),
        said: `${about.label} passes on what it has from ${one.source}`,
        kind: "passed",
        probability: null,
        cites: one.cites,
      })),
    ];
    const dates = [...new Set(all.map((one) => data.documents[one]?.date ?? ""))];
    const date = dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : (dates[0] ?? "");
    const told = [
      ...drawn.slice(0, 1).map((one) => `${one.words} ${named(one.of)} (${probably(one.probability)})`),
      ...(drawn.length > 1 ? [`and ${drawn.length - 1} more`] : []),
      ...(passed.get(n)?.length ? [`passes on ${[...new Set((passed.get(n) ?? []).map((one) => one.source))].join(", ")}`] : []),
    ];
    const words = group ? `${group.length} more ${plural(own[0]?.words ?? "")} ${named(own[0]?.of ?? n)}` : about.label;
    return [
      {
        id: `d${n}`,
        name: words,
        note: [date, ...(group ? [] : told)].join(" · "),
        href: about.href,
        layers: all.map((one) => layer[one] ?? -1),
        unsure: all.some((one) => data.documents[one]?.unsure === true),
        strands,
      },
    ];
  });
};

/** “repeats, word for word” of one is “repeat, word for word” of several. */
const plural = (words: string): string => words.replace(/^(\w+)s\b/, "$1");

/** Many lines in one, counted. */
const counted = (rows: readonly Row[], name: string, id: string): Row => ({
  id,
  name,
  note: "",
  href: rows[0]?.href ?? "",
  layers: rows.flatMap((row) => row.layers),
  unsure: false,
  strands: [],
});

const sizeOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.layers.length, 0);

/** The first line, then those that stand for most or that most is drawn from; the others counted. */
const shortened = (rows: readonly Row[], n: number): readonly Row[] => {
  if (rows.length <= ROWS_MAX) return rows;
  const drawnOn = (row: Row): number => rows.filter((one) => one.strands.some((strand) => strand.from === row.id)).length;
  const order = [...rows.keys()].slice(1).sort((a, b) => sizeOf([rows[b]!]) + drawnOn(rows[b]!) - sizeOf([rows[a]!]) - drawnOn(rows[a]!) || a - b);
  const kept = new Set([0, ...order.slice(0, ROWS_MAX - 2)]);
  const rest = rows.filter((_, at) => !kept.has(at));
  return [...rows.filter((_, at) => kept.has(at)), counted(rest, `${count(sizeOf(rest), "more document")}`, `more${n}`)];
};

const boxesOf = (data: Origins, layer: readonly number[]): Box[] => {
  const first = (members: readonly number[]): number => [...members].sort(byTime(data))[0] ?? 0;
  const order = [...data.origins].sort((a, b) => byTime(data)(first(a), first(b)));
  const all = order.map((members) => rowsOf(members, data, layer));
  const used = new Set(all.flatMap((rows) => rows.flatMap((row) => row.strands.map((strand) => strand.from))));
  const isAlone = (rows: readonly Row[]): boolean => rows.length === 1 && rows.every((row) => row.layers.length === 1 && !row.strands.length && !used.has(row.id));
  const alone = all.filter(isAlone);
  const told = alone.length > ALONE_MAX ? all.filter((rows) => !isAlone(rows)) : all;
  const largest = new Set([...told].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, BOXES_MAX));
  const kept = told.length > BOXES_MAX + 1 ? told.filter((rows) => largest.has(rows)) : told;
  const rest = told.filter((rows) => !kept.includes(rows));
  const outside = outletsOf(kept.flat());
  const isCrowded = outside.reduce((sum, [, n]) => sum + n, 0) > OUTSIDE_LINES_MAX;
  const outlets = outside.slice(0, OUTSIDE_MAX).map(([id, n]): Row => {
    const note = isCrowded ? `not a document here; ${count(n, "document")} passes it on`.replace(/s passes/, "s pass") : "not a document here";
    return { id: isCrowded ? `~${id}` : id, name: id.slice(1), note, href: "", layers: [], unsure: true, strands: [] };
  });
  return [
    ...(outlets.length ? [{ kind: "outside" as const, rows: outlets }] : []),
    ...kept.map((rows, n): Box => ({ kind: "origin", rows: shortened(rows, n) })),
    ...(rest.length ? [{ kind: "origin" as const, rows: [counted(rest.flat(), `${count(rest.length, "more origin")} of ${count(sizeOf(rest.flat()), "document")}`, "rest")] }] : []),
    ...(alone.length > ALONE_MAX ? [{ kind: "origin" as const, rows: [counted(alone.flat(), `${alone.length} documents that stand alone`, "alone")] }] : []),
  ];
};

/** Who is passed on without being a document here, those most often first. */
const outletsOf = (rows: readonly Row[]): (readonly [string, number])[] => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const { from } of row.strands) if (from.startsWith("o")) counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
};

const sayDay = (day: number): string => {
  const t = new Date(day * DAY);
  return `${t.getUTCDate()} ${MONTHS[t.getUTCMonth()]} ${t.getUTCFullYear()}`;
};

/** The days over the layers, first the outermost, then what has room. */
const header = (days: readonly number[], x: (layer: number) => number, most: number): SVGElement[] => {
  const taken: { from: number; to: number }[] = [];
  const order = [0, days.length - 1, ...days.keys()].filter((n, at, all) => n >= 0 && all.indexOf(n) === at);
  return order.flatMap((n) => {
    const said = sayDay(days[n] ?? 0);
    const half = widthOf(said, 11) / 2;
    const at = Math.max(half, Math.min(x(n), most - half));
    if (taken.some((one) => at - half < one.to + 8 && one.from - 8 < at + half)) return [];
    taken.push({ from: at - half, to: at + half });
    return [text(said, at, 11, "tick")];
  });
};

const strandOf = (strand: Strand, from: readonly [number, number], to: readonly [number, number]): SVGElement => {
  const end = [to[0] - 8, to[1]] as const;
  const out = Math.min(from[0], to[0]) - 20;
  const d =
    to[0] - from[0] > 30
      ? curve(from, end)
      : `M${from[0]},${from[1]}C${out},${from[1]} ${out},${end[1]} ${end[0]},${end[1]}`;
  const weight = strand.probability === null ? 0.6 : 0.35 + 0.65 * strand.probability;
  return mark(
    `#${strand.cites[0] ?? ""}`,
    strand.said,
    strand.cites,
    svg("path", { class: "hit", d }),
    svg("path", { class: `strand ${strand.kind}`, d: d ?? "", "stroke-opacity": weight }),
    svg("path", { class: "arrow", d: `M${end[0] + 2},${end[1]}l-7,-3.5v7z` }),
  );
};

const draw = (data: Origins, width: number): Drawn => {
  const { days, layer } = daysOf(data.documents);
  const boxes = boxesOf(data, layer);
  const isNarrow = width < NARROW;
  const hasOutside = boxes.some((box) => box.kind === "outside") || layer.includes(-1);
  const left = 34 + (hasOutside ? 16 : 0);
  const reach = Math.min((days.length - 1) * LAYER_PX, width * (isNarrow ? 0.28 : 0.32));
  const step = days.length > 1 ? reach / (days.length - 1) : 0;
  const x = (n: number): number => (n < 0 ? 30 : left + n * step);
  const names = left + Math.max(reach, 0) + 22;
  const places = new Map<string, readonly [number, number]>();
  const frames: SVGElement[] = [];
  const height = isNarrow ? ROW_NARROW : ROW;
  let y = HEAD;
  for (const box of boxes) {
    const all = box.rows.length * height + 2 * PAD;
    frames.push(svg("rect", { class: `box ${box.kind}`, x: 1, y, width: width - 2, height: all, rx: 5 }));
    box.rows.forEach((row, n) => {
      const layer = box.kind === "outside" ? -1 : Math.min(...row.layers);
      places.set(row.id, [x(layer), y + PAD + (n + 0.5) * height]);
    });
    y += all + BETWEEN;
  }
  const lines = boxes.flatMap((box) =>
    box.rows.flatMap((row) => {
      const [at, line] = places.get(row.id) ?? [0, 0];
      const last = x(Math.max(...row.layers, -1));
      const name = clipped(row.name, width - names - 10);
      const after = isNarrow ? names : names + widthOf(name) + 8;
      const [above, below] = isNarrow && row.note ? [line - 4, line + 12] : [line + 4, line + 4];
      const note = clipped(row.note, width - after - 10);
      const isOutside = box.kind === "outside";
      const shape = isOutside
        ? svg("rect", { class: "dot hollow", x: at - 4.5, y: line - 4.5, width: 9, height: 9 })
        : last > at
          ? svg("rect", { class: "span", x: at - 5, y: line - 5, width: last - at + 10, height: 10, rx: 5 })
          : svg("circle", { class: row.unsure ? "dot hollow" : "dot", cx: at, cy: line, r: row.layers.length > 1 ? 7 : 5 });
      const inside = [
        svg("rect", { class: "hit", x: names - 6, y: line - height / 2 + 1, width: width - names - 2, height: height - 2, rx: 3 }),
        svg("line", { class: "lead", x1: Math.max(last, at) + 8, x2: names - 6, y1: line, y2: line }),
        shape,
        text(name, names, above, "value"),
        ...(note ? [text(note, after, below, "voices")] : []),
      ];
      const said = [row.name, row.note].filter(Boolean).join(", ");
      return [
        isOutside ? svg("g", {}, ...inside) : mark(row.href, said, [], ...inside),
        ...row.strands.flatMap((strand) => {
          const from = places.get(strand.from);
          return from ? [strandOf(strand, from, [at, line])] : [];
        }),
      ];
    }),
  );
  const kinds = new Set(boxes.flatMap((box) => box.rows.flatMap((row) => row.strands.map((strand) => strand.kind))));
  return {
    height: y,
    label: `${count(data.documents.length, "document")} of ${count(data.origins.length, "independent origin")}, in the order of publication; the list says the same in words.`,
    nodes: [...header(days, x, width), ...frames, ...lines],
    key: [
      "Each box is one origin; days from left to right, not to scale",
      kinds.size ? "lines: from whom it has it" : "",
      kinds.has("passed") ? "dotted: named as its source" : "",
      data.documents.some((one) => one.unsure) ? "hollow: day not known" : "",
    ]
      .filter(Boolean)
      .join(" · "),
  };
};

export const origins = (): void => {
  const given = data<Given>("origins");
  const found = given && {
    ...given,
    links: given.links.map(([copy, of, kind, probability, ...cites]) => ({ copy, of, kind, probability, cites, words: given.words[kind] ?? kind })),
  };
  if (found && (found.documents.length > 1 || found.passed_on.length)) drawInto("origins", (width) => draw(found, width));
};
