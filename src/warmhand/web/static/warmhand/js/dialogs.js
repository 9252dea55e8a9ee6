// data-dialog="id" opens that dialog; data-close closes the one it stands in.
// Menus (details.menu) close when the person clicks elsewhere or presses Escape.
function open(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    event.preventDefault();
    open(document.getElementById(opener.dataset.dialog));
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.matches("dialog")) event.target.close();
  for (const menu of document.querySelectorAll("details.menu[open], .bar details[open]")) {
    const chosen = event.target.closest(".sheet a, .sheet [type='submit']");
    if (!menu.contains(event.target) || chosen) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open], .bar details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// a dialog that htmx has just brought opens itself
document.addEventListener("htmx:afterSettle", () => {
  open(document.querySelector("dialog[data-opens-itself]"));
});

// one that was closed is gone, so that nothing opens it again; what was written in it shows at once
document.addEventListener("close", (event) => {
  if (!event.target.matches("dialog[data-opens-itself]")) return;
  if (event.target.matches("[data-reloads]")) location.replace(location.pathname + location.search);
  event.target.remove();
}, true);

// Ctrl+Enter sends a form from within a text of several lines
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  if (event.target.matches("textarea")) event.target.form?.requestSubmit();
});
