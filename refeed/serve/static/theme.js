// Runs before the page is painted: the colours and pictures that this viewer chose, so that nothing flashes up or is fetched.
"use strict";
(() => {
  const root = document.documentElement;
  const remembered = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // a browser that remembers nothing
    }
  };
  const theme = remembered("refeed-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (remembered("refeed-pictures") === "off" || new URLSearchParams(location.search).get("pictures") === "off") {
    root.classList.add("no-pictures");
  }
})();
