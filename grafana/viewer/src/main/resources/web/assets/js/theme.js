// Dark unless light was chosen. Runs before the first paint, so that the page never flashes in the wrong theme.
(() => {
  const asked = new URLSearchParams(location.search).get("theme");
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // Storage may be switched off: then the choice lasts as long as the page.
  }
  const theme = asked || kept;
  document.documentElement.dataset.theme = theme === "light" ? "light" : "dark";
})();
