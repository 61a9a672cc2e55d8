// Files, dropped or chosen. A form with data-upload shows progress while it is sent; with data-upload="at-once"
// every file is sent by itself as soon as it is chosen. Both post the ordinary form to its ordinary address.
const zoneOf = (element) => element.closest("[data-drop]");

function describe(zone, file) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  name.className = "truncate";
  name.textContent = file.name;
  state.className = "upload-state";
  state.textContent = zone.dataset.textWaiting;
  row.append(name, state);
  const list = zone.querySelector(".upload-list");
  list.hidden = false;
  list.append(row);
  return row;
}

function show(row, className, text) {
  row.className = className;
  row.querySelector(".upload-state").textContent = text;
  if (className) row.querySelector("progress")?.remove();
}

function advance(row, zone, part) {
  let bar = row.querySelector("progress");
  if (!bar) {
    bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", row.firstChild.textContent);
    row.append(bar);
  }
  bar.value = part;
  const words = part < 1 ? zone.dataset.textSending : zone.dataset.textChecking;
  row.querySelector(".upload-state").textContent = part < 1 ? `${words} ${Math.floor(part * 100)} %` : words;
}

// What the server said is wrong, from the page it answered with.
function reason(request, zone) {
  const page = new DOMParser().parseFromString(request.responseText ?? "", "text/html");
  const words = page.querySelector(".error, .notice.error p, [data-reason]")?.textContent.trim();
  return words || zone.dataset.textFailed;
}

function send(form, data, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    // The answer is read by nobody: words of success wait for the page that is opened afterwards.
    request.setRequestHeader("X-Upload", "1");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.upload.addEventListener("load", () => onProgress(1));
    request.addEventListener("loadend", () => resolve(request));
    request.send(data);
  });
}

const succeeded = (request) => request.status >= 200 && request.status < 300;

async function sendAtOnce(form, zone, input) {
  const files = [...input.files];
  const rows = files.map((file) => describe(zone, file));
  input.disabled = true;
  let last = null;
  for (const [index, file] of files.entries()) {
    const data = new FormData(form);
    data.set(input.name, file);
    const request = await send(form, data, (part) => advance(rows[index], zone, part));
    if (succeeded(request)) {
      last = request;
      show(rows[index], "sent", zone.dataset.textSent);
    } else {
      show(rows[index], "failed", reason(request, zone));
    }
  }
  input.disabled = false;
  input.value = "";
  if (!last || rows.some((row) => row.classList.contains("failed"))) return;
  arrive(form, last);
}

async function sendWhole(form, submitter) {
  const zone = form.querySelector("[data-drop]");
  const rows = [...zone.querySelectorAll(".upload-list li")];
  const data = new FormData(form, submitter);
  const buttons = form.querySelectorAll("button:not([type=button])");
  buttons.forEach((button) => (button.disabled = true));
  const request = await send(form, data, (part) => rows.forEach((row) => advance(row, zone, part)));
  buttons.forEach((button) => (button.disabled = false));
  if (succeeded(request)) {
    rows.forEach((row) => show(row, "sent", zone.dataset.textSent));
    arrive(form, request);
    return;
  }
  rows.forEach((row) => show(row, "failed", reason(request, zone)));
}

function arrive(form, request) {
  form.dispatchEvent(new CustomEvent("parvis:sent", { bubbles: true }));
  const address = request.responseURL || location.href;
  if (address.split("#")[0] === location.href.split("#")[0]) location.reload();
  else location.assign(address);
}

function list(zone, input) {
  zone.querySelector(".upload-list").replaceChildren();
  for (const file of input.files) describe(zone, file);
}

function chosen(input) {
  const zone = zoneOf(input);
  const form = input.form;
  if (!zone || !form || !input.files.length) return;
  if (form.dataset.upload === "at-once") sendAtOnce(form, zone, input);
  else list(zone, input);
}

document.addEventListener("change", (event) => {
  if (event.target.matches('[data-drop] input[type="file"]')) chosen(event.target);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-upload]")) return;
  const input = form.querySelector('[data-drop] input[type="file"]');
  if (!input?.files.length) return;
  event.preventDefault();
  sendWhole(form, event.submitter);
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.querySelector(".drop").classList.add("over");
  });
}

for (const kind of ["dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (zone) zone.querySelector(".drop").classList.remove("over");
  });
}

document.addEventListener("drop", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  const input = zone.querySelector('input[type="file"]');
  const taken = new DataTransfer();
  for (const file of event.dataTransfer.files) {
    taken.items.add(file);
    if (!input.multiple) break;
  }
  input.files = taken.files;
  chosen(input);
});
