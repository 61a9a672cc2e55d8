// What every htmx request needs: the CSRF token, a word when it fails, focus where reading goes on.
const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});

function notify(text) {
  const notices = document.querySelector("#notices");
  if (!notices) return;
  const notice = document.createElement("div");
  const words = document.createElement("p");
  notice.className = "notice error";
  words.textContent = text;
  notice.append(document.createElement("span"), words);
  notices.replaceChildren(notice);
  notices.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => notify(document.body.dataset.textOffline));
document.addEventListener("htmx:timeout", () => notify(document.body.dataset.textOffline));
document.addEventListener("htmx:responseError", (event) => {
  // 403 and 404 bring a page of their own; the person did not ask to leave this one.
  if (event.detail.xhr.status !== 409) notify(document.body.dataset.textError);
});

document.addEventListener("htmx:afterSettle", (event) => {
  const arrived = event.detail.elt;
  const target = arrived.querySelector?.('[aria-invalid="true"], [data-focus]') ?? null;
  target?.focus();
  if (arrived.id === "notices") arrived.scrollIntoView({ block: "nearest" });
});

// Passkeys: the library reports a failed or cancelled ceremony only by an event.
document.addEventListener("allauth.error", () => notify(document.body.dataset.textError));
