// The palette: arrows go through what was found, Enter in the field takes the first of it
// once the answer belongs to what stands there; before, it goes to the page of the search.
document.addEventListener("keydown", (event) => {
  const palette = event.target.closest("[data-palette]");
  if (!palette) return;
  const stops = [palette.querySelector("input"), ...palette.querySelectorAll("a")];
  const here = stops.indexOf(event.target);
  const isAnswered = palette.querySelector("[data-found]")?.dataset.found === stops[0].value.trim();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) stops.at((here + step) % stops.length).focus();
  else if (event.key === "Enter" && here === 0 && isAnswered && stops[1]) stops[1].click();
  else return;
  event.preventDefault();
});
