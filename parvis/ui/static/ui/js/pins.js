// A page image and its remarks. Places are SVG attributes in percent; the composer's hidden fields carry them.
const SVG = "http://www.w3.org/2000/svg";
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value) => Math.min(99, Math.max(1, value));

class PinBoard extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector(".pin-frame");
    this.pins = this.querySelector(".pins");
    this.status = this.querySelector("[data-pin-status]");
    this.addButton = this.querySelector("[data-pin-add]");
    if (!this.hasAttribute("data-can-add")) return;

    this.addButton?.addEventListener("click", () => this.begin());
    this.addButton?.addEventListener("keydown", (event) => this.steer(event));
    this.frame.addEventListener("click", (event) => {
      if (event.target.closest("a")) return;
      const box = this.frame.getBoundingClientRect();
      this.place(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
      this.keep();
    });
    document.addEventListener("parvis:pin-gone", this.onGone);
    // An answer brings the board before its composer: until then the form is the one that was sent.
    queueMicrotask(() => this.restore());
  }

  // A composer that came back with an error still knows its place.
  restore() {
    const fields = this.form?.elements;
    if (!fields?.anchor_x?.value || fields.anchor_page?.value !== this.dataset.page) return;
    this.place(Number(fields.anchor_x.value), Number(fields.anchor_y.value));
    this.keep({ takeFocus: false });
  }

  disconnectedCallback() {
    document.removeEventListener("parvis:pin-gone", this.onGone);
  }

  onGone = (event) => {
    if (event.detail.by !== this) this.clear();
  };

  get form() {
    return document.getElementById(this.dataset.form);
  }

  begin() {
    if (this.isSteering) return;
    this.isSteering = true;
    this.place(this.x ?? 50, this.y ?? 50);
  }

  steer(event) {
    if (!this.isSteering) return;
    const direction = ARROWS[event.key];
    if (direction) {
      const step = event.shiftKey ? 10 : 1;
      this.place(this.x + direction[0] * step, this.y + direction[1] * step);
    } else if (event.key === "Enter") {
      this.keep();
    } else if (event.key === "Escape") {
      this.clear();
      this.write("", "", "");
      this.status.textContent = this.dataset.textCancelled;
    } else {
      return;
    }
    event.preventDefault();
  }

  place(x, y) {
    this.x = within(x);
    this.y = within(y);
    if (!this.draft) {
      this.draft = document.createElementNS(SVG, "g");
      this.draft.setAttribute("class", "pin-draft");
      const circle = document.createElementNS(SVG, "circle");
      circle.setAttribute("r", "15");
      const sign = document.createElementNS(SVG, "text");
      sign.textContent = "+";
      this.draft.append(circle, sign);
      this.pins.append(this.draft);
    }
    const [circle, sign] = this.draft.children;
    circle.setAttribute("cx", `${this.x}%`);
    circle.setAttribute("cy", `${this.y}%`);
    sign.setAttribute("x", `${this.x}%`);
    sign.setAttribute("y", `${this.y}%`);
    this.status.textContent = this.dataset.textPosition
      .replace("{x}", Math.round(this.x))
      .replace("{y}", Math.round(this.y));
  }

  keep({ takeFocus = true } = {}) {
    this.isSteering = false;
    document.dispatchEvent(new CustomEvent("parvis:pin-gone", { detail: { by: this } }));
    this.write(this.dataset.page, this.x.toFixed(2), this.y.toFixed(2));
    this.status.textContent = this.dataset.textChosen;
    if (!takeFocus) return;
    this.form?.dispatchEvent(new CustomEvent("parvis:write", { bubbles: true }));
    this.form?.querySelector("textarea")?.focus();
  }

  clear() {
    this.isSteering = false;
    this.draft?.remove();
    this.draft = null;
    this.x = this.y = undefined;
  }

  write(page, x, y) {
    const form = this.form;
    if (!form) return;
    const values = { anchor_page: page, anchor_x: x, anchor_y: y };
    for (const [name, value] of Object.entries(values)) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    const note = form.querySelector("[data-anchor-note]");
    if (note) note.hidden = !page;
  }
}

customElements.define("pin-board", PinBoard);

// "Without a place" in the composer.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-anchor-clear]");
  if (!button) return;
  const form = button.closest("form");
  for (const board of document.querySelectorAll("pin-board")) {
    if (board.form === form) {
      board.clear();
      board.write("", "", "");
    }
  }
  form.querySelector("textarea")?.focus();
});

// A pin and its card are one thing in two places.
const pinOf = (card) => document.querySelector(`.pins a[href="#${CSS.escape(card.id)}"]`);
const cardOf = (pin) => document.getElementById(pin.getAttribute("href").replace(/^[^#]*#/, ""));

function point(pin, card) {
  for (const other of document.querySelectorAll(".pins a.current, .comment-card.current")) {
    other.classList.remove("current");
  }
  pin?.classList.add("current");
  card?.classList.add("current");
}

document.addEventListener("click", (event) => {
  const pin = event.target.closest(".pins a");
  const card = pin && cardOf(pin);
  if (!card) return;
  event.preventDefault();
  point(pin, card);
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: "smooth" });
});

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const card = event.target.closest?.(".comment-card[id]");
    const pin = card && pinOf(card);
    if (pin) point(pin, card);
  });
}

document.addEventListener("click", (event) => {
  const number = event.target.closest(".comment-number");
  const pin = number && pinOf(number.closest(".comment-card"));
  pin?.scrollIntoView({ block: "center", behavior: "smooth" });
});
