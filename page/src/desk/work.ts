/** How far the telling of the case is, looked at again until it has ended. */

import { ask } from "./asking";

const AGAIN_MS = 1000;

/** Keep what `room` holds of the work up to date; `ended` is called once it is done or has failed. */
export const watchWork = (room: ParentNode, ended: () => void): void => {
  const work = room.querySelector<HTMLElement>("#work");
  const address = work?.dataset["again"];
  if (!work || !address || work.dataset["status"] !== "telling") return;

  const look = (): void => {
    if (!work.isConnected) return;
    ask("GET", address)
      .then(({ page }) => {
        const now = page?.querySelector<HTMLElement>("#work");
        if (!now) return setTimeout(look, AGAIN_MS);
        if (now.dataset["status"] !== "telling") {
          const shown = document.importNode(now, true);
          work.replaceWith(shown);
          const heading = shown.querySelector("h1");
          heading?.setAttribute("tabindex", "-1");
          heading?.focus();
          return ended();
        }
        const [stage, told] = [work.querySelector("#stage"), now.querySelector("#stage")?.textContent ?? ""];
        if (stage && stage.textContent !== told) stage.textContent = told;
        const [bar, far] = [work.querySelector("progress"), now.querySelector("progress")];
        if (bar && far?.hasAttribute("value")) [bar.max, bar.value] = [far.max, far.value];
        return setTimeout(look, AGAIN_MS);
      })
      .catch(() => setTimeout(look, AGAIN_MS));
  };
  setTimeout(look, AGAIN_MS);
};
