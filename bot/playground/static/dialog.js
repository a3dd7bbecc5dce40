// The modal: focus, Escape, Tab, and sending it.
import { flush, placed, stateOf } from "./fields.js";
import { act, onPart } from "./wire.js";

const FOCUSABLE = "button, input, textarea, a[href], [tabindex='0']";
let shown = null;
let before = null;

export const dialog = () => document.querySelector("#modal [role=dialog]");

function appeared() {
  const now = dialog();
  const view = now?.dataset.view ?? null;
  for (const part of document.querySelectorAll("#main > :not(#modal)")) part.inert = Boolean(now);
  if (view === shown) return;
  if (!shown) before = document.activeElement;
  shown = view;
  if (now) focusFirst(now);
  else (before?.isConnected && before !== document.body ? before : document.getElementById("composer"))?.focus();
}

function focusFirst(now) {
  const wanted = now.querySelector("[data-focus], form [aria-invalid], form input:not([type=file]), form textarea");
  const first = wanted ?? now.querySelector("[data-submit], .dialog-foot [data-close]");
  first?.focus({ preventScroll: true });
  if (first?.matches("input[type=text], textarea")) first.setSelectionRange(first.value.length, first.value.length);
}

export async function submit(now) {
  const button = now.querySelector("[data-submit]");
  if (!button || button.hasAttribute("data-busy")) return;
  busy(button, true);
  await flush();
  const outcome = await act("submit", { place: placed(now), state: stateOf(now) });
  busy(button, false);
  if (Object.keys(outcome.errors ?? {}).length) focusWrong();
}

function busy(button, yes) {
  button.toggleAttribute("data-busy", yes);
  button.disabled = yes;
  button.setAttribute("aria-busy", String(yes));
}

// The fields show their errors only once the part has come.
function focusWrong() {
  const wrong = () => dialog()?.querySelector("[aria-invalid=true]");
  if (wrong()) wrong().focus();
  else setTimeout(() => wrong()?.focus(), 150);
}

async function close(name) {
  const now = dialog();
  if (!now || now.hasAttribute("data-leaving")) return;
  now.setAttribute("data-leaving", "");
  await flush();
  await act(name, { place: placed(now), state: stateOf(now) });
  now.removeAttribute("data-leaving");
}

function keys(event) {
  const now = dialog();
  if (!now || document.querySelector("#over > *")) return;
  if (event.key === "Escape") close("close_all");
  else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit(now);
  else if (event.key === "Tab") wrap(event, now);
}

function wrap(event, now) {
  const stops = [...now.querySelectorAll(FOCUSABLE)].filter((one) => one.tabIndex >= 0 && one.checkVisibility());
  const [first, last] = [stops[0], stops[stops.length - 1]];
  const leaving = event.shiftKey ? first : last;
  if (document.activeElement !== leaving && now.contains(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

export function start() {
  onPart((part) => part === "modal" && appeared());
  document.addEventListener("keydown", keys);
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "dialog-form") return;
    event.preventDefault();
    submit(dialog());
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-close]")) close("close");
    else if (target.closest("[data-close-all]")) close("close_all");
  });
  appeared();
}
