// The list: copy the address, search and filter. What is chosen stands in the page's address.
const form = document.getElementById("filter");

const copy = document.getElementById("copy");
const address = document.getElementById("address");
address.value = new URL(address.value, location.href).href; // a site that does not know its own names it from here
copy.hidden = false;
copy.addEventListener("click", async () => {
  const said = document.getElementById("copied");
  address.select();
  try {
    await navigator.clipboard.writeText(address.value);
    said.textContent = "Copied.";
  } catch {
    // On pages without TLS, in a home network say, only the old way is left.
    said.textContent = document.execCommand("copy") ? "Copied." : "Selected: copy it with Ctrl+C or ⌘C.";
  }
});
address.addEventListener("focus", () => address.select());

// A list of several pages is filtered by the server: a choice asks for it.
const submitChoices = () => {
  for (const field of form.querySelectorAll("select")) field.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (!field.value) field.disabled = true; // what is not chosen is not in the address
  });
  addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });
};

// One that stands whole on the page is searched and filtered without a reload.
const filterHere = () => {
  const found = document.getElementById("found");
  const clear = document.getElementById("clear");
  const items = [...document.querySelectorAll("#list > li")];
  const controls = [...form.elements].filter((control) => control.name);

  // Letters as people search for them: without case, width and accents.
  const fold = (text) => text.normalize("NFKD").replace(/\p{Diacritic}/gu, "").toLowerCase();
  const dayOf = (time) => {
    if (!time.dateTime.includes("T")) return time.dateTime;
    const when = new Date(time.dateTime);
    const two = (number) => String(number).padStart(2, "0");
    return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  };

  // What each article is searched by, made when it is first needed.
  let facts;
  const read = (item) => {
    const categories = JSON.parse(item.dataset.categories ?? "[]");
    const parts = [...item.querySelectorAll("h3, .outlet, .author, .summary")].map((part) => part.textContent);
    return {
      item,
      text: fold([...parts, ...categories].join("\n")),
      outlet: item.querySelector(".outlet")?.textContent ?? "",
      day: dayOf(item.querySelector("time")),
      categories,
    };
  };

  const fits = (fact, chosen, words) =>
    words.every((word) => fact.text.includes(word)) &&
    (!chosen.outlet || fact.outlet === chosen.outlet) &&
    (!chosen.category || fact.categories.includes(chosen.category)) &&
    (!chosen.from || fact.day >= chosen.from) &&
    (!chosen.to || fact.day <= chosen.to);

  const whole = found.textContent;
  const number = new Intl.NumberFormat("en");

  const filter = () => {
    const chosen = Object.fromEntries(controls.map((control) => [control.name, control.value.trim()]));
    const active = Object.values(chosen).some(Boolean);
    const words = fold(chosen.q).split(/\s+/).filter(Boolean);
    if (active) facts ??= items.map(read);
    let left = 0;
    for (const fact of facts ?? []) {
      const fit = fits(fact, chosen, words);
      fact.item.hidden = !fit;
      left += fit;
    }
    clear.hidden = !active;
    found.textContent = active ? `${number.format(left)} of ${number.format(items.length)} articles` : whole;

    const place = new URL(location.href);
    for (const [name, value] of Object.entries(chosen)) {
      if (value) place.searchParams.set(name, value);
      else place.searchParams.delete(name);
    }
    if (place.href !== location.href) history.replaceState(null, "", place);
  };

  // While somebody types, once at the end: screen readers would read out every count.
  let waiting;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, event.target.name === "q" ? 120 : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  form.addEventListener("reset", () => {
    form.elements.q.focus(); // the button that was pressed goes away
    setTimeout(filter); // the fields are empty only then
  });

  for (const control of controls) {
    const value = new URLSearchParams(location.search).get(control.name);
    if (!value) continue;
    control.value = value;
    if (control.name !== "q") document.getElementById("more").open = true;
  }
  form.hidden = false;
  filter();
};

if ("served" in form.dataset) submitChoices();
else filterHere();
