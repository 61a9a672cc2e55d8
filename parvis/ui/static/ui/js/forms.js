// Small manners of forms: send when a choice changes, and not twice.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form) form.requestSubmit();
});

function setDisabled(form, isDisabled) {
  for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = isDisabled;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  // After this turn, so that the pressed button's own value is still sent.
  setTimeout(setDisabled, 0, form, true);
});

// A fragment may come back with an error, or not at all: then the same form is sent again.
for (const [kind, isDisabled] of [["htmx:beforeSend", true], ["htmx:afterRequest", false]]) {
  document.addEventListener(kind, (event) => {
    if (event.detail.elt.matches?.("form[data-once]")) setDisabled(event.detail.elt, isDisabled);
  });
}

// A page kept by the browser and shown again with "back" may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) setDisabled(form, false);
});
