// On a phone one writes on the whole screen: the page's composer moves into a dialog, and back when it closes.
const PHONE = matchMedia("(max-width: 860px)");
let sheet = null;
let place = null;

function open(form) {
  if (sheet || !form || !PHONE.matches) return;
  place = document.createComment("composer");
  sheet = document.createElement("dialog");
  sheet.className = "sheet";
  sheet.setAttribute("aria-labelledby", "composer-title");
  sheet.addEventListener("close", putBack);
  form.dispatchEvent(new FocusEvent("focusin", { bubbles: true })); // what the page fetches for a writer
  form.replaceWith(place);
  sheet.append(form);
  document.body.append(sheet);
  sheet.showModal();
  form.querySelector("textarea").focus();
}

function putBack() {
  if (!sheet) return;
  if (place.isConnected) place.replaceWith(sheet.firstElementChild);
  sheet.remove();
  sheet = place = null;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-compose]");
  if (button) open(document.getElementById(button.dataset.compose));
});

// A place on the image was chosen for this form.
document.addEventListener("parvis:write", (event) => open(event.target));

// An answer replaced the thread and brought a composer of its own, perhaps with what is wrong.
document.addEventListener("htmx:afterSwap", () => {
  if (!sheet || place.isConnected) return;
  putBack();
  open(document.querySelector(".composer [aria-invalid]")?.form);
});

// A refusal stands on the page beneath; the words are still in the form.
document.addEventListener("htmx:afterRequest", (event) => {
  if (sheet?.contains(event.detail.elt) && !event.detail.successful) putBack();
});
