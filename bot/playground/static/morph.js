// Puts new HTML in the place of old, keeping nodes by their data-key: typed words, focus and caret stay.
const OURS = new Set(["hidden", "open", "aria-expanded", "aria-activedescendant"]);
const MIRRORED = ["aria-describedby", "aria-invalid", "aria-required", "placeholder"];

export function morph(target, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const before = focused(target);
  mergeChildren(target, fresh.content);
  refocus(before);
}

// What has gone is removed first: else everything behind it would be moved, and a moved field loses its open list.
function mergeChildren(old, fresh) {
  const wanted = new Set([...fresh.children].map((child) => child.dataset.key));
  const keyed = new Map();
  for (const child of [...old.children]) {
    const { key } = child.dataset;
    if (key && wanted.has(key)) keyed.set(key, child);
    else if (key) child.remove();
  }
  let cursor = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const match = partner(cursor, next, keyed);
    if (!match) {
      old.insertBefore(next, cursor);
      continue;
    }
    if (match === cursor) cursor = cursor.nextSibling;
    else old.insertBefore(match, cursor);
    merge(match, next);
  }
  while (cursor) {
    const gone = cursor;
    cursor = cursor.nextSibling;
    gone.remove();
  }
}

function partner(cursor, next, keyed) {
  const key = next.dataset?.key;
  if (key) {
    const known = keyed.get(key);
    keyed.delete(key);
    return known?.nodeName === next.nodeName ? known : null;
  }
  const fits = cursor && cursor.nodeName === next.nodeName && !cursor.dataset?.key;
  return fits ? cursor : null;
}

function merge(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (old.hasAttribute("data-client") || isSame(old, fresh)) return;
  if (old.dataset.held) {
    mergeField(old, fresh);
    return;
  }
  if (!old.hasAttribute("data-busy")) mergeAttributes(old, fresh);
  if (old.nodeName === "TEMPLATE") old.innerHTML = fresh.innerHTML;
  else mergeChildren(old, fresh);
}

// For the browser nodes are equal whatever their templates hold: "Are you sure?" would ask about what was before.
function isSame(old, fresh) {
  return old.isEqualNode(fresh) && templates(old) === templates(fresh);
}

function templates(node) {
  const inside = node.nodeName === "TEMPLATE" ? [node] : [...node.querySelectorAll("template")];
  return inside.map((one) => one.innerHTML).join();
}

// Where an open list floats is ours too: without it the list would fall off the screen.
function isOurs(node, name) {
  return OURS.has(name) || (name === "style" && node.matches("[role=menu], [role=listbox]"));
}

function mergeAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isOurs(old, name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!OURS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

// The same field as before: what it holds is the person's, the rest is the app's.
function mergeField(old, fresh) {
  old.dataset.dispatch = fresh.dataset.dispatch;
  for (const control of fresh.querySelectorAll("input, textarea")) {
    const mine = control.id && old.querySelector(`#${CSS.escape(control.id)}`);
    if (mine) MIRRORED.forEach((name) => mirror(mine, control, name));
  }
  const [mine, theirs] = [old, fresh].map((field) => field.querySelector(":scope > template.confirm-template"));
  if (mine && theirs) mine.innerHTML = theirs.innerHTML;
  if (old.classList.contains("ticks")) mergeTicks(old, fresh);
  if (old.classList.contains("select") && !old.hasAttribute("data-external")) mergeOptions(old, fresh);
}

function mirror(mine, control, name) {
  if (control.hasAttribute(name)) mine.setAttribute(name, control.getAttribute(name));
  else mine.removeAttribute(name);
}

const options = (field) => [...field.querySelectorAll("[data-option]")].map((row) => row.dataset.option).join();

// A list that is open is filtered anew by the words in its box.
function mergeOptions(old, fresh) {
  const [mine, theirs] = [old, fresh].map((field) => field.querySelector("[role=listbox]"));
  if (options(mine) === options(theirs)) return;
  mine.innerHTML = theirs.innerHTML;
  const box = old.querySelector("[role=combobox][aria-expanded=true]");
  box?.dispatchEvent(new Event("input", { bubbles: true }));
}

function mergeTicks(old, fresh) {
  if (options(old) === options(fresh)) return;
  const ticked = new Set([...old.querySelectorAll("input:checked")].map((input) => input.dataset.option));
  for (const input of fresh.querySelectorAll("input")) input.checked = ticked.has(input.dataset.option);
  old.replaceChildren(...fresh.childNodes);
}

function focused(target) {
  const node = document.activeElement;
  if (!target.contains(node)) return null;
  const caret = "selectionStart" in node ? [node.selectionStart, node.selectionEnd] : null;
  return { node, caret };
}

function refocus(before) {
  if (!before || !before.node.isConnected || document.activeElement === before.node) return;
  before.node.focus({ preventScroll: true });
  if (before.caret && before.caret[0] !== null) before.node.setSelectionRange(...before.caret);
}
