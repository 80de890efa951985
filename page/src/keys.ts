/** Keys for those who read with them: from sentence to sentence, to the evidence and back. */

import type { Evidence } from "./evidence";

const KEPT = "letters-are-keys";

/** A page opened from disk may be denied any memory; then the choice lasts as long as the page. */
const remembered = (): string | null => {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
};

const remember = (value: string): void => {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    return;
  }
};

export const keys = (evidence: Evidence): void => {
  const help = document.querySelector<HTMLDialogElement>("#help")!;
  const letters = help.querySelector<HTMLInputElement>(".letters")!;
  letters.checked = remembered() !== "no";
  letters.addEventListener("change", () => remember(letters.checked ? "yes" : "no"));
  document.querySelector(".open-help")?.addEventListener("click", () => help.showModal());
  help.querySelector(".close-help")?.addEventListener("click", () => help.close());

  const actions: Readonly<Record<string, () => void>> = {
    j: () => evidence.step(1),
    k: () => evidence.step(-1),
    e: evidence.swap,
    "?": () => help.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (at instanceof Element && at.matches("input, textarea, select, [contenteditable]")) return;
    if (event.key === "Escape") return evidence.close();
    const act = actions[event.key];
    if (!act || !letters.checked) return;
    event.preventDefault();
    act();
  });
};
