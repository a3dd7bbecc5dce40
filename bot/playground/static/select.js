// Selects: a text box with a list that narrows as one types, asking the app where it must.
import { confirmed } from "./confirm.js";
import { chosen, named } from "./fields.js";
import { lay } from "./float.js";
import { post } from "./wire.js";

const PAUSE = 250;
let active = null;
let waiting = 0;
let asked = 0;

const parts = (select) => ({
  input: select.querySelector("[role=combobox]"),
  list: select.querySelector("[role=listbox]"),
  drop: select.querySelector(".select-drop"),
  note: select.querySelector(".select-note"),
  clear: select.querySelector("[data-clear]"),
});
const isMulti = (select) => select.classList.contains("multi");
const held = (select) => JSON.parse(select.dataset.value);
const same = (one, other) => ordered(one) === ordered(other);
const ordered = (value) => JSON.stringify(value, (_, part) => sorted(part));
const sorted = (part) =>
  part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part;
const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function open(select) {
  if (active === select) return;
  if (active) close(active);
  active = select;
  const { input, drop } = parts(select);
  drop.hidden = false;
  input.setAttribute("aria-expanded", "true");
  narrow(select, "");
  // Whether the words in the box are a search or the name of what is chosen.
  select.dataset.search = "";
}

export function close(select) {
  const { input, drop } = parts(select);
  clearTimeout(waiting);
  asked += 1;
  drop.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  if (active === select) active = null;
}

function place(select) {
  const { input, drop } = parts(select);
  lay(drop, input.closest(".select-face"), { wide: true });
}

function narrow(select, words) {
  if ("external" in select.dataset) search(select, words);
  else filter(select, words);
  place(select);
}

function filter(select, words) {
  const { list, note } = parts(select);
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  let group = null;
  let found = 0;
  for (const row of list.children) {
    if (row.classList.contains("option-group")) {
      group = row;
      group.hidden = true;
      continue;
    }
    const fits = wanted.every((word) => fold(row.textContent).includes(word));
    row.hidden = !fits;
    if (fits) found += 1;
    if (fits && group) group.hidden = false;
  }
  note.textContent = found ? "" : "No results";
  highlight(select, words ? rows(select)[0] : list.querySelector("[aria-selected=true]"));
}

function search(select, words) {
  const { list, note } = parts(select);
  const least = Number(select.dataset.min);
  clearTimeout(waiting);
  asked += 1;
  if (words.length < least) {
    list.replaceChildren();
    note.textContent = least === 1 ? "Type to search" : `Type at least ${least} letters`;
    return;
  }
  note.textContent = list.children.length ? "" : "Searching…";
  waiting = setTimeout(() => ask(select, words, asked), words ? PAUSE : 0);
}

async function ask(select, words, number) {
  const { list, note } = parts(select);
  const now = isMulti(select) ? held(select) : [held(select)];
  const body = { ...named(select), text: words, name: list.id, chosen: { held: now.filter(Boolean) } };
  const answer = await post("/page/suggestions", body);
  const html = answer.ok ? await answer.text() : "";
  if (number !== asked) return;
  list.innerHTML = html;
  note.textContent = answer.ok ? "" : "We had some trouble loading results.";
  if (answer.ok && !list.querySelector("[role=option]")) note.textContent = "No results";
  highlight(select, words ? rows(select)[0] : null);
  place(select);
}

function rows(select) {
  return [...select.querySelectorAll("[role=option]")].filter((row) => !row.hidden);
}

function highlight(select, row) {
  const { input } = parts(select);
  select.querySelector(".active")?.classList.remove("active");
  input.removeAttribute("aria-activedescendant");
  if (!row) return;
  row.classList.add("active");
  input.setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
}

function step(select, by) {
  const all = rows(select);
  if (!all.length) return;
  const at = all.indexOf(select.querySelector(".active"));
  const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  highlight(select, all[to]);
}

async function pick(select, row) {
  const value = JSON.parse(row.dataset.option);
  if (isMulti(select)) return pickOneMore(select, row, value);
  close(select);
  showHeld(select);
  if (same(value, held(select)) || !(await confirmed(select))) return;
  hold(select, value, row.dataset.text);
  chosen(select);
}

async function pickOneMore(select, row, value) {
  const now = held(select);
  const rest = now.filter((one) => !same(one, value));
  if (rest.length === now.length && now.length >= Number(select.dataset.max || Infinity)) {
    parts(select).note.textContent = `At most ${select.dataset.max}.`;
    return;
  }
  if (!(await confirmed(select))) return;
  if (rest.length === now.length) addChip(select, row.dataset.option, row.dataset.text);
  else removeChip(select, row.dataset.option);
  row.setAttribute("aria-selected", String(rest.length === now.length));
  select.dataset.value = JSON.stringify(rest.length === now.length ? [...now, value] : rest);
  parts(select).input.value = "";
  narrow(select, "");
  chosen(select);
}

function addChip(select, option, words) {
  const chip = document.createElement("span");
  chip.className = "chip";
  chip.dataset.option = option;
  chip.textContent = words;
  const off = document.createElement("button");
  off.type = "button";
  off.dataset.unchoose = "";
  off.setAttribute("aria-label", `Remove ${words}`);
  off.textContent = "×";
  chip.append(off);
  parts(select).input.before(chip);
}

function removeChip(select, option) {
  [...select.querySelectorAll(".chip")].find((chip) => chip.dataset.option === option)?.remove();
}

function unchoose(select, chip) {
  const value = JSON.parse(chip.dataset.option);
  chip.remove();
  select.dataset.value = JSON.stringify(held(select).filter((one) => !same(one, value)));
  parts(select).input.focus();
  chosen(select);
}

function hold(select, value, words) {
  const { input, clear, list } = parts(select);
  select.dataset.value = JSON.stringify(value);
  select.dataset.words = words;
  input.value = words;
  clear.hidden = value === null;
  for (const row of list.querySelectorAll("[role=option]")) {
    row.setAttribute("aria-selected", String(same(JSON.parse(row.dataset.option), value)));
  }
}

function showHeld(select) {
  const { input } = parts(select);
  input.value = isMulti(select) || held(select) === null ? "" : select.dataset.words ?? input.defaultValue;
}

function left(select) {
  const emptied = !parts(select).input.value && !isMulti(select) && held(select) !== null;
  if (active === select) close(select);
  if (emptied && select.dataset.optional) {
    hold(select, null, "");
    chosen(select);
  } else showHeld(select);
}

function keys(event, select) {
  const isOpen = active === select;
  const row = select.querySelector(".active");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (isOpen) step(select, event.key === "ArrowDown" ? 1 : -1);
    else open(select);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (isOpen && row) pick(select, row);
    else if (!isOpen) open(select);
  } else if (event.key === "Escape" && isOpen) {
    event.stopPropagation();
    close(select);
    showHeld(select);
  } else if (event.key === "Backspace" && isMulti(select) && !event.target.value) {
    const last = [...select.querySelectorAll(".chip")].pop();
    if (last) unchoose(select, last);
  }
}

function clicked(event) {
  const select = event.target.closest(".select");
  if (!select) return;
  const chip = event.target.closest("[data-unchoose]")?.parentElement;
  const row = event.target.closest("[role=option]");
  if (chip) unchoose(select, chip);
  else if (row) pick(select, row);
  else if (event.target.closest("[data-clear]")) {
    hold(select, null, "");
    chosen(select);
  } else if (event.target.closest(".select-face")) {
    parts(select).input.focus();
    if (!isMulti(select)) parts(select).input.select();
    open(select);
  }
}

export function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".select-drop")) event.preventDefault();
  });
  document.addEventListener("input", ({ target }) => {
    const select = target.closest(".select");
    if (!select) return;
    open(select);
    narrow(select, target.value);
  });
  document.addEventListener("focusout", ({ target }) => {
    const select = target.getAttribute("role") === "combobox" && target.closest(".select");
    if (select) left(select);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const select = event.target.getAttribute?.("role") === "combobox" && event.target.closest(".select");
      if (select) keys(event, select);
    },
    true,
  );
  document.addEventListener("scroll", () => active && place(active), true);
}
