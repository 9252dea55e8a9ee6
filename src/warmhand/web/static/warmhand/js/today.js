// Today: a dialog that was closed is gone for good; and when one has done its work and the line
// is gone, the focus goes to the line that took its place, so that one can go on without a mouse.
const lines = () => [...document.querySelectorAll("#today-list [data-item]")];
let place = -1;

document.addEventListener("focusin", (event) => {
  const line = event.target.closest("#today-list [data-item]");
  if (line) place = lines().indexOf(line);
});

document.addEventListener("close", (event) => {
  if (event.target.matches("#sheet dialog")) event.target.remove();
}, true);

document.addEventListener("htmx:afterSettle", () => {
  if (place < 0 || document.querySelector("dialog[open]")) return;
  if (document.activeElement !== document.body) return;
  const all = lines();
  (all[Math.min(place, all.length - 1)] ?? document.getElementById("main")).focus();
});

// the tab one is on is in sight, however many there are
function showTab() {
  document.querySelector("#today-list .tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}
document.addEventListener("htmx:afterSettle", showTab);
showTab();
