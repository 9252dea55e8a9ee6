// Light, dark, or as the machine says. Kept in a cookie, so that the server
// writes the choice into the page and nothing flickers.
const NEXT = { auto: "light", light: "dark", dark: "auto" };

function choose(theme) {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.querySelector("[data-theme-name]").textContent = theme;
  }
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  choose(NEXT[document.documentElement.dataset.theme ?? "auto"]);
});
