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

// what went wrong while htmx asked: an error page's own words, or that nobody answered
function alarm(words) {
  const note = document.getElementById("offline");
  if (words) note.textContent = words;
  note.hidden = false;
  note.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => alarm(""));
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const said = [...page.querySelectorAll("h1, h1 + p")].map((line) => line.textContent);
  alarm(said.join(" "));
});
