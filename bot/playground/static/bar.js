// The top bar and the side column: levers, what is new, opening and folding on narrow screens.
import { fillIn } from "./composer.js";
import { me, onPart, post, refresh, refreshAll, where } from "./wire.js";
import { say } from "./toast.js";

const WORDS = { restart: "The bot was restarted.", lose: "The open forms are gone, and the bot was not told." };

async function pull(lever) {
  await post(`/page/levers/${lever}`);
  if (WORDS[lever]) say(WORDS[lever]);
  refreshAll();
}

function fold(name, button) {
  const isOpen = document.body.classList.toggle(`${name}-open`);
  button?.setAttribute("aria-expanded", String(isOpen));
}

// What one has seen of each place is kept in the browser.
function markNew() {
  for (const link of document.querySelectorAll("#side [data-latest]")) {
    const key = `seen:${me}:${link.dataset.where}`;
    const seen = localStorage.getItem(key);
    const isHere = link.dataset.where === where;
    if (isHere || seen === null) localStorage.setItem(key, link.dataset.latest);
    link.classList.toggle("new", !isHere && seen !== null && link.dataset.latest > seen);
  }
}

export function start() {
  onPart((part) => part === "side" && markNew());
  markNew();
  document.addEventListener("click", (event) => {
    const { target } = event;
    const lever = target.closest("[data-lever]");
    const attempt = target.closest("[data-try]");
    const side = target.closest("[data-side]");
    if (lever) pull(lever.dataset.lever);
    if (target.closest("[data-levers]")) fold("levers", target.closest("[data-levers]"));
    else if (!target.closest("#levers") || target.closest("[data-drawer]")) document.body.classList.remove("levers-open");
    if (side) fold("side", side);
    else if (!target.closest("#side") || attempt) document.body.classList.remove("side-open");
    if (attempt) event.preventDefault();
    if (attempt) fillIn(attempt.dataset.try);
  });
  setInterval(() => refresh("bar"), 30000);
}
