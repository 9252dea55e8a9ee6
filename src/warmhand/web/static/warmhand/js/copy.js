// data-copy="id" copies the value of that field; where the browser doesn't let us, it is shown and
// selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
    said(button, "Copied");
  } catch {
    field.hidden = false;
    field.focus();
    field.select();
    said(button, "Selected: press Ctrl C");
  }
});

function said(button, text) {
  const label = button.lastChild;
  const before = button.dataset.label ?? label.textContent;
  button.dataset.label = before;
  label.textContent = text;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => { label.textContent = before; }, 2500);
}
