/** On the dossier: a button at all that may be decided on, which opens its forms over the page. */

import { type Answer, ask, element, isLogin, mainOf } from "./asking";
import { sending } from "./sending";
import { watchWork } from "./work";

const THINGS = ["entity", "event", "finding", "claim"] as const;
const SELECTOR = THINGS.map((kind) => `[data-${kind}]`).join(", ");
const NAME_MAX_CHARS = 80;

const idOf = (thing: HTMLElement): string => THINGS.map((kind) => thing.dataset[kind]).find((id) => id) ?? "";

const nameOf = (thing: HTMLElement): string => {
  const named = thing.querySelector("h3 bdi, .what bdi") ?? thing.querySelector("bdi");
  return (named ?? thing).textContent.trim().slice(0, NAME_MAX_CHARS);
};

/** One dialog for all: `open` shows the forms of a record in it. */
const dialog = (): ((id: string, from: HTMLElement) => void) => {
  const room = element("div", {});
  const close = element("button", { type: "button" }, "Close");
  const shown = element("dialog", { class: "desk-dialog", "aria-label": "Decide" }, element("div", { class: "top" }, close), room);
  let from: HTMLElement | null = null;
  let isTold = false;

  const show = (answer: Answer): void => {
    if (isLogin(answer)) return location.assign(answer.address);
    room.replaceChildren(...mainOf(answer));
    const heading = room.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
    isTold ||= room.querySelector("#work") !== null;
    watchWork(room, () => undefined);
  };
  const load = (address: string): void => {
    ask("GET", address).then(show).catch(() => room.replaceChildren(element("p", { role: "alert" }, "The server did not answer. Close this and try again.")));
  };

  close.addEventListener("click", () => shown.close());
  // The dossier's keys are not for what is typed here.
  shown.addEventListener("keydown", (event) => event.stopPropagation());
  shown.addEventListener("close", () => {
    if (isTold) location.reload();
    else from?.focus();
  });
  room.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { pathname, hash } = new URL(link.href, location.href);
    if (pathname.startsWith("/records/")) {
      event.preventDefault();
      load(link.href);
    } else if (pathname === "/" && !isTold) {
      event.preventDefault();
      shown.close();
      location.hash = hash;
    } else if (pathname === "/") {
      event.preventDefault();
      if (hash) history.replaceState(null, "", `/${hash}`);
      location.reload();
    }
  });
  sending(room, show);
  document.body.append(shown);

  return (id, opener) => {
    from = opener;
    room.replaceChildren(element("p", { role: "status" }, "One moment …"));
    shown.showModal();
    load(`/records/${encodeURIComponent(id)}`);
  };
};

export const deciding = (): void => {
  const open = dialog();
  for (const thing of document.querySelectorAll<HTMLElement>(SELECTOR)) {
    const id = idOf(thing);
    if (!id || thing.closest("dialog")) continue;
    // An answer is decided on with its question.
    if (thing.dataset["claim"] && thing.parentElement?.closest("[data-finding]")) continue;
    const heading = thing.querySelector(":scope > h3, :scope > .when");
    const shown = heading ? "Decide" : "…";
    const button = element("button", { type: "button", class: "decide", "aria-haspopup": "dialog", "aria-label": `Decide on: ${nameOf(thing)}` }, shown);
    button.addEventListener("click", () => open(id, button));
    if (heading) {
      thing.classList.add("decidable");
      heading.after(button);
    } else thing.after(button);
  }
};
