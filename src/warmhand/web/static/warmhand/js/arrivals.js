// The strip of what helpdesks have just told of: asked for again and again, only while it is seen.
// An answer that never comes, or the page of somebody signed out, leaves the strip as it was.
const strip = document.getElementById("arrivals");
const EVERY = Number(strip.dataset.every);
const SLOW = 10000;
let timer;

function look() {
  clearTimeout(timer);
  if (document.visibilityState === "visible") window.htmx.trigger(strip, "look");
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(look, wait);
}

strip.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== strip) return;
  event.detail.parameters.since = strip.querySelector("[data-mark]")?.dataset.mark ?? "";
});
strip.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!xhr.responseURL || new URL(xhr.responseURL).pathname.startsWith(strip.dataset.path)) return;
  event.detail.shouldSwap = false;
});
strip.addEventListener("htmx:afterRequest", (event) => {
  if (event.target === strip) later(event.detail.successful ? EVERY : SLOW);
});
// a look that fails is no act that was lost: the page's own alarm is for those
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  strip.addEventListener(name, (event) => { if (event.target === strip) event.stopPropagation(); });
}
document.addEventListener("visibilitychange", look);
// htmx takes the page over once it is there; before that nobody would hear
if (document.readyState === "complete") look();
else window.addEventListener("load", look);
