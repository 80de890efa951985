/** Light or dark: as the system has it until the reader says otherwise. */

export const theme = (): void => {
  const button = document.querySelector<HTMLButtonElement>(".theme")!;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = (): boolean => (document.documentElement.dataset["theme"] ?? (dark.matches ? "dark" : "light")) === "dark";
  const name = (): void => {
    button.textContent = isDark() ? "Light" : "Dark";
  };
  button.addEventListener("click", () => {
    document.documentElement.dataset["theme"] = isDark() ? "light" : "dark";
    name();
  });
  dark.addEventListener("change", name);
  button.parentElement!.hidden = false;
  name();
};
