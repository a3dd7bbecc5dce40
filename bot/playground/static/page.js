// Everything begins here; each part listens for what concerns it.
import * as bar from "./bar.js";
import * as composer from "./composer.js";
import * as dialog from "./dialog.js";
import * as drawer from "./drawer.js";
import * as fields from "./fields.js";
import * as menus from "./menus.js";
import * as press from "./press.js";
import * as select from "./select.js";
import { act, listen } from "./wire.js";

// The order matters where two listen for the same key: lists close before the modal does.
[menus, select, fields, press, composer, dialog, bar, drawer].forEach((part) => part.start());

const talk = document.getElementById("conversation");
if (talk) talk.scrollTop = talk.scrollHeight;
if (!document.querySelector("[role=dialog]") && matchMedia("(pointer: fine)").matches) {
  document.getElementById("composer")?.focus();
}
const { opens } = document.body.dataset;
if (opens) act(`open_${opens}`);
listen();
document.body.dataset.ready = "yes";
