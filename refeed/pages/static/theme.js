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

  // Pictures have no address yet that a browser would fetch; the page that has none at all is the one for this viewer.
  const place = new URL(location.href);
  const off = place.searchParams.get("pictures") === "off";
  if (off || remembered("refeed-pictures") === "off") root.classList.add("no-pictures");
  if (!off && root.classList.contains("no-pictures")) {
    place.searchParams.set("pictures", "off");
    location.replace(place);
  }
})();
