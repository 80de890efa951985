"use strict";
(() => {
  const panel = document.getElementById("evidence");
  const cards = panel.querySelector(".cards");
  const place = panel.parentElement;
  const wide = window.matchMedia("(min-width: 64rem)");
  let shown = null;

  const block = (link) => link.closest(".sentence, .candidates > li, .utterance, .timeline > li, .link") || link;

  const put = () => {
    if (!shown || wide.matches) place.append(panel);
    else if (block(shown).tagName === "LI") block(shown).append(panel);
    else block(shown).after(panel);
  };

  const close = (refocus) => {
    if (!shown) return;
    block(shown).classList.remove("shown");
    if (refocus) shown.focus();
    shown = null;
    panel.hidden = true;
    put();
  };

  const open = (link) => {
    close(false);
    shown = link;
    block(link).classList.add("shown");
    cards.replaceChildren(
      ...link.dataset.show.split(" ").map((id) => document.getElementById(`card-${id}`).content.cloneNode(true)),
    );
    panel.hidden = false;
    panel.scrollTop = 0;
    put();
  };

  const light = (id) => {
    for (const mark of document.querySelectorAll(".lit")) mark.classList.remove("lit");
    if (/^p\d+$/.test(id)) for (const mark of document.getElementsByClassName(id)) mark.classList.add("lit");
  };

  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    light(id);
    const target = id && document.getElementById(id);
    const link = target && target.matches(".sentence, .timeline > li") && target.querySelector("[data-show]");
    if (link) open(link);
    if (target) for (let d = target.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest(".close")) return close(true);
    const link = event.target.closest("a[data-show]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === shown) close(true);
    else open(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close(true);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = document.activeElement;
    if (!step || !from.matches(".claim[data-show]")) return;
    const all = [...document.querySelectorAll(".claim[data-show]")];
    const next = all[all.indexOf(from) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (shown) open(next);
  });

  const theme = document.querySelector(".theme");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const name = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    name();
  });
  dark.addEventListener("change", name);
  theme.hidden = false;
  name();

  wide.addEventListener("change", put);
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => { for (const d of document.querySelectorAll("details")) d.open = true; });
  follow();
})();
