// Single keys and "g then a letter": they do what a visible link, button or field does. Off where the person wants.
let waitsForSecond = false;

const isTyping = (element) => element.closest?.("input, textarea, select, [contenteditable]") !== null;

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
  const candidates = [...document.querySelectorAll(`[data-shortcut="${CSS.escape(keys)}"]`)];
  const target = candidates.find((element) => element.checkVisibility());
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea")) target.focus();
  else target.click();
});
