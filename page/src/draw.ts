/** What all drawings share: their data, their canvas, their marks. Outside text goes in as text only. */

export interface Interval {
  /** Milliseconds since 1970, UTC, half-open; null where the side is open or nothing is known. */
  readonly start: number | null;
  readonly end: number | null;
}

type Attributes = Readonly<Record<string, string | number>>;

const SVG = "http://www.w3.org/2000/svg";
/** Where a figure has no width of its own, as in print of what was never unfolded. */
const WIDTH = 680;
export const FONT_PX = 12;

export const data = <T>(name: string): T | undefined => {
  const block = document.getElementById("drawings");
  return block ? (JSON.parse(block.textContent ?? "{}") as Record<string, T>)[name] : undefined;
};

export const svg = (tag: string, attributes: Attributes = {}, ...inside: readonly (Node | string)[]): SVGElement => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
  }
  node.append(...inside);
  return node;
};

export const text = (words: string, x: number, y: number, kind: string): SVGElement =>
  svg("text", { x, y, class: kind }, words);

const pen = document.createElement("canvas").getContext("2d");
const family = getComputedStyle(document.body).fontFamily;

/** How wide words are drawn; bold ones a little more. */
export const widthOf = (words: string, size = FONT_PX): number => {
  if (!pen) return words.length * size * 0.6;
  pen.font = `600 ${size}px ${family}`;
  return pen.measureText(words).width;
};

/** The words as far as there is room for them; empty where hardly any is. */
export const clipped = (words: string, room: number): string => {
  if (widthOf(words) <= room) return words;
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${words.slice(0, middle)}…`) <= room) low = middle;
    else high = middle - 1;
  }
  // Half of a pair that makes one sign is no sign.
  const kept = words.slice(0, low).replace(/[\uD800-\uDBFF]$/, "").trimEnd();
  return kept.length < 3 ? "" : `${kept.replace(/[\s,;:–—-]+$/, "")}…`;
};

/** From one point to another, leaving and arriving level. */
export const curve = ([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): string => {
  const x = (x0 + x1) / 2;
  return `M${x0},${y0}C${x},${y0} ${x},${y1} ${x1},${y1}`;
};

/** What can be chosen: a link that says all in words, with or without the words it rests on. */
export const mark = (href: string, said: string, cites: readonly string[], ...inside: readonly Node[]): SVGElement =>
  svg(
    "a",
    { class: "mark", href, "aria-label": said, ...(cites.length ? { "data-show": cites.join(" ") } : {}) },
    svg("title", {}, said),
    ...inside,
  );

/** One stop of the tab key for a drawing; the arrows go on from there. */
const steer = (drawing: SVGElement): void => {
  const marks = [...drawing.querySelectorAll<SVGElement>("a.mark")];
  const hold = (n: number): void => marks.forEach((one, i) => one.setAttribute("tabindex", i === n ? "0" : "-1"));
  const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  hold(0);
  drawing.addEventListener("focusin", (event) => {
    const at = marks.findIndex((one) => one === event.target);
    if (at >= 0) hold(at);
  });
  drawing.addEventListener("keydown", (event) => {
    const at = marks.findIndex((one) => one === document.activeElement);
    const step = steps[event.key];
    const to = { Home: 0, End: marks.length - 1 }[event.key] ?? (step ? at + step : -1);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || !marks[to]) return;
    event.preventDefault();
    event.stopPropagation();
    marks[to].focus();
  });
};

export interface Drawn {
  readonly height: number;
  readonly label: string;
  readonly nodes: readonly Node[];
  /** What the marks mean, for who sees them. */
  readonly key?: string;
}

type Put = (width: number) => void;

const puts = new Map<Element, Put>();
const widths = new Map<Element, number>();
// All are measured before any is drawn, a frame later: a long page is laid out once, not once a drawing.
const sizes = new ResizeObserver((seen) => {
  if (!widths.size) {
    requestAnimationFrame(() => {
      for (const [figure, width] of widths) puts.get(figure)?.(width);
      widths.clear();
    });
  }
  for (const one of seen) widths.set(one.target, Math.floor(one.contentRect.width));
});

// What is far from the window is drawn when it comes near, so that a long page opens fast.
const near = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      sizes.observe(target);
    }
  },
  { rootMargin: "100%" },
);

/** Draws into the figures of that name, as wide as they are, and again when their width changes. */
export const drawInto = (name: string, draw: (width: number) => Drawn | null): void => {
  for (const figure of document.querySelectorAll<HTMLElement>(`[data-drawing="${CSS.escape(name)}"]`)) {
    let drawnWidth = 0;
    const put = (width: number): void => {
      if (width <= 0 || width === drawnWidth) return;
      drawnWidth = width;
      const drawn = draw(width);
      figure.hidden = drawn === null;
      if (!drawn) return;
      const { height, label, nodes, key } = drawn;
      const had = figure.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
      const drawing = svg(
        "svg",
        { viewBox: `0 0 ${width} ${Math.ceil(height)}`, width, height: Math.ceil(height), role: "group", "aria-label": label },
        ...nodes,
      );
      const caption = document.createElement("figcaption");
      caption.textContent = key ?? "";
      figure.replaceChildren(drawing, ...(key ? [caption] : []));
      steer(drawing);
      if (had) drawing.querySelector<SVGElement>(`a[href="${CSS.escape(had)}"]`)?.focus();
    };
    figure.hidden = false;
    puts.set(figure, put);
    near.observe(figure);
    window.addEventListener("beforeprint", () => put(drawnWidth || WIDTH));
  }
};
