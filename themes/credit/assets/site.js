// 长者模式 and 深色 (kept in this browser alone), the "/" key, copying and printing, and entries past their last day.
(() => {
  "use strict";
  const root = document.documentElement;
  const key = "site-mode";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const all = (selector) => [...document.querySelectorAll(selector)];
  let modes = new Set();
  try {
    modes = new Set((localStorage.getItem(key) || "").split(" ").filter((mode) => /^(elder|dark|light)$/.test(mode)));
  } catch { /* storage is closed: the choice lasts for this page */ }

  const dark = () => modes.has("dark") || (system.matches && !modes.has("light"));
  const show = () => {
    root.dataset.mode = [...modes].join(" ");
    for (const button of all("[data-toggle]")) {
      button.setAttribute("aria-pressed", String(button.dataset.toggle === "dark" ? dark() : modes.has("elder")));
    }
  };
  const toggle = (name) => {
    if (name === "elder") {
      if (!modes.delete("elder")) modes.add("elder");
    } else {
      const wanted = dark() ? "light" : "dark";
      modes.delete("dark");
      modes.delete("light");
      if ((wanted === "dark") !== system.matches) modes.add(wanted);
    }
    try { localStorage.setItem(key, [...modes].join(" ")); } catch { /* as above */ }
    show();
  };
  show();
  system.addEventListener("change", show);

  // The site is rebuilt when a day passes; should that be late, what is past its last day is not shown.
  const expire = () => {
    const today = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
    for (const node of all("[data-public-until]")) {
      if (node.dataset.publicUntil >= today) continue;
      if (node.localName !== "main") {
        node.remove();
        continue;
      }
      const heading = document.createElement("h1");
      const text = document.createElement("p");
      heading.textContent = "本条信息的公示期已届满";
      text.textContent = "依法不再公开。";
      document.title = heading.textContent;
      node.replaceChildren(heading, text);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    expire();
    for (const button of all("[data-toggle]")) {
      button.addEventListener("click", () => toggle(button.dataset.toggle));
      button.hidden = false;
    }
    show();
    if (matchMedia("(min-width: 60rem)").matches) for (const each of all("details[data-open-wide]")) each.open = true;
    for (const button of all("[data-print]")) {
      button.addEventListener("click", () => print());
      button.hidden = false;
    }
    if (navigator.clipboard) {
      for (const button of all("[data-copy]")) {
        button.addEventListener("click", async () => {
          await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
          button.textContent = "已复制";
        });
        button.hidden = false;
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.getElementById("q") || document.getElementById("site-q");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
