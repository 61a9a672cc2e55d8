// The slider over two versions; the picture itself may be dragged too.
function divide(compare, percent) {
  const share = `${Math.min(100, Math.max(0, percent))}%`;
  compare.querySelector("[data-compare-part]").setAttribute("width", share);
  const line = compare.querySelector("[data-compare-line]");
  line.setAttribute("x1", share);
  line.setAttribute("x2", share);
}

document.addEventListener("input", (event) => {
  const compare = event.target.closest("[data-compare]");
  if (compare) divide(compare, Number(event.target.value));
});

for (const kind of ["pointerdown", "pointermove"]) {
  document.addEventListener(kind, (event) => {
    const picture = event.target.closest?.("[data-compare] > svg");
    if (!picture || event.buttons !== 1) return;
    const box = picture.getBoundingClientRect();
    const range = picture.parentElement.querySelector("input");
    range.value = ((event.clientX - box.left) / box.width) * 100;
    divide(picture.parentElement, Number(range.value));
  });
}
