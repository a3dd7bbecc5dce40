// The developers' drawer.
import { fetchText, refresh } from "./wire.js";

const drawer = document.getElementById("drawer");

function show(yes) {
  drawer.hidden = !yes;
  document.body.classList.toggle("drawer-open", yes);
  document.querySelector("#bar [data-drawer]").setAttribute("aria-expanded", String(yes));
  localStorage.setItem("drawer", yes ? "open" : "");
  if (yes) refresh("drawer");
}

async function unfold(entry) {
  const holder = entry.querySelector(".json");
  if (!entry.open || holder.childElementCount) return;
  holder.replaceChildren(tree(JSON.parse(await fetchText(`/page/entries/${entry.dataset.entry}`)), 2));
}

function tree(value, depth) {
  if (value === null || typeof value !== "object") return leaf(JSON.stringify(value));
  const list = document.createElement("ul");
  for (const [key, inner] of Object.entries(value)) list.append(branch(key, inner, depth));
  if (!list.childElementCount) return leaf(Array.isArray(value) ? "[]" : "{}");
  return list;
}

function branch(key, inner, depth) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.className = "key";
  name.textContent = key;
  if (inner === null || typeof inner !== "object" || !Object.keys(inner).length) {
    item.append(name, " ", tree(inner, 0));
    return item;
  }
  const fold = document.createElement("details");
  const summary = document.createElement("summary");
  fold.open = depth > 0;
  summary.append(name, ` ${Array.isArray(inner) ? `[${inner.length}]` : "{…}"}`);
  fold.append(summary, tree(inner, depth - 1));
  item.append(fold);
  return item;
}

function leaf(words) {
  const node = document.createElement("code");
  node.textContent = words;
  return node;
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-drawer]")) show(drawer.hidden);
  });
  drawer.addEventListener("toggle", ({ target }) => target.dataset.entry && unfold(target), true);
  if (localStorage.getItem("drawer") && window.innerWidth > 1100) show(true);
}
