/** The arrows go from line to line and take the evidence with them; Escape closes it. */

import type { Evidence } from "./evidence";

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export const keys = (evidence: Evidence): void => {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return evidence.close(true);
    const step = STEPS[event.key];
    const from = document.activeElement;
    if (!step || !(from instanceof HTMLElement) || !from.matches(".claim[data-show]")) return;
    const all = [...document.querySelectorAll<HTMLElement>(".claim[data-show]")];
    const next = all[all.indexOf(from) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (evidence.isOpen()) evidence.open(next);
  });
};
