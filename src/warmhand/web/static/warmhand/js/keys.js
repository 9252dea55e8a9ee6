// The keyboard. A page declares, this file only obeys:
//   data-list                a list; j/k or the arrows go through its data-item elements
//   data-open                inside an item: what Enter opens
//   data-key="s"             inside an item: what the letter presses, for the item in focus
//   data-key-page="n"        anywhere: what the letter presses, on the whole page
// "?" opens the dialog with the id "keys", "/" goes to the search box.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
const items = () => [...document.querySelectorAll("[data-list] [data-item]")];
const current = () => document.activeElement.closest("[data-item]");

function step(by) {
  const all = items();
  if (!all.length) return false;
  const at = all.indexOf(current());
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1);
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
  return true;
}

function press(element) {
  if (!element) return false;
  if (typing(element)) element.focus();
  else element.click();
  if (element.matches("summary")) element.parentElement.querySelector("input, select, textarea, a, button")?.focus();
  return true;
}

function obey(key) {
  if (key === "j" || key === "ArrowDown") return step(1);
  if (key === "k" || key === "ArrowUp") return step(-1);
  if (key === "?") return press(document.querySelector("[data-dialog='keys']"));
  const named = (attribute, within) => within?.querySelector(`[${attribute}="${CSS.escape(key)}"]`);
  return press(named("data-key", current())) || press(named("data-key-page", document));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const onItem = event.target.matches("[data-item]");
  const done = event.key === "Enter"
    ? onItem && press(event.target.querySelector("[data-open]"))
    : event.key.length > 1 && !event.key.startsWith("Arrow") ? false : obey(event.key);
  if (done) event.preventDefault();
});

// after htmx has taken an item away, the next one has the focus
let place = -1;
document.addEventListener("htmx:beforeSwap", () => { place = items().indexOf(current()); });
document.addEventListener("htmx:afterSettle", () => {
  if (place < 0 || document.activeElement !== document.body) return;
  const all = items();
  all[Math.min(place, all.length - 1)]?.focus();
});
