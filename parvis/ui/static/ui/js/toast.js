// A toast leaves after six seconds, fifteen where it offers "Undo"; not while it is pointed at or holds focus.
const SECONDS = 6;
const SECONDS_WITH_UNDO = 15;

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(leave, 1000, toast);
  else toast.remove();
}

export function start(root) {
  const toasts = root.matches?.("[data-toast]") ? [root] : root.querySelectorAll("[data-toast]:not([data-timed])");
  for (const toast of toasts) {
    toast.dataset.timed = "";
    const seconds = toast.querySelector("button, a") ? SECONDS_WITH_UNDO : SECONDS;
    setTimeout(leave, seconds * 1000, toast);
  }
}
