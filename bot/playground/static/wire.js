// The wire to the server: acts out, parts of the page in, news by server-sent events.
import { morph } from "./morph.js";
import { say } from "./toast.js";

export const me = document.body.dataset.as;
export const where = document.body.dataset.in;

const underWay = new Map();
const wanted = new Set();
const listeners = [];

export function onPart(listener) {
  listeners.push(listener);
}

function address(path) {
  return `${path}?${new URLSearchParams({ as: me, in: where })}`;
}

export async function post(path, body = {}) {
  const init = {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ as: me, in: where, ...body }),
  };
  try {
    return await fetch(path, init);
  } catch {
    say("The playground does not answer.");
    return new Response(JSON.stringify({ error: "unreachable" }), { status: 503 });
  }
}

export async function act(name, body) {
  const answer = await post(`/page/acts/${name}`, body);
  const outcome = await answer.json();
  if (answer.status === 409) {
    say("That is gone meanwhile.");
    refreshAll();
  }
  if (document.getElementById("modal")) refresh("modal");
  return outcome;
}

export async function upload(file) {
  const form = new FormData();
  form.append("as", me);
  form.append("file", file);
  const answer = await fetch("/page/files", { method: "POST", body: form });
  return answer.json();
}

export async function fetchText(path) {
  const answer = await fetch(address(path));
  return answer.ok ? answer.text() : "";
}

// Fetches a part again; what is asked while one is under way is fetched once more afterwards.
export function refresh(part) {
  const holder = document.getElementById(part);
  if (!holder || holder.hidden) return Promise.resolve();
  if (underWay.has(part)) {
    wanted.add(part);
    return underWay.get(part);
  }
  const running = bring(part, holder).finally(() => {
    underWay.delete(part);
    if (wanted.delete(part)) refresh(part);
  });
  underWay.set(part, running);
  return running;
}

async function bring(part, holder) {
  const answer = await fetch(address(`/page/parts/${part}`));
  if (!answer.ok) return;
  const html = await answer.text();
  const stuck = isAtEnd(holder);
  morph(holder, html);
  if (part === "conversation" && stuck) holder.scrollTop = holder.scrollHeight;
  listeners.forEach((listener) => listener(part));
}

function isAtEnd(holder) {
  return holder.scrollHeight - holder.scrollTop - holder.clientHeight < 80;
}

export function refreshAll() {
  ["bar", "side", "conversation", "home", "modal", "drawer"].forEach(refresh);
}

// The first event after each connection names every part, so nothing is missed while there was none.
export function listen() {
  const news = new EventSource(address("/page/changes"));
  news.onmessage = (event) => JSON.parse(event.data).parts.forEach(refresh);
}
