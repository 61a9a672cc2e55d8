// Dialogs and side panels. Every opener is a link whose address is a page that does the same without a script.
const shared = () => document.getElementById("dialog");

async function fetchInto(dialog, link) {
  const answer = await fetch(link.href, { headers: { "HX-Request": "true", "HX-Target": "dialog" } });
  if (!answer.ok || answer.redirected) {
    location.assign(link.href);
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.getElementById("main")) {
    // A whole page: it has no fragment of its own, so it is simply visited.
    location.assign(link.href);
    return false;
  }
  dialog.replaceChildren(...page.body.childNodes);
  dialog.classList.toggle("panel", link.hasAttribute("data-panel"));
  window.htmx?.process(dialog);
  dialog.dispatchEvent(new CustomEvent("parvis:arrived", { bubbles: true }));
  return true;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const named = link.dataset.dialog && document.getElementById(link.dataset.dialog);
  const dialog = named || shared();
  if (named || (await fetchInto(dialog, link))) {
    link.closest("details[data-menu]")?.removeAttribute("open");
    dialog.showModal();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-close]");
  const dialog = button?.closest("dialog");
  if (dialog) {
    event.preventDefault();
    dialog.close();
  }
});

// A press on the ground beside an unwritten dialog closes it; typed text is not lost to a slip.
document.addEventListener("mousedown", (event) => {
  const dialog = event.target;
  if (!(dialog instanceof HTMLDialogElement)) return;
  const box = dialog.getBoundingClientRect();
  const isOutside =
    event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  const isWritten = [...dialog.querySelectorAll("textarea")].some((field) => field.value.trim());
  if (isOutside && !isWritten) dialog.close();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = event.detail.requestConfig?.elt?.closest?.("dialog[open]");
  if (dialog && event.detail.xhr.status < 300 && !dialog.contains(event.detail.target)) dialog.close();
});

export function start(root) {
  for (const dialog of root.querySelectorAll("dialog[data-open]")) dialog.showModal();
}
