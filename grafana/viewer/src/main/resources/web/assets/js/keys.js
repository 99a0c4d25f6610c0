import { h } from "./dom.js";
import { Menu } from "./menu.js";

/** Grafana's keys, where it has them. A key or two in a row. */
export const KEYS = [
  ["r", "Refresh now"], ["t z", "Zoom out"], ["t ←", "Time back by half a range"], ["t →", "Time on by half a range"],
  ["v", "Enlarge the panel under the pointer"], ["Esc", "Back: close, shrink, leave kiosk"],
  ["d k", "Only the panels (kiosk)"], ["d t", "Dark or light"], ["g h", "Home"], ["g d", "All dashboards"], ["?", "These keys"],
];

const SEQUENCE_MILLIS = 1200;

export function listenForKeys(actions) {
  let first = null;
  let firstAt = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return actions.Esc();
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return undefined;
    const key = { ArrowLeft: "←", ArrowRight: "→" }[event.key] || event.key;
    const pair = first && Date.now() - firstAt < SEQUENCE_MILLIS ? `${first} ${key}` : null;
    const action = actions[pair] || actions[key];
    first = action ? null : key;
    firstAt = Date.now();
    if (!action) return undefined;
    event.preventDefault();
    return action();
  });
}

export function helpOverlay() {
  const existing = document.querySelector(".overlay");
  if (existing) return existing.remove();
  Menu.close();
  const overlay = h("div", { class: "overlay", role: "dialog", "aria-label": "Keys", onclick: () => overlay.remove() },
    h("div", { class: "sheet" }, h("h2", {}, "Keys"),
      h("dl", { class: "keys" }, KEYS.map(([keys, what]) => [h("dt", {}, keys.split(" ").map((key) => h("kbd", {}, key))), h("dd", {}, what)])),
      h("p", {}, "Drag across a chart to zoom in, double-click to zoom out. Click a legend entry to see it alone.")));
  document.body.append(overlay);
  return overlay;
}
