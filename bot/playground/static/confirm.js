// The app's "Are you sure?", shown before an act that asks for it.
export function confirmed(field) {
  const template = field.querySelector(":scope > template.confirm-template");
  return template ? asked(template) : Promise.resolve(true);
}

function asked(template) {
  const before = document.activeElement;
  const over = document.getElementById("over");
  const veil = document.createElement("div");
  veil.className = "backdrop over";
  veil.append(template.content.cloneNode(true));
  over.replaceChildren(veil);
  veil.querySelector("[data-answer=yes]").focus();
  return new Promise((resolve) => {
    const answer = (yes) => {
      over.replaceChildren();
      if (before?.isConnected) before.focus();
      resolve(yes);
    };
    veil.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-answer]");
      if (button) answer(button.dataset.answer === "yes");
    });
    veil.addEventListener("keydown", (event) => keys(event, veil, answer));
  });
}

function keys(event, veil, answer) {
  if (event.key === "Escape") {
    event.stopPropagation();
    answer(false);
  } else if (event.key === "Tab") {
    event.preventDefault();
    const buttons = [...veil.querySelectorAll("button")];
    buttons[(buttons.indexOf(document.activeElement) + 1) % buttons.length].focus();
  }
}
