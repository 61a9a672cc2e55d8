// Tells the server once that a person had the page before their eyes for a second; a scanner that only fetches
// pages never runs this.
const told = new Set();

function tell(url) {
  if (told.has(url)) return;
  told.add(url);
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => told.delete(url));
}

function afterASecondInView(url) {
  let timer = null;
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible" && !told.has(url)) timer = setTimeout(tell, 1000, url);
  };
  document.addEventListener("visibilitychange", watch);
  watch();
}

export function start(root) {
  const elements = root.matches?.("[data-shown-url]") ? [root] : root.querySelectorAll("[data-shown-url]");
  for (const element of elements) afterASecondInView(element.dataset.shownUrl);
}
