// Ctrl+K, single keys and "g then a letter": they do what a visible link, button or field does. Off where the person wants.
let waitsForSecond = false;

const visible = () => [...document.querySelectorAll("[data-shortcut]")].filter((element) => element.checkVisibility());
const nameOf = (element) => element.ariaLabel || element.placeholder || element.textContent.trim().replace(/\s+/g, " ");

// What "?" shows: every key of this page beside the words of what it presses.
function listAll() {
  const dialog = document.getElementById("dialog");
  const head = document.createElement("div");
  const title = document.createElement("h2");
  const close = document.createElement("button");
  const list = document.createElement("dl");
  head.className = "dialog-head";
  title.id = "dialog-title";
  title.textContent = document.body.dataset.textShortcuts;
  close.className = "button small";
  close.type = "button";
  close.textContent = document.body.dataset.textClose;
  close.addEventListener("click", () => dialog.close());
  list.className = "definitions dialog-body";
  for (const element of visible()) {
    const key = document.createElement("dt");
    const words = document.createElement("dd");
    key.textContent = element.dataset.shortcut;
    words.textContent = nameOf(element);
    list.append(key, words);
  }
  head.append(title, close);
  dialog.replaceChildren(head, list);
  dialog.classList.remove("panel");
  dialog.showModal();
}

const isTyping = (element) => element.closest?.("input, textarea, select, [contenteditable]") !== null;

// With a second key held down it takes nothing from whoever types, so it works from a field and is never off.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
  const opener = document.querySelector('[data-shortcut="Ctrl+K"]');
  if (!opener || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  opener.click();
});

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.shortcuts === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;

  const keys = waitsForSecond ? `g ${event.key}` : event.key;
  waitsForSecond = event.key === "g" && !waitsForSecond;
  if (waitsForSecond) {
    setTimeout(() => (waitsForSecond = false), 1200);
    return;
  }
  if (keys === "?") {
    event.preventDefault();
    listAll();
    return;
  }
  const target = visible().find((element) => element.dataset.shortcut === keys);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea")) target.focus();
  else target.click();
});
