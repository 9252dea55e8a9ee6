// A box at the head of a list ticks all boxes of that name in the same table.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.ticks;
  if (!name) return;
  for (const box of event.target.closest("table").querySelectorAll(`input[name="${name}"]`)) {
    box.checked = event.target.checked;
  }
});

// The list may come anew right after somebody ticked: leaving the search field counts as a change.
let ticked = [];
document.addEventListener("htmx:beforeSwap", () => {
  ticked = [...document.querySelectorAll('input[name="chosen"]:checked')].map((box) => box.value);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const box of document.querySelectorAll('input[name="chosen"]')) {
    if (ticked.includes(box.value)) box.checked = true;
  }
});
