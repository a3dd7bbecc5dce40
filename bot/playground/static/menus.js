// Menus behind ⋯ and ＋, with arrow keys.
import { confirmed } from "./confirm.js";
import { flush, named, placed, placeOf, stateOf } from "./fields.js";
import { lay } from "./float.js";
import { act, post, refresh } from "./wire.js";
import { say } from "./toast.js";

const ITEM = "[role^=menuitem]";
let open = null;

function show(button) {
  hide();
  const list = document.getElementById(button.getAttribute("aria-controls"));
  list.hidden = false;
  lay(list, button);
  button.setAttribute("aria-expanded", "true");
  open = { button, list };
  list.querySelector(ITEM)?.focus();
}

export function hide() {
  if (!open) return;
  open.list.hidden = true;
  open.button.setAttribute("aria-expanded", "false");
  open = null;
}

function move(event) {
  const items = [...open.list.querySelectorAll(ITEM)];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[to % items.length].focus();
}

function keys(event) {
  if (!open) return;
  if (event.key === "Escape" || event.key === "Tab") {
    const { button } = open;
    hide();
    button.focus();
    if (event.key === "Escape") event.stopPropagation();
  } else move(event);
}

async function used(item) {
  const { button } = open ?? {};
  hide();
  button?.focus();
  const { shortcut, messageShortcut, option, weather } = item.dataset;
  if (option) return overflow(item.closest("[data-field]"), JSON.parse(option));
  if (shortcut) return told(await act("global_shortcut", { name: shortcut }));
  if (messageShortcut) return told(await act("message_shortcut", { name: messageShortcut, place: placed(item) }));
  if (weather) return post("/page/levers/weather", { name: weather }).then(() => refresh("bar"));
  if ("attach" in item.dataset) document.getElementById("attachments").click();
}

async function overflow(field, option) {
  if (!(await confirmed(field))) return;
  await flush();
  await act("press", { ...named(field), chosen: { selected_option: option }, state: stateOf(placeOf(field)) });
}

function told(outcome) {
  if (outcome.error) say(`The app did not answer (${outcome.error}).`);
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-menu]");
    const item = target.closest(ITEM);
    if (item) used(item);
    else if (button && open?.button !== button) show(button);
    else hide();
  });
  document.addEventListener("keydown", keys, true);
  document.addEventListener("scroll", () => open && lay(open.list, open.button), true);
}
