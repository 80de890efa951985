/** Passages as the page itself holds them: their words in the full texts, and what rests on them. */

import { fullText } from "./texts";

/** Characters of context before and after a passage: about two lines each. */
const CONTEXT = 180;
const LABEL_MAX = 160;

export interface Passage {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly dated: string;
  readonly origin: string;
  readonly speakers: string;
  readonly language: string;
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

export interface Use {
  readonly section: string;
  readonly label: string;
  readonly target: string;
}

export const SHOWS = "a.note, a.claim, [data-show]";

/** The line that a link to evidence belongs to. */
export const blockOf = (link: Element): Element =>
  link.closest(".cites, .timeline > li, .drawing, .link, .utterance") ?? link;

const numbered = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, k) => `p${first + k}`);

/** The ids of the passages that a mark stands for. */
const markedBy = (mark: Element): string[] => {
  const listed = mark.getAttribute("data-show");
  if (listed !== null) return listed.split(" ");
  const id = mark.getAttribute("href")?.slice(1) ?? "";
  const first = Number(id.slice(1));
  return numbered(first, Number(mark.getAttribute("data-to") ?? first));
};

/** The ids of the passages behind a link: its own, or those of the marks that follow it. */
export const behind = (link: Element): string[] => {
  if (!link.matches("a.claim") || link.hasAttribute("data-show")) return markedBy(link);
  const next = link.nextElementSibling;
  const marks = next?.matches(".notes") ? next : blockOf(link);
  return all(marks);
};

/** The ids of all passages that a line rests on. */
export const all = (block: Element): string[] => [
  ...new Set([...block.querySelectorAll("a.note")].flatMap(markedBy)),
];

const texts = (root: Element, skipped: string): TreeWalker =>
  document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(skipped) && root.contains(node.parentElement.closest(skipped))
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );

const plain = (root: Element, skipped: string): string => {
  const walker = texts(root, skipped);
  let out = "";
  while (walker.nextNode()) out += walker.currentNode.nodeValue ?? "";
  return out.replace(/\s+/g, " ").trim();
};

const before = (text: string): string => {
  const paragraph = text.slice(text.lastIndexOf("\n\n") + 1).trimStart();
  if (paragraph.length <= CONTEXT) return paragraph;
  const near = paragraph.slice(-CONTEXT);
  return `… ${near.slice(near.indexOf(" ") + 1)}`;
};

const after = (text: string): string => {
  const paragraph = (text.split("\n\n", 1)[0] ?? "").trimEnd();
  if (paragraph.length <= CONTEXT) return paragraph;
  const near = paragraph.slice(0, CONTEXT);
  return `${near.slice(0, near.lastIndexOf(" "))} …`;
};

/** The passage in its paragraph, with who says it, where and when; null where there is none. */
export const passage = (id: string): Passage | null => {
  const anchor = document.getElementById(id);
  const article = anchor?.closest(".text");
  const words = anchor?.closest<HTMLElement>(".words");
  if (!anchor || !article || !words) return null;
  const { text, spans } = fullText(words);
  const span = spans.find((one) => one.id === id);
  if (!span) return null;
  const said = (selector: string): string => article.querySelector(selector)?.textContent ?? "";
  return {
    id,
    source: said("h3"),
    title: said(".title"),
    dated: said(".imprint .dated"),
    origin: said(".imprint .origin"),
    speakers: (JSON.parse(words.dataset["speakers"] ?? "[]") as string[])[Number(anchor.dataset["by"])] ?? "",
    language: words.lang,
    // A little more than is shown, so that it is seen where the paragraph ends or is cut.
    before: before(text.slice(Math.max(0, span.start - 2 * CONTEXT), span.start)),
    words: text.slice(span.start, span.end),
    after: after(text.slice(span.end, span.end + 2 * CONTEXT)),
  };
};

const labelled = (block: Element): string => {
  const finding = block.closest(".finding")?.querySelector("h3");
  const person = block.closest(".person")?.querySelector("h3");
  const answer = block.querySelector(".value");
  const own = plain(answer && finding ? answer : block, "sup, cite, .mode, .tag, #evidence");
  const head = finding ? plain(finding, ".nth") : person ? plain(person, ".x") : "";
  const label = head ? `${head} ${own}` : own;
  return label.length > LABEL_MAX ? `${label.slice(0, label.lastIndexOf(" ", LABEL_MAX))} …` : label;
};

const sectionOf = (block: Element): string => block.closest("main > section")?.querySelector("h2")?.textContent ?? "";

let blocks: Map<string, Set<Element>> | null = null;

const blocksOn = (id: string): Iterable<Element> => {
  if (!blocks) {
    blocks = new Map();
    // The ledger and the facts of people say again what the findings say.
    const links = document.querySelectorAll("main a.note:not(#ledger a, .fact a), .link [data-show]");
    for (const link of links) {
      for (const one of markedBy(link)) {
        const known = blocks.get(one);
        if (known) known.add(blockOf(link));
        else blocks.set(one, new Set([blockOf(link)]));
      }
    }
  }
  return blocks.get(id) ?? [];
};

/** Everything on the page that rests on a passage, in the order of the page. */
export const uses = (id: string): Use[] =>
  [...blocksOn(id)].map((block) => ({
    section: sectionOf(block),
    label: labelled(block),
    target: block.id || (block.closest("[id]")?.id ?? ""),
  }));
