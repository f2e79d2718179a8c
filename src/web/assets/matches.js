// Past incidents: fetched after the page stands, decided with one press.
import { get, post, say } from "./server.js";
import { show } from "./refresh.js";

let cards = null;

async function load() {
  const places = document.querySelectorAll("[data-matches]");
  if (!places.length) return;
  try {
    cards ??= await get("/api/matches");
    fill();
  } catch (error) {
    say(error.message, "failed");
  }
}

function fill() {
  for (const place of document.querySelectorAll("[data-matches]")) {
    if (cards !== null && place.innerHTML === "") place.innerHTML = cards;
  }
}

async function decide(button) {
  const { decide: verdict, other } = button.dataset;
  say("Saving", "busy");
  try {
    const answer = await post("/api/decide", { other, verdict });
    cards = answer.matches;
    for (const place of document.querySelectorAll("[data-matches]")) place.innerHTML = cards;
    show(answer.view);
    document.querySelector(`[data-other="${CSS.escape(other)}"][aria-pressed="true"], [data-other="${CSS.escape(other)}"]`)?.focus();
    say(verdict === "undo" ? "Decision taken back" : "Decision written down", "done");
  } catch (error) {
    say(error.message, "failed");
  }
}

export function startMatches() {
  load();
  document.addEventListener("shown", fill);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-decide]");
    if (button) decide(button);
  });
}
