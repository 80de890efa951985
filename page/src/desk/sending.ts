/** Forms sent without leaving the page, so that nothing typed or chosen is lost when one is refused. */

import { type Answer, ask, element, isLogin } from "./asking";

const notice = (heading: string, ...said: readonly (Node | string)[]): HTMLElement =>
  element("div", { class: "notice bad", role: "alert", tabindex: "-1" }, element("h2", {}, heading), element("p", {}, ...said));

const refusal = (answer: Answer): HTMLElement => {
  if (isLogin(answer) || answer.status === 401) {
    const way = element("a", { href: "/login", target: "_blank", rel: "noopener" }, "Sign in in another tab");
    return notice("You are no longer signed in", way, ", then send this again. What you typed stands here.");
  }
  const found = answer.page?.querySelector(".notice[role=alert]");
  if (found) return document.importNode(found, true) as HTMLElement;
  const said = answer.page?.querySelector("main .lede")?.textContent ?? "";
  return notice("That was not kept", said || `The server answered ${answer.status}.`, " What you typed stands here.");
};

const bodyOf = (form: HTMLFormElement): FormData | URLSearchParams => {
  const typed = new FormData(form);
  if (form.enctype === "multipart/form-data") return typed;
  const body = new URLSearchParams();
  for (const [key, value] of typed) body.append(key, typeof value === "string" ? value : value.name);
  return body;
};

/** Say in `room` why a form was refused, and let it be sent again on top of what is known now. */
const refuse = (room: Element, shown: HTMLElement, answer: Answer | null): void => {
  for (const old of room.querySelectorAll(".notice[role=alert]")) old.remove();
  const first = room.querySelector(".lede") ?? room.querySelector("h1");
  if (first) first.after(shown);
  else room.prepend(shown);
  const version = answer?.page?.querySelector<HTMLInputElement>("input[name=version]")?.value;
  if (version) for (const seen of room.querySelectorAll<HTMLInputElement>("input[name=version]")) seen.value = version;
  shown.focus();
};

/** Send every form of `room` that posts; `taken` is told of the page that answered. */
export const sending = (room: Element, taken: (answer: Answer) => void): void => {
  room.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || form.closest("footer, .login, .check")) return;
    event.preventDefault();
    const button = form.querySelector("button")!;
    const called = button.textContent;
    button.disabled = true;
    button.textContent = "Sending …";
    ask("POST", form.action, bodyOf(form))
      .then((answer) => {
        if (answer.status < 400 && !isLogin(answer)) taken(answer);
        else refuse(room, refusal(answer), answer);
      })
      .catch(() => refuse(room, notice("The server did not answer", "What you typed stands here; send it again."), null))
      .finally(() => {
        button.disabled = false;
        button.textContent = called;
      });
  });
};
