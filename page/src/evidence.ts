/** The words behind a line, shown beside it. */

const BLOCKS = ".sentence, .candidates > li, .utterance, .timeline > li, .link";

export interface Evidence {
  readonly isOpen: () => boolean;
  readonly open: (link: HTMLElement) => void;
  readonly close: (refocus: boolean) => void;
}

const blockOf = (link: HTMLElement): HTMLElement => link.closest<HTMLElement>(BLOCKS) ?? link;

const light = (id: string): void => {
  for (const mark of document.querySelectorAll(".lit")) mark.classList.remove("lit");
  if (!/^p\d+$/.test(id)) return;
  for (const mark of document.getElementsByClassName(id)) mark.classList.add("lit");
};

const unfold = (from: Element): void => {
  for (let d = from.closest("details"); d; d = d.parentElement?.closest("details") ?? null) d.open = true;
};

export const evidence = (): Evidence => {
  const panel = document.getElementById("evidence")!;
  const cards = panel.querySelector(".cards")!;
  const place = panel.parentElement!;
  const wide = window.matchMedia("(min-width: 64rem)");
  let shown: HTMLElement | null = null;

  const put = (): void => {
    const block = shown && blockOf(shown);
    if (!block || wide.matches) place.append(panel);
    else if (block.tagName === "LI") block.append(panel);
    else block.after(panel);
  };

  const close = (refocus: boolean): void => {
    if (!shown) return;
    blockOf(shown).classList.remove("shown");
    if (refocus) shown.focus();
    shown = null;
    panel.hidden = true;
    put();
  };

  const open = (link: HTMLElement): void => {
    close(false);
    shown = link;
    blockOf(link).classList.add("shown");
    const ids = (link.dataset["show"] ?? "").split(" ");
    const found = ids.map((id) => document.getElementById(`card-${id}`));
    cards.replaceChildren(
      ...found.flatMap((card) => (card instanceof HTMLTemplateElement ? [card.content.cloneNode(true)] : [])),
    );
    panel.hidden = false;
    panel.scrollTop = 0;
    put();
  };

  const follow = (): void => {
    const id = decodeURIComponent(location.hash.slice(1));
    light(id);
    const target = id ? document.getElementById(id) : null;
    if (!target) return;
    const link = target.matches(".sentence, .timeline > li") && target.querySelector<HTMLElement>("[data-show]");
    if (link) open(link);
    unfold(target);
  };

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest(".close")) return close(true);
    const link = event.target.closest<HTMLElement>("a[data-show]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === shown) close(true);
    else open(link);
  });

  wide.addEventListener("change", put);
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll("details")) d.open = true;
  });
  follow();
  return { isOpen: () => shown !== null, open, close };
};
