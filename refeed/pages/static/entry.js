// An article: what it was made of, fetched when it is asked for and shown below.
import { localise, reachScrolling } from "./page.js";

const link = document.getElementById("provenance");
const place = document.getElementById("made-of");
link.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const record = page.getElementById("record");
    if (!answer.ok || !record) throw new Error(answer.status);
    place.replaceChildren(record);
  } catch {
    location.assign(link.href);
    return;
  }
  link.parentElement.hidden = true;
  localise(place);
  reachScrolling(place);
  place.tabIndex = -1;
  place.focus();
});
