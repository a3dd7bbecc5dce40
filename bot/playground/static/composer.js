// Where one writes: Enter sends, "/" offers commands, files can be attached.
import { act, refresh, upload } from "./wire.js";

const ROWS = 8;
const box = document.getElementById("composer");
const list = document.getElementById("commands");
const usage = document.getElementById("usage");
const attached = document.getElementById("attached");
const commands = box ? JSON.parse(box.closest(".composer").dataset.commands) : [];
let files = [];

function suggest() {
  grow();
  const words = box.value;
  const known = commands.find((one) => one.name === words.split(/\s/, 1)[0]);
  usage.textContent = known ? [known.name, known.hint].filter(Boolean).join(" ") : "";
  const fitting = /^\/\S*$/.test(words) ? commands.filter((one) => one.name.startsWith(words)) : [];
  list.replaceChildren(...fitting.map(row));
  list.hidden = !fitting.length;
  highlight(list.firstElementChild);
}

function row(command, number) {
  const item = document.createElement("div");
  item.role = "option";
  item.id = `command-${number}`;
  item.dataset.name = command.name;
  item.append(bit("b", command.name), bit("span", command.hint), bit("small", command.description));
  return item;
}

function bit(tag, words) {
  const node = document.createElement(tag);
  node.textContent = words;
  return node;
}

function highlight(item) {
  list.querySelector(".active")?.classList.remove("active");
  item?.classList.add("active");
  item?.setAttribute("aria-selected", "true");
  if (item) box.setAttribute("aria-activedescendant", item.id);
  else box.removeAttribute("aria-activedescendant");
}

function complete(item) {
  fillIn(`${item.dataset.name} `);
}

export function fillIn(words) {
  if (!box) return;
  box.value = words;
  box.focus();
  suggest();
}

function grow() {
  box.style.height = "auto";
  const line = parseFloat(getComputedStyle(box).lineHeight);
  box.style.height = `${Math.min(box.scrollHeight, line * ROWS)}px`;
}

async function send() {
  const text = box.value.trim();
  if (!text && !files.length) return;
  const body = { text, files: files.map((file) => file.id) };
  files = [];
  showFiles();
  fillIn("");
  await act("write", body);
  await refresh("conversation");
  const talk = document.getElementById("conversation");
  talk.scrollTop = talk.scrollHeight;
}

function keys(event) {
  if (event.isComposing) return;
  const current = list.hidden ? null : list.querySelector(".active");
  const isWhole = current?.dataset.name === box.value;
  if (current && (event.key === "Tab" || (event.key === "Enter" && !isWhole))) {
    event.preventDefault();
    complete(current);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (current && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const next = event.key === "ArrowDown" ? current.nextElementSibling : current.previousElementSibling;
    highlight(next ?? current);
  } else if (event.key === "Escape") list.hidden = true;
}

function showFiles() {
  attached.replaceChildren(
    ...files.map((file) => {
      const item = bit("li", file.name);
      const off = bit("button", "×");
      off.type = "button";
      off.setAttribute("aria-label", `Remove ${file.name}`);
      off.addEventListener("click", () => {
        files = files.filter((one) => one !== file);
        showFiles();
      });
      item.append(off);
      return item;
    }),
  );
}

async function attach({ target }) {
  files.push(...(await Promise.all([...target.files].map(upload))));
  target.value = "";
  showFiles();
  box.focus();
}

export function start() {
  if (!box) return;
  box.addEventListener("input", suggest);
  box.addEventListener("keydown", keys);
  box.addEventListener("blur", () => (list.hidden = true));
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[role=option]");
    if (item) complete(item);
  });
  document.getElementById("attachments").addEventListener("change", attach);
}
