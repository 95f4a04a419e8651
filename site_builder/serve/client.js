"use strict";
// The preview's own script: reloads when the site was made anew, and shows what was found. Never part of a release.
(() => {
  const own = document.currentScript;
  const base = own.src.replace(/client\.js.*$/, "");
  let state = Number(own.dataset.state);

  const panel = document.createElement("section");
  panel.id = "site-preview";
  panel.setAttribute("aria-label", "预览：发现");
  Object.assign(panel.style, {
    position: "fixed", right: "0", bottom: "0", zIndex: "2147483647", maxWidth: "min(46rem, 100vw)", maxHeight: "60vh",
    overflow: "auto", background: "#fffbe6", color: "#222", border: "2px solid #b58900", padding: ".5rem 1rem",
    font: "14px/1.5 system-ui, sans-serif",
  });

  function show(told) {
    panel.replaceChildren();
    panel.dataset.stopped = told.stopped;
    panel.style.borderColor = told.stopped ? "#c00" : "#b58900";
    const box = document.createElement("details");
    box.open = told.stopped;
    const head = document.createElement("summary");
    head.textContent = told.stopped
      ? `有 ${told.findings.length} 项问题，页面还是改动之前的`
      : `预览：${told.findings.length} 项提醒`;
    box.append(head);
    for (const finding of told.findings) {
      const line = document.createElement("pre");
      line.style.whiteSpace = "pre-wrap";
      line.style.margin = ".5rem 0";
      line.textContent = finding;
      box.append(line);
    }
    panel.append(box);
    if (told.findings.length) document.body.append(panel);
    else panel.remove();
  }

  window.sitePreview = (told) => {
    if (told.state !== state && !told.stopped) {
      location.reload();
      return;
    }
    show(told);
    state = told.state;
    ask(state);
  };

  function ask(after) {
    const script = document.createElement("script");
    script.src = `${base}news.js?after=${after}`;
    script.onload = () => script.remove();
    script.onerror = () => {
      script.remove();
      setTimeout(() => ask(after), 1000);
    };
    document.head.append(script);
  }
  // A page is loaded before it asks: a question waits for its answer, and the page is not to wait with it.
  const begin = () => setTimeout(ask, 0, -1);
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
})();
