/** The full texts as plain text, with the places where passages begin and end in them. */

interface Piece {
  readonly node: Text;
  readonly start: number;
}

interface Span {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

interface FullText {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly spans: readonly Span[];
}

const known = new WeakMap<Element, FullText>();

const read = (words: Element): FullText => {
  const filter = (node: Node): number =>
    (node instanceof Element && node.id === "evidence") || node.parentElement?.tagName === "A"
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT;
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, filter);
  const pieces: Piece[] = [];
  const spans: Span[] = [];
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Text) {
      pieces.push({ node, start: text.length });
      text += node.data;
    } else if (node instanceof HTMLAnchorElement && node.dataset["n"]) {
      spans.push({ id: node.id, start: text.length, end: text.length + Number(node.dataset["n"]) });
    }
  }
  return { text, pieces, spans };
};

export const fullText = (words: Element): FullText => {
  const found = known.get(words) ?? read(words);
  known.set(words, found);
  return found;
};

const placeOf = (pieces: readonly Piece[], offset: number): [Text, number] | null => {
  let piece: Piece | undefined;
  for (const one of pieces) {
    if (one.start > offset) break;
    piece = one;
  }
  return piece ? [piece.node, Math.min(offset - piece.start, piece.node.length)] : null;
};

const rangeOf = (id: string): Range | null => {
  const words = document.getElementById(id)?.closest(".words");
  const found = words && fullText(words);
  const span = found?.spans.find((one) => one.id === id);
  const from = found && span && placeOf(found.pieces, span.start);
  const to = found && span && placeOf(found.pieces, span.end);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
};

/** Marks the words of these passages, and no others, as those that are shown. */
export const light = (ids: readonly string[]): void => {
  if (!("highlights" in CSS)) return;
  CSS.highlights.set("lit", new Highlight(...ids.flatMap((id) => rangeOf(id) ?? [])));
};

/** The passages that cover the letter at a point of the screen, the shortest first. */
export const passagesAt = (words: Element, x: number, y: number): string[] => {
  const at = document.caretPositionFromPoint(x, y);
  const { pieces, spans } = fullText(words);
  const piece = pieces.find((one) => one.node === at?.offsetNode);
  if (!at || !piece) return [];
  const offset = piece.start + at.offset;
  return spans
    .filter((span) => span.start <= offset && offset <= span.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start))
    .map((span) => span.id);
};

/** Passages without a note are led to by scripts alone, so their addresses are filled in, when seen. */
export const link = (): void => {
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      for (const number of target.querySelectorAll<HTMLAnchorElement>(".words a:not([href])")) number.href = `#${number.id}`;
    }
  }, { rootMargin: "100%" });
  for (const article of document.querySelectorAll(".text")) seen.observe(article);
};
