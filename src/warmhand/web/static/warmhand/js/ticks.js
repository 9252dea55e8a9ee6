// A box at the head of a list ticks all boxes of that name in the same table.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.ticks;
  if (!name) return;
  for (const box of event.target.closest("table").querySelectorAll(`input[name="${name}"]`)) {
    box.checked = event.target.checked;
  }
});
