// The one script every page loads. It binds by delegation; what a page does not use is not fetched.
import "./menu.js";
import "./requests.js";
import "./forms.js";

const WHEN_PRESENT = [
  ["pin-board", () => import("./pins.js")],
  ["[data-drop], form[data-upload]", () => import("./upload.js")],
  ["[data-draft], [data-forget-drafts]", () => import("./draft.js")],
  ["[data-dialog], [data-close], dialog[data-open]", () => import("./dialog.js")],
  ["[data-compose]", () => import("./composer.js")],
  ["[data-toast]", () => import("./toast.js")],
  ["[data-compare]", () => import("./compare.js")],
  ["[data-mention]", () => import("./mention.js")],
  ["[data-copy]", () => import("./copy.js")],
  ["[data-palette]", () => import("./palette.js")],
  ["[data-shown-url]", () => import("./shown.js")],
  ["[data-shortcut]", () => import("./shortcuts.js")],
];

// A module exports `start(root)` where it has to look at elements rather than only hear their events.
async function start(root) {
  for (const [selector, load] of WHEN_PRESENT) {
    if (!root.matches?.(selector) && !root.querySelector(selector)) continue;
    const module = await load();
    module.start?.(root);
  }
}

start(document).then(() => {
  document.documentElement.dataset.bound = ""; // whoever drives this page by a program may begin
});
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt);
});
// What came another way than by htmx, such as the content of a dialog.
document.addEventListener("parvis:arrived", (event) => start(event.target));
