// Buttons of the app.
import { confirmed } from "./confirm.js";
import { flush, named, placeOf, stateOf } from "./fields.js";
import { act } from "./wire.js";

async function press(button) {
  const field = button.closest("[data-field]");
  if (button.hasAttribute("data-busy") || !(await confirmed(field))) return;
  const value = button.dataset.value;
  button.setAttribute("data-busy", "");
  button.setAttribute("aria-busy", "true");
  await flush();
  await act("press", { ...named(field), chosen: value ? { value } : {}, state: stateOf(placeOf(field)) });
  button.removeAttribute("data-busy");
  button.removeAttribute("aria-busy");
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-press]");
    if (button) press(button);
  });
}
