// A toast goes away by itself after eight seconds, unless it offers something
// (Undo), or the person is reading it: pointer over it or focus inside.
const STAY = 8000;

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(leave, STAY, toast);
  else toast.remove();
}

function watch() {
  for (const toast of document.querySelectorAll(".toast:not([data-seen])")) {
    toast.dataset.seen = "";
    if (!toast.querySelector("form")) setTimeout(leave, STAY, toast);
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest(".toast").remove();
});
document.addEventListener("htmx:afterSettle", watch);
watch();

// an answer that is an error is shown too: it says what is wrong and what to do
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) event.detail.shouldSwap = true;
});
document.addEventListener("htmx:sendError", () => {
  document.getElementById("offline").hidden = false;
});
