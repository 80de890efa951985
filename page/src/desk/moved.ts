/** Says so when the case that is shown has changed behind the page. */

import { element } from "./asking";

const AGAIN_MS = 10_000;

interface Seen {
  readonly version: string;
  readonly work: { readonly status: string };
}

const isSeen = (found: unknown): found is Seen =>
  typeof found === "object" && found !== null && "version" in found && "work" in found;

export const moved = (): void => {
  let first: string | null = null;
  const said = element("p", {});
  const box = element("div", { class: "moved-on", role: "status" }, said);
  document.body.append(box);
  box.hidden = true;

  const say = (seen: Seen): void => {
    first ??= seen.version;
    const isTelling = seen.work.status === "telling";
    box.hidden = !isTelling && seen.version === first;
    const words = isTelling ? "The case is being told again." : "The case has changed. ";
    if (box.hidden || said.textContent?.startsWith(words)) return;
    said.replaceChildren(words, ...(isTelling ? [] : [element("a", { href: location.pathname }, "Show it as it is now")]));
  };
  const look = async (): Promise<void> => {
    if (document.visibilityState === "visible") {
      const answer = await fetch("/api/case").catch(() => null);
      const found: unknown = answer?.ok ? await answer.json() : null;
      if (isSeen(found)) say(found);
    }
    setTimeout(look, AGAIN_MS);
  };
  void look();
};
