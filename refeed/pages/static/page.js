// Every page: times in the viewer's zone, the colours, the pictures.
const root = document.documentElement;

const remember = (name, value) => {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // A browser that remembers nothing: the choice holds for this page.
  }
};

// Times. A day without a time is the same day everywhere.
const atTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const onDay = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });

export const localise = (part) => {
  for (const time of part.querySelectorAll("time[datetime]:not([title])")) {
    const when = new Date(time.dateTime);
    if (Number.isNaN(when.getTime())) continue;
    time.title = time.textContent;
    time.textContent = (time.dateTime.includes("T") ? atTime : onDay).format(when);
  }
};

// Pictures wait in data-src until it is known that this viewer wants them.
export const showPictures = (part) => {
  if (root.classList.contains("no-pictures")) return;
  for (const image of part.querySelectorAll("img[data-src]")) {
    image.addEventListener("error", () => image.classList.add("broken"), { once: true });
    image.src = image.dataset.src;
    delete image.dataset.src;
  }
  for (const player of part.querySelectorAll("video[data-poster]")) {
    player.poster = player.dataset.poster;
    delete player.dataset.poster;
  }
};

// What is wider than the page scrolls by itself, and with the keyboard too; how wide the page is may change.
const reach = (box) => {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (!scrolls && !("reached" in box.dataset)) return;
  box.toggleAttribute("data-reached", scrolls);
  for (const [name, value] of [
    ["tabindex", "0"],
    ["role", "group"],
    ["aria-label", box.matches(".scroll, table") ? "Table" : "Text that scrolls"],
  ]) {
    if (scrolls) box.setAttribute(name, value);
    else box.removeAttribute(name);
  }
};
const widths = new ResizeObserver((changes) => changes.forEach((change) => reach(change.target)));

export const reachScrolling = (part) => {
  for (const box of part.querySelectorAll(".scroll:not([tabindex]), pre, .body, .body table")) {
    reach(box);
    widths.observe(box);
  }
};

const theme = document.getElementById("theme");
theme.value = root.dataset.theme ?? "";
theme.closest("label").hidden = false;
theme.addEventListener("change", () => {
  remember("refeed-theme", theme.value);
  if (theme.value) root.dataset.theme = theme.value;
  else delete root.dataset.theme;
});

// The link works without this script; with it the choice is remembered, and the filters stay.
document.getElementById("pictures").addEventListener("click", (event) => {
  event.preventDefault();
  const place = new URL(location.href);
  const off = place.searchParams.get("pictures") === "off";
  remember("refeed-pictures", off ? "" : "off");
  if (off) place.searchParams.delete("pictures");
  else place.searchParams.set("pictures", "off");
  location.assign(place);
});

// Keys for who reads with the keyboard. They can be switched off: speech input types letters, too.
const KEYS = [
  ["j, k", "the next article, the one before"],
  ["/", "search"],
  ["?", "these keys"],
];
const areKeysOff = () => {
  try {
    return localStorage.getItem("refeed-keys") === "off";
  } catch {
    return false;
  }
};
const step = (forward) => {
  const links = [...document.querySelectorAll("#list > li:not([hidden]) h3 a")];
  if (!links.length) document.querySelector(`.neighbours a.${forward ? "older" : "newer"}`)?.click();
  const at = links.indexOf(document.activeElement);
  links[at < 0 ? 0 : at + (forward ? 1 : -1)]?.focus();
};
const add = (parent, name, text = "") => {
  const element = parent.appendChild(document.createElement(name));
  element.textContent = text;
  return element;
};
const showKeys = () => {
  const dialog = add(document.body, "dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-label", "Keys");
  const list = add(dialog, "dl");
  for (const [keys, what] of KEYS) {
    const row = add(list, "div");
    add(row, "dt", keys);
    add(row, "dd", what);
  }
  const form = add(dialog, "form");
  form.method = "dialog";
  const label = add(form, "label");
  const box = add(label, "input");
  box.type = "checkbox";
  box.checked = !areKeysOff();
  box.addEventListener("change", () => remember("refeed-keys", box.checked ? "" : "off"));
  label.append(" Use j, k and /");
  add(form, "button", "Close");
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  if (event.key === "?") showKeys();
  else if (areKeysOff()) return;
  else if (event.key === "j" || event.key === "k") step(event.key === "j");
  else if (event.key === "/") document.querySelector(".find input, #search input[name=q], #filter input[name=q]")?.focus();
  else return;
  event.preventDefault();
});

localise(document);
showPictures(document);
reachScrolling(document);
