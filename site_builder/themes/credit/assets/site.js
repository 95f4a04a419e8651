// 长者模式 and 深色 (kept in this browser alone, read by mode.js), the search boxes, the "/" key, sorting, filtering, copying, printing, and what is past its last day.
(() => {
  "use strict";
  const root = document.documentElement;
  const key = "site-mode";
  const script = document.currentScript.src;
  const LONG = 14;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const all = (selector, of = document) => [...of.querySelectorAll(selector)];
  const modes = new Set((root.dataset.mode || "").split(" ").filter(Boolean));

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
    try { localStorage.setItem(key, [...modes].join(" ")); } catch { /* storage is closed: the choice lasts for this page */ }
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

  // The heads of a table become buttons that sort its rows; days from the newest, words by their sound.
  const sortable = (table) => {
    const heads = all("thead th", table);
    const body = table.tBodies[0];
    const words = new Intl.Collator("zh-CN-u-co-pinyin", { numeric: true });
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const text = (row) => (row.cells[column].querySelector("a, time") || row.cells[column]).textContent;
        const days = body.rows[0]?.cells[column].querySelector("time") !== null;
        const was = head.getAttribute("aria-sort");
        const up = was ? was === "descending" : !days;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...body.rows].sort((one, two) => words.compare(text(one), text(two)));
        body.append(...(up ? rows : rows.reverse()));
      });
    });
  };

  // The measures of a page, narrowed by all that is chosen at once, which stands behind the "#" of the address. What the
  // table of all measures has a column for leads to the same measures there.
  const columns = { kind: ["kind", ""], body: ["implementing_bodies", '"'], law: ["basis", ""] };
  const narrowed = (form) => {
    const rows = all(".measure");
    const chosen = () => [...new FormData(form)].filter(([, value]) => value);
    const showTable = (asked, left) => {
      const held = asked.every(([name, value]) => name !== "law"
        || rows.every((row) => row.dataset.law.includes(value) === row.dataset.law.split("|").includes(value)));
      for (const link of all("[data-narrowed-table]")) {
        link.hidden = left === 0 || asked.length === 0 || !held || asked.some(([name]) => !Object.hasOwn(columns, name));
        if (link.hidden) continue;
        const view = asked.map(([name, value]) => [`has.${columns[name][0]}`, columns[name][1] + value + columns[name][1]]);
        link.hash = new URLSearchParams([["year", "all"], ...view]);
        link.textContent = `在表格中查看这 ${left} 项`;
      }
    };
    const apply = () => {
      const asked = chosen();
      const fits = (row) => asked.every(([name, value]) =>
        (name === "from" ? row.dataset.from <= value : row.dataset[name].split("|").includes(value)));
      for (const row of rows) row.hidden = !fits(row);
      const left = rows.filter((row) => !row.hidden).length;
      for (const none of all("[data-narrowed-none]")) none.hidden = left > 0;
      for (const said of all("[data-narrowed]")) said.textContent = asked.length ? `符合的有 ${left} 项` : "";
      showTable(asked, left);
    };
    const keep = () => {
      apply();
      const asked = new URLSearchParams(chosen()).toString();
      history.replaceState(null, "", asked === "" ? location.pathname + location.search : `#${asked}`);
    };
    // The hash of a place on the page leaves what was chosen, and the address goes on telling it.
    const read = () => {
      if (location.hash !== "" && !location.hash.includes("=")) {
        if (chosen().length) keep();
        return;
      }
      const asked = new URLSearchParams(location.hash.slice(1));
      for (const field of all("[name]", form)) {
        field.value = asked.get(field.name) ?? "";
        if (field.selectedIndex === -1) field.value = "";
      }
      if (chosen().length) form.closest("details").open = true;
      apply();
    };
    form.addEventListener("input", keep);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(keep));
    addEventListener("pageshow", read);
    addEventListener("hashchange", read);
  };

  const start = () => {
    expire();
    // A page left open over midnight, or taken from the browser's own store, is looked at again.
    addEventListener("pageshow", expire);
    document.addEventListener("visibilitychange", expire);
    for (const button of all("[data-toggle]")) button.addEventListener("click", () => toggle(button.dataset.toggle));
    show();
    if (matchMedia("(min-width: 60rem)").matches) for (const each of all("details[data-open-wide]")) each.open = true;
    all("table[data-sort]").forEach(sortable);
    all("form[data-narrow]").forEach(narrowed);
    // A letter is told which record's page it was opened from.
    for (const link of all('main a[href$="#letter"]')) {
      const top = new URL(link.href).pathname.replace(/guide\/[^/]*$/, "");
      if (location.pathname.startsWith(top)) link.hash += `=${location.pathname.slice(top.length)}`;
    }
    for (const button of all("[data-print]")) button.addEventListener("click", () => print());
    for (const button of all("[data-cite-with]")) {
      button.addEventListener("click", async () => {
        try {
          const { cite } = await import(new URL(button.dataset.citeWith, location.href).href);
          await cite(button.closest(".citing").querySelector("[data-release]"));
          button.disabled = true;
        } catch { // not fetched: the plain citation stays
          button.textContent = "没有取到，请再试";
        }
      });
    }
    for (const button of all("[data-copy]")) {
      button.addEventListener("click", async () => {
        const source = document.getElementById(button.dataset.copy);
        try {
          await navigator.clipboard.writeText(source.textContent);
          button.textContent = "已复制";
        } catch { // no leave to write: the text is marked, ready to be copied by hand
          getSelection().selectAllChildren(source);
        }
      });
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();

  // What is typed into a search box goes behind the "#" of the search page's address, which no server is sent; of what may
  // be a resident ID number the search says what is asked, and where it cannot, nothing is.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("role") !== "search") return;
    event.preventDefault();
    const box = form.querySelector("input[type=search]");
    const go = (q) => location.assign(form.action + (q === "" ? "" : `#${new URLSearchParams({ q })}`));
    const typed = box.value.trim();
    if (typed.normalize("NFKC").replace(/[^\p{N}a-z]/giu, "").length < LONG) {
      go(typed);
      return;
    }
    box.value = "";
    import(new URL("search/state.js", script)).then(({ asked }) => go(asked(typed)), () => go(""));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.getElementById("q") || document.getElementById("site-q");
    if (!box) return;
    event.preventDefault();
    if (box.offsetParent === null) { // a narrow window has a link where the box would be
      location.assign(box.form.action);
      return;
    }
    box.focus();
    box.select();
  });
})();
