/** The words behind a line, shown beside it; and what rests on words, shown with them. */

import { all, behind, blockOf, passage, SHOWS, uses } from "./passages";
import type { Passage } from "./passages";
import { light, link, passagesAt } from "./texts";

export interface Evidence {
  readonly isOpen: () => boolean;
  readonly step: (by: 1 | -1) => void;
  readonly swap: () => void;
  readonly close: () => void;
}

/** What is shown: by whose choice, for which line, and on which passages it rests. */
interface Choice {
  readonly chosen: Element;
  readonly block: Element;
  readonly ids: readonly string[];
  readonly title: string;
  readonly isPassage: boolean;
}

/** More cards than these are made when they are asked for. */
const CARDS_MAX = 25;

const element = (tag: string, className: string, ...children: (Node | string)[]): HTMLElement => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

const linked = (href: string, text: string): HTMLElement => {
  const made = element("a", "", text);
  made.setAttribute("href", href);
  return made;
};

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

const resting = (id: string, isOpen: boolean): HTMLElement | null => {
  const found = uses(id);
  if (found.length === 0) return null;
  const list = element("ul", "");
  let section = "";
  for (const use of found) {
    if (use.section !== section) list.append(element("li", "in", (section = use.section)));
    list.append(element("li", "", linked(`#${use.target}`, use.label)));
  }
  const made = element("details", "resting", element("summary", "", `What rests on these words (${found.length})`), list);
  made.toggleAttribute("open", isOpen);
  return made;
};

const card = (one: Passage, isOpen: boolean): HTMLElement => {
  const quoted = element("blockquote", "", element("span", "", one.before), element("mark", "", one.words), element("span", "", one.after));
  quoted.dir = "auto";
  if (one.language) quoted.lang = one.language;
  const where = [one.dated, one.origin].filter(Boolean).join(" · ");
  const head = element("p", "from", element("strong", "", element("bdi", "", one.source)), " ", element("span", "dated", where));
  const title = one.title ? [element("p", "title", element("bdi", "", one.title))] : [];
  const by = element("p", "by", ...(one.speakers ? ["In the words of ", element("bdi", "", one.speakers)] : ["The source says it itself"]));
  const rests = resting(one.id, isOpen);
  return element("article", "card", head, ...title, by, quoted, element("p", "more", linked(`#${one.id}`, `Passage ${one.id.slice(1)} in the full text`)), ...(rests ? [rests] : []));
};

const unfold = (from: Element): void => {
  for (let d = from.closest("details"); d; d = d.parentElement?.closest("details") ?? null) d.open = true;
};

const sentenceTitle = (sentence: Element): string => `Sentence ${sentence.id.slice(1)}`;

const ofLine = (chosen: Element): Choice => {
  const block = blockOf(chosen);
  const isStretch = chosen.matches(".sentence a.claim") && block.querySelectorAll("a.claim").length > 1;
  const isAll = chosen === block || (block.matches(".sentence") && !isStretch && !chosen.matches(".note"));
  const title = block.matches(".sentence") ? `${sentenceTitle(block)}${isAll ? "" : ", in part"}` : "The words behind it";
  return { chosen, block, ids: isAll ? all(block) : behind(chosen), title, isPassage: false };
};

const ofPassages = (chosen: Element, ids: readonly string[]): Choice => {
  const title = ids.length === 1 ? `Passage ${ids[0]?.slice(1)}` : `${ids.length} passages`;
  return { chosen, block: chosen, ids, title, isPassage: true };
};

const addressOf = ({ chosen, block, ids, isPassage }: Choice): string => {
  if (isPassage || chosen.matches("a.note")) return `#${ids[0] ?? ""}`;
  const id = chosen.id || block.id || block.closest("[id]")?.id;
  return id ? `#${id}` : "";
};

export const evidence = (): Evidence => {
  const panel = document.getElementById("evidence")!;
  const heading = panel.querySelector<HTMLElement>("h2")!;
  const [basis, cards, waiting] = [".basis", ".cards", ".waiting"].map((s) => panel.querySelector<HTMLElement>(s)!) as [HTMLElement, HTMLElement, HTMLElement];
  const closing = panel.querySelector<HTMLElement>(".close")!;
  const spoken = document.querySelector<HTMLElement>(".spoken")!;
  const place = panel.parentElement!;
  const wide = window.matchMedia("(min-width: 64rem)");
  const idle = heading.textContent ?? "";
  let shown: Choice | null = null;

  /** Wide: in the column beside the text. Narrow: below the line that it is for. */
  const put = (): void => {
    panel.hidden = !shown && !wide.matches;
    if (!shown || wide.matches) return place.append(panel);
    const { block } = shown;
    const text = block.closest(".words");
    const host = text
      ? [...text.children].find((child) => child.contains(block))
      : block.closest(".sentence") ?? block.closest("p, li, td, blockquote, figure, .utterance");
    if (host?.matches("li, td")) host.append(panel);
    else (host ?? block).after(panel);
  };

  const fill = (ids: readonly string[], isPassage: boolean): void => {
    const found = ids.flatMap((id) => passage(id) ?? []);
    const sources = new Set(found.map((one) => one.source + one.dated)).size;
    const origins = new Set(found.map((one) => one.origin || one.source)).size;
    basis.textContent = isPassage ? "" : `${counted(found.length, "passage")} in ${counted(sources, "document")} of ${counted(origins, "independent origin")}`;
    const made = found.slice(0, CARDS_MAX).map((one) => card(one, isPassage));
    if (found.length > CARDS_MAX) {
      const more = element("button", "", `Show ${found.length - CARDS_MAX} more`);
      more.addEventListener("click", () => more.replaceWith(...found.slice(CARDS_MAX).map((one) => card(one, isPassage))));
      made.push(more);
    }
    cards.replaceChildren(...made);
  };

  const unmark = (): void => {
    shown?.block.classList.remove("shown");
    shown?.chosen.classList.remove("shown");
    shown?.chosen.removeAttribute("aria-current");
  };

  const clear = (): void => {
    unmark();
    shown = null;
    light([]);
    heading.textContent = idle;
    basis.textContent = "";
    cards.replaceChildren();
    waiting.hidden = false;
    closing.hidden = true;
    put();
  };

  const show = (choice: Choice): void => {
    unmark();
    shown = choice;
    (choice.title.endsWith("in part") ? choice.chosen : choice.block).classList.add("shown");
    choice.chosen.setAttribute("aria-current", "true");
    heading.textContent = choice.title;
    fill(choice.ids, choice.isPassage);
    light(choice.ids);
    waiting.hidden = true;
    closing.hidden = false;
    panel.scrollTop = 0;
    put();
    spoken.textContent = `${choice.title}: ${basis.textContent || "what rests on it"}, shown under Evidence.`;
  };

  /** Chosen by the reader, so that going back leads to what was shown before. */
  const choose = (choice: Choice, isStep = false): void => {
    show(choice);
    const address = addressOf(choice);
    if (!address || address === location.hash) return;
    if (isStep) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  };

  const back = (): void => {
    const line = shown?.chosen;
    const link = line?.matches("a") ? line : line?.querySelector("a");
    (link as HTMLElement | SVGElement | null | undefined)?.focus();
  };

  const close = (): void => {
    if (!shown) return;
    back();
    clear();
    history.pushState(null, "", location.pathname + location.search);
  };

  const follow = (): void => {
    const id = location.hash.slice(1);
    const target = id ? document.getElementById(id) : null;
    if (!target) return clear();
    unfold(target);
    if (/^p\d+$/.test(id)) show(ofPassages(target, [id]));
    else if (target.matches(".sentence, a.claim")) show(ofLine(target));
    else if (target.matches(".cites, .timeline > li")) {
      const link = target.querySelector("a.claim");
      if (link) show(ofLine(link));
    }
  };

  document.addEventListener("click", (event) => {
    const at = event.target;
    if (!(at instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (at.closest("#evidence .close")) return close();
    const number = at.closest(".words a");
    const shows = number ? null : at.closest(`main :is(${SHOWS})`);
    const words = at.closest("mark") && at.closest(".words");
    const sentence = at.closest(".sentence");
    let choice: Choice | null = null;
    if (number) choice = ofPassages(number, [number.id]);
    else if (shows && !shows.closest("#evidence")) choice = ofLine(shows);
    else if (words && window.getSelection()?.isCollapsed !== false) {
      const ids = passagesAt(words, event.clientX, event.clientY);
      const first = document.getElementById(ids[0] ?? "");
      if (first) choice = ofPassages(first, ids);
    }
    else if (sentence && !at.closest("a") && window.getSelection()?.isCollapsed !== false) choice = ofLine(sentence);
    if (!choice) return;
    event.preventDefault();
    if (choice.chosen === shown?.chosen) return close();
    choose(choice);
    // A click without a pointer comes from a key or a screen reader, which go on from the evidence.
    if (event.detail === 0) heading.focus();
    else if (!wide.matches) panel.scrollIntoView({ block: "nearest" });
  });

  const step = (by: 1 | -1): void => {
    const sentences = [...document.querySelectorAll(".sentence.cites")].filter((s) => s.querySelector("a"));
    const here = shown?.block.closest(".sentence") ?? document.activeElement?.closest(".sentence");
    const at = here ? sentences.indexOf(here) : by > 0 ? -1 : sentences.length;
    const next = sentences[at + by];
    if (!next) return;
    choose(ofLine(next), here !== undefined && here !== null);
    next.querySelector<HTMLElement>("a")?.focus();
  };

  const swap = (): void => {
    if (!shown) return;
    if (panel.contains(document.activeElement)) back();
    else heading.focus();
  };

  link();
  wide.addEventListener("change", put);
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll("details")) d.open = true;
  });
  if (location.hash) follow();
  else clear();
  return { isOpen: () => shown !== null, step, swap, close };
};
