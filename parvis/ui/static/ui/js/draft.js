// Nothing typed is lost: text areas keep themselves in this browser until their form succeeds.
const PREFIX = "parvis:draft:";
const SENT = "parvis:sent";
const KEPT_DAYS = 30;
const timers = new Map(); // of the fields whose last letters are not kept yet

const keyOf = (field) => PREFIX + field.dataset.draft;
const fieldsOf = (form) => form.querySelectorAll("[data-draft]");

function settleTimer(field) {
  clearTimeout(timers.get(field));
  timers.delete(field);
}

function save(field) {
  settleTimer(field);
  if (field.value.trim()) localStorage.setItem(keyOf(field), JSON.stringify({ text: field.value, at: Date.now() }));
  else localStorage.removeItem(keyOf(field));
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const draft = read(key);
    if (!draft || Date.now() - draft.at > KEPT_DAYS * 86_400_000) localStorage.removeItem(key);
  }
}

// A form sent as a page: if it comes back with its text, something was wrong and the draft stays.
function settleSent() {
  const keys = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.removeItem(SENT);
  // Whoever has to come in again first finds the text in its form afterwards.
  if (document.querySelector("[data-keep-drafts]")) return;
  for (const key of keys) {
    const field = document.querySelector(`[data-draft="${CSS.escape(key.slice(PREFIX.length))}"]`);
    if (!field?.value.trim()) localStorage.removeItem(key);
  }
}

document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-draft]");
  if (!field) return;
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(() => save(field), 400));
});

// Whoever leaves in the middle of a word finds it whole.
const savePending = () => [...timers.keys()].forEach(save);
addEventListener("pagehide", savePending);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-forget-drafts]")) {
    [...timers.keys()].forEach(settleTimer);
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    return;
  }
  const fields = [...fieldsOf(form)];
  if (!fields.length) return;
  fields.forEach(save);
  if (!event.defaultPrevented) sessionStorage.setItem(SENT, JSON.stringify(fields.map(keyOf)));
});

function forget(form) {
  for (const field of fieldsOf(form)) {
    settleTimer(field);
    localStorage.removeItem(keyOf(field));
  }
}

document.addEventListener("parvis:sent", (event) => forget(event.target));
document.addEventListener("htmx:beforeSwap", (event) => {
  // Before the swap: afterwards fields and form may be gone.
  savePending();
  const form = event.detail.requestConfig?.elt?.closest?.("form");
  if (form && event.detail.xhr.status < 300) {
    forget(form);
    sessionStorage.removeItem(SENT);
  }
});

let isFirst = true;

export function start(root) {
  if (isFirst) {
    isFirst = false;
    forgetOld();
    settleSent();
  }
  for (const field of root.querySelectorAll("[data-draft]")) {
    const draft = read(keyOf(field));
    if (draft && !field.value.trim()) {
      field.value = draft.text;
      // A folded form would hide what was kept.
      const folded = field.closest("details:not([open])");
      if (folded) folded.open = true;
    }
  }
}
