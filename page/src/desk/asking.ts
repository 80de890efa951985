/** Pages asked for behind the one that is open. The browser parses them; none of their scripts runs. */

export interface Answer {
  readonly status: number;
  readonly address: string;
  readonly page: Document | null;
}

export const ask = (method: "GET" | "POST", address: string, body: FormData | URLSearchParams | null = null): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.responseType = "document";
    request.addEventListener("load", () =>
      resolve({ status: request.status, address: request.responseURL, page: request.responseXML }),
    );
    request.addEventListener("error", () => reject(new Error("no answer")));
    request.send(body);
  });

/** What a page says in its main part, as nodes of this one. */
export const mainOf = (answer: Answer): Node[] => {
  const main = answer.page?.querySelector("main");
  return main ? [...main.childNodes].map((node) => document.importNode(node, true)) : [];
};

export const isLogin = (answer: Answer): boolean => new URL(answer.address, location.href).pathname === "/login";

export const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
