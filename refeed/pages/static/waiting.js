// While the feed is built for the first time: say how far it is, and show the page once there is one.
const progress = document.getElementById("progress");
const number = new Intl.NumberFormat("en");

const look = async () => {
  try {
    const answer = await fetch(progress.dataset.health, { cache: "no-store" });
    const health = await answer.json();
    if (answer.ok || health.state === "failing") return location.reload();
    if (health.files_read) progress.textContent = `${number.format(health.files_read)} files read so far.`;
  } catch {
    progress.textContent = "The server does not answer.";
  }
  setTimeout(look, 1000);
};
setTimeout(look, 1000);
