// Typing @ in a text area offers the handles of the page's <datalist>: value = handle, label = name.
let list = null;
let field = null;

function close() {
  list?.remove();
  for (const name of ["aria-activedescendant", "aria-controls"]) field?.removeAttribute(name);
  list = field = null;
}

// The @word right before the caret, or null.
function wordAt(area) {
  const before = area.value.slice(0, area.selectionStart);
  return before.match(/(?:^|\s)@([\p{L}\p{N}._-]{0,40})$/u)?.[1] ?? null;
}

function choices(area, word) {
  const options = document.getElementById(area.dataset.mention)?.querySelectorAll("option") ?? [];
  const sought = word.toLowerCase();
  return [...options]
    .filter((option) => option.value.toLowerCase().startsWith(sought) || option.label.toLowerCase().includes(sought))
    .slice(0, 6);
}

function take(option) {
  const end = field.selectionStart;
  const start = field.value.slice(0, end).lastIndexOf("@");
  field.setRangeText(`@${option.dataset.handle} `, start, end, "end");
  const area = field;
  close();
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function select(item) {
  for (const other of list.children) other.setAttribute("aria-selected", String(other === item));
  field.setAttribute("aria-activedescendant", item.id);
}

function open(area, options) {
  close();
  field = area;
  list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.getElementById(area.dataset.mention).dataset.label);
  for (const [index, option] of options.entries()) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const handle = document.createElement("small");
    item.id = `mention-${index}`;
    item.setAttribute("role", "option");
    item.dataset.handle = option.value;
    name.textContent = `${option.label || option.value} `;
    handle.textContent = `@${option.value}`;
    item.append(name, handle);
    list.append(item);
  }
  area.insertAdjacentElement("afterend", list);
  area.setAttribute("aria-controls", list.id);
  select(list.firstElementChild);
}

// A text area stays a text area to those who hear it; it only says that a list goes with it.
document.addEventListener("focusin", (event) => {
  const area = event.target.closest("[data-mention]");
  area?.setAttribute("aria-autocomplete", "list");
  area?.setAttribute("aria-haspopup", "listbox");
});

document.addEventListener("input", (event) => {
  const area = event.target.closest("[data-mention]");
  if (!area) return;
  const word = wordAt(area);
  const options = word === null ? [] : choices(area, word);
  if (options.length) open(area, options);
  else close();
});

document.addEventListener(
  "keydown",
  (event) => {
    if (!list || event.target !== field) return;
    const selected = list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown") select(selected.nextElementSibling ?? list.firstElementChild);
    else if (event.key === "ArrowUp") select(selected.previousElementSibling ?? list.lastElementChild);
    else if (event.key === "Enter" || event.key === "Tab") take(selected);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// Before the field loses focus, or the list would be gone under the finger.
document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest?.(".mention-list li");
  if (!item) return;
  event.preventDefault();
  take(item);
});

document.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
