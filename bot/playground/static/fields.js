// What fields hold, and telling the app of it when they dispatch.
import { confirmed } from "./confirm.js";
import { act, upload } from "./wire.js";
import { say } from "./toast.js";

const PAUSE = 300;
const typing = new Map();

export function placeOf(node) {
  return node.closest("[data-place]");
}

export function placed(node) {
  return JSON.parse(placeOf(node).dataset.place);
}

export function named(field) {
  return { place: placed(field), block: field.dataset.block, action: field.dataset.action };
}

// The full state of a place, in the shape of Slack's view.state.values.
export function stateOf(place) {
  const state = {};
  for (const field of place.querySelectorAll("[data-field]")) {
    const { block, action, type, held } = field.dataset;
    if (held) (state[block] ??= {})[action] = { type, [held]: read(field) };
  }
  return state;
}

export function read(field) {
  if (field.dataset.value !== undefined) return JSON.parse(field.dataset.value);
  if (!field.classList.contains("ticks")) return field.querySelector("input, textarea").value || null;
  const ticked = [...field.querySelectorAll("input:checked")].map((input) => JSON.parse(input.dataset.option));
  return field.dataset.type === "radio_buttons" ? ticked[0] ?? null : ticked;
}

// Something was chosen; the app hears of it when the field dispatches.
export async function chosen(field) {
  const place = placeOf(field);
  if (!field.dataset.dispatch.includes("choose")) return act("fill", { place: placed(field), state: stateOf(place) });
  await flush();
  const body = { ...named(field), chosen: { [field.dataset.held]: read(field) }, state: stateOf(place) };
  return act("choose", body);
}

// Sends what was typed and still waits for its pause.
export function flush() {
  const waiting = [...typing.values()];
  typing.clear();
  return Promise.all(waiting.map(({ timer, go }) => (clearTimeout(timer), go())));
}

function typed(field) {
  count(field);
  if (!field.dataset.dispatch.includes("character")) return;
  clearTimeout(typing.get(field)?.timer);
  const go = () => {
    typing.delete(field);
    if (!field.isConnected) return Promise.resolve();
    return act("type_into", { ...named(field), text: read(field) ?? "", state: stateOf(placeOf(field)) });
  };
  typing.set(field, { timer: setTimeout(go, PAUSE), go });
}

function count(field) {
  const longest = Number(field.dataset.longest);
  if (!longest) return;
  const left = longest - (read(field) ?? "").length;
  const counter = field.querySelector(".counter");
  counter.textContent = left < Math.max(20, longest / 10) ? String(left) : "";
  counter.classList.toggle("over", left < 0);
}

async function picked(field) {
  const control = field.querySelector("input");
  if (await confirmed(field)) {
    field.dataset.last = control.value;
    chosen(field);
  } else control.value = field.dataset.last ?? control.defaultValue;
}

async function ticked(field, input) {
  if (await confirmed(field)) chosen(field);
  else if (input.type === "checkbox") input.checked = !input.checked;
  else field.querySelectorAll("input").forEach((one) => (one.checked = one.defaultChecked));
}

async function attached(field, input) {
  const most = Number(field.dataset.max);
  const files = [...input.files].slice(0, most);
  const stored = await Promise.all(files.map(upload));
  field.dataset.value = JSON.stringify(stored.map((file) => file.id));
  field.querySelector(".file-list").replaceChildren(...stored.map((file) => row(file.name)));
  if (input.files.length > most) say(`At most ${most} files.`);
  chosen(field);
}

function row(words) {
  const item = document.createElement("li");
  item.textContent = words;
  return item;
}

function enter(event, field) {
  if (event.target.nodeName !== "INPUT" || event.isComposing) return;
  if (!field.dataset.dispatch.includes("enter")) return;
  event.preventDefault();
  flush().then(() => act("press_enter", { ...named(field), state: stateOf(placeOf(field)) }));
}

export function start() {
  document.addEventListener("input", ({ target }) => {
    const field = target.closest(".typed[data-field]");
    if (field) typed(field);
  });
  document.addEventListener("change", ({ target }) => {
    const field = target.closest("[data-field]");
    if (!field || field.classList.contains("select")) return;
    if (field.classList.contains("ticks")) ticked(field, target);
    else if (field.classList.contains("files")) attached(field, target);
    else if (field.classList.contains("picker")) picked(field);
    else if (!field.dataset.dispatch.includes("character")) {
      act("fill", { place: placed(field), state: stateOf(placeOf(field)) });
    }
  });
  document.addEventListener("keydown", (event) => {
    const field = event.key === "Enter" && event.target.closest(".typed[data-field]");
    if (field) enter(event, field);
  });
}
