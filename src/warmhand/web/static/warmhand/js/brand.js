// The head of a pack in the colour being chosen, before it is saved.
const preview = document.querySelector("[data-preview]");
const colour = document.querySelector("input[type=color]");
let waiting = 0;

colour?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    preview.src = `${preview.dataset.preview}?colour=${encodeURIComponent(colour.value)}`;
  }, 120);
});
