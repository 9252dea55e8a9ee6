// What scrolls sideways on a phone begins where it matters: tabs at the one we are on, a chart at
// its newest end. Only sideways: the page itself stays where it is.
for (const tabs of document.querySelectorAll(".tabs")) {
  const here = tabs.querySelector("[aria-current]");
  if (here) tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2;
}
for (const chart of document.querySelectorAll(".chart-scroll")) chart.scrollLeft = chart.scrollWidth;
