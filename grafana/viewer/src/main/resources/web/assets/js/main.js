import { h } from "./dom.js";
import { cancelAll, getJson } from "./api.js";
import { dashboardList } from "./browse.js";
import { DashboardPage } from "./dashboard.js";
import { helpOverlay, listenForKeys } from "./keys.js";
import { Menu } from "./menu.js";

const app = document.getElementById("app");
let page = null;
let searched = null;

const navigation = {
  reload: () => show(),
  go: (address) => {
    history.pushState(null, "", address);
    return show();
  },
  dashboards: async () => (await search()).dashboards,
  openDashboards: async () => Menu.open(document.querySelector(".crumb"), dashboardList(await search()), "Dashboards"),
  help: helpOverlay,
  toggleTheme: () => {
    const theme = document.documentElement.dataset.theme === "light" ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Storage may be switched off: then the choice lasts as long as the page.
    }
    page?.redraw();
  },
};

async function search() {
  searched ??= await getJson("/api/search");
  return searched;
}

async function show() {
  Menu.close();
  searched = null;
  page?.dispose();
  page = null;
  const path = location.pathname;
  try {
    if (path === "/dashboards") return showList();
    const uid = /^\/d\/([^/]+)/.exec(path)?.[1];
    const answer = await getJson(uid ? `/api/dashboards/uid/${uid}` : "/api/dashboards/home");
    page = new DashboardPage(app, answer, navigation);
    return await page.start();
  } catch (error) {
    return app.replaceChildren(h("div", { class: "failure" }, h("h1", {}, "Cannot show this"), h("p", {}, error.message),
      h("a", { href: "/dashboards" }, "All dashboards")));
  }
}

async function showList() {
  document.title = "Dashboards – Candlestack";
  app.replaceChildren(h("main", { class: "list-page" }, h("h1", {}, "Dashboards"), dashboardList(await search())));
}

/** Links within the viewer change the page without loading it again. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link.target === "_blank") return;
  if (link.origin !== location.origin || link.pathname.startsWith("/api/")) return;
  event.preventDefault();
  if (link.getAttribute("href") !== "#") navigation.go(link.href);
});

window.addEventListener("popstate", () => show());
window.addEventListener("pagehide", () => cancelAll());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) page?.refreshNow();
});

listenForKeys({
  r: () => page?.refreshNow(),
  "t z": () => page?.zoomOut(),
  "t ←": () => page?.shift(-1),
  "t →": () => page?.shift(1),
  v: () => page?.pointed && page.enlarge(page.pointed),
  "d k": () => page?.toggleKiosk(),
  "d t": () => navigation.toggleTheme(),
  "g h": () => navigation.go("/"),
  "g d": () => navigation.openDashboards(),
  "?": () => helpOverlay(),
  Esc: () => {
    const overlay = document.querySelector(".overlay");
    if (overlay) return overlay.remove();
    return Menu.close() || page?.leave();
  },
});

show();
