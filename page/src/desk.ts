/** What the pages of `consilience serve` do beyond being read and sent. Without scripts all of them work. */

import { deciding } from "./desk/deciding";
import { moved } from "./desk/moved";
import { sending } from "./desk/sending";
import { watchWork } from "./desk/work";
import { theme } from "./theme";

const THEME = "consilience-theme";

/** Light or dark as chosen last, on whichever page. */
const rememberTheme = (): void => {
  const root = document.documentElement;
  const chosen = localStorage.getItem(THEME);
  const button = document.querySelector<HTMLButtonElement>(".theme");
  if (chosen === "light" || chosen === "dark") {
    root.dataset["theme"] = chosen;
    if (button) button.textContent = chosen === "dark" ? "Light" : "Dark";
  }
  button?.addEventListener("click", () => {
    const now = root.dataset["theme"];
    if (now) localStorage.setItem(THEME, now);
  });
};

const isDossier = document.getElementById("account") !== null;
const isNow = location.pathname === "/";

if (!isDossier) theme();
rememberTheme();
if (isDossier && isNow) {
  void fetch("/api/me").then(async (answer) => {
    const me: unknown = answer.ok ? await answer.json() : null;
    if (typeof me === "object" && me !== null && "role" in me && me.role !== "read") deciding();
  });
  moved();
}
const main = document.querySelector("main");
if (main && !isDossier) {
  sending(main, (answer) => location.assign(answer.address));
  watchWork(main, () => undefined);
  main.querySelector<HTMLElement>(".notice[role=alert]")?.focus();
}
