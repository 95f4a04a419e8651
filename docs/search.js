// The search of the documentation: every section that holds all that was typed, in any language, without a server.
"use strict";

(() => {
  const here = document.currentScript.src;
  const most = 40;
  const around = 30;
  const box = document.createElement("input");
  const found = document.createElement("ol");
  box.type = "search";
  box.placeholder = box.ariaLabel = "搜索 / Search";
  box.id = "search-box";
  found.id = "search-found";
  found.ariaLive = "polite";

  const matches = (section, words) => {
    const whole = `${section.title}\n${section.text}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  };

  // Sections whose heading has the words come first; among equals the order of the contents stays.
  const looked = (words) =>
    window.searched
      .filter((section) => matches(section, words))
      .sort((one, other) => inTitle(other, words) - inTitle(one, words));
  const inTitle = (section, words) => words.filter((word) => section.title.toLowerCase().includes(word)).length;

  const item = (section, words) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(section.href, here);
    link.textContent = section.title === section.page ? section.title : `${section.page} › ${section.title}`;
    const at = Math.max(0, section.text.toLowerCase().indexOf(words[0]) - around);
    const piece = document.createElement("p");
    piece.textContent = `${at ? "…" : ""}${section.text.slice(at, at + 3 * around)}…`;
    line.append(link, piece);
    return line;
  };

  const show = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const sections = words.length ? looked(words) : [];
    found.replaceChildren(...sections.slice(0, most).map((section) => item(section, words)));
    if (words.length && !sections.length) found.append("没有找到。Nothing found.");
  };

  box.addEventListener("input", () => {
    if (window.searched) return show();
    const text = document.createElement("script");
    text.src = new URL("search-text.js", here);
    text.addEventListener("load", show);
    document.head.append(text);
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".wy-side-nav-search").append(box, found);
  });
})();
