// Menus are <details>: they open by themselves; this closes them.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  // Focus that goes nowhere is a click on a part of the menu that cannot take it.
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
