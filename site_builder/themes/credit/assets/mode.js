// 长者模式 and 深色 as this browser keeps them, before anything is painted: a page is laid out for them from the start.
try {
  const kept = (localStorage.getItem("site-mode") || "").split(" ");
  document.documentElement.dataset.mode = kept.filter((mode) => /^(elder|dark|light)$/.test(mode)).join(" ");
} catch { /* storage is closed: nothing is kept */ }
