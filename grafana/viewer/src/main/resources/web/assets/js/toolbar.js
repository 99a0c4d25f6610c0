import { h, icon, setText } from "./dom.js";
import { Menu } from "./menu.js";
import { TimePicker } from "./timepicker.js";
import { describeRange } from "./time.js";
import { variableControl } from "./variable-controls.js";

const REFRESHES = ["", "1s", "2s", "5s", "10s", "30s", "1m", "5m"];

/** The two lines above a dashboard: where one is, when, and for what. */
export class Toolbar {
  constructor(page, meta) {
    this.page = page;
    this.where = h("button", { class: "crumb", type: "button", title: "All dashboards (g d)", onclick: () => page.navigation.openDashboards() },
      h("img", { src: "/assets/icon.svg", alt: "", width: 22, height: 22 }),
      h("span", { class: "crumb-folder" }, meta.folderTitle || "Dashboards"), h("span", { class: "crumb-sep" }, "/"),
      h("h1", {}, page.dashboard.title), icon("chevron"));
    this.rangeText = h("span");
    this.rangeButton = this.button("clock", "Time range", () => this.openPicker(), this.rangeText);
    this.age = h("span", { class: "age", title: "Age of what is shown" });
    this.refreshSelect = this.refreshes();
    this.busy = this.button("refresh", "Refresh now (r)", () => page.refreshNow());
    this.links = h("nav", { class: "tabs", "aria-label": "Dashboards" });
    this.controls = h("div", { class: "controls" });
    this.root = h("header", { class: "toolbar" },
      h("div", { class: "toolbar-line" }, this.where, h("span", { class: "spacer" }), this.age,
        h("div", { class: "group" }, this.button("left", "Back by half a range (t ←)", () => page.shift(-1)), this.rangeButton,
          this.button("right", "On by half a range (t →)", () => page.shift(1)), this.button("zoomOut", "Zoom out (t z)", () => page.zoomOut())),
        h("div", { class: "group" }, this.busy, this.refreshSelect),
        h("div", { class: "group" }, this.button("kiosk", "Only the panels (d k)", () => page.toggleKiosk()),
          this.button("sun", "Dark or light (d t)", () => page.navigation.toggleTheme()),
          this.button("help", "Keys (?)", () => page.navigation.help()))),
      h("div", { class: "toolbar-line second" }, this.controls, h("span", { class: "spacer" }), this.links));
    this.drawRange();
    this.drawVariables();
    this.drawLinks();
    this.clock = setInterval(() => this.drawAge(), 1000);
  }

  button(name, title, action, ...children) {
    return h("button", { class: "tool", type: "button", title, "aria-label": title, onclick: action }, icon(name), children);
  }

  refreshes() {
    const offered = this.page.dashboard.timepicker?.refresh_intervals || [];
    const all = ["", ...new Set([...offered, this.page.refresh].filter(Boolean))];
    const options = all.length > 1 ? all : REFRESHES;
    return h("select", { class: "tool", title: "Refresh", "aria-label": "Refresh", onchange: (event) => this.page.setRefresh(event.target.value) },
      options.map((value) => h("option", { value, selected: value === this.page.refresh }, value || "Off")));
  }

  drawRange() {
    setText(this.rangeText, describeRange(this.page.range, this.page.context.utc));
  }

  drawVariables() {
    const { variables, annotations } = this.page;
    this.controls.replaceChildren(
      ...variables.list.filter((entry) => !entry.hidden).map((entry) => variableControl(entry, (value) => this.page.choose(entry.name, value))),
      ...annotations.list.map((entry) => h("label", { class: "switch", title: "Annotations" },
        h("input", { type: "checkbox", checked: entry.isOn, onchange: () => this.page.toggleAnnotation(entry) }),
        h("span", {}, entry.definition.name))));
  }

  async drawLinks() {
    const links = this.page.dashboard.links || [];
    const dashboards = links.some((link) => link.type === "dashboards") ? await this.page.navigation.dashboards() : [];
    const shown = links.flatMap((link) => (link.type === "dashboards"
      ? dashboards.filter((one) => (link.tags || []).every((tag) => one.tags.includes(tag))).map((one) => ({ title: one.title, url: `/d/${one.uid}`, link, uid: one.uid }))
      : [{ title: link.title, url: link.url, link }]));
    this.links.replaceChildren(...shown.map(({ title, url, link, uid }) => {
      const parameters = this.page.linkParameters(link);
      return h("a", { href: parameters ? `${url}?${parameters}` : url, "aria-current": uid === this.page.dashboard.uid ? "page" : undefined,
        onpointerdown: (event) => { event.currentTarget.href = `${url}?${this.page.linkParameters(link)}`; } }, title);
    }));
  }

  openPicker() {
    const picker = new TimePicker(this.page.range, this.page.context.utc, (range) => {
      Menu.close();
      this.page.setRange(range);
    });
    Menu.open(this.rangeButton, picker.root, "Time range");
  }

  setBusy(isBusy) {
    this.busy.classList.toggle("busy", isBusy);
  }

  setLoaded(time) {
    this.loaded = time;
    this.drawAge();
  }

  drawAge() {
    if (!this.loaded) return;
    const seconds = Math.round((Date.now() - this.loaded) / 1000);
    setText(this.age, seconds < 2 ? "live" : `${seconds} s old`);
    this.age.classList.toggle("stale", seconds >= 10);
  }

  dispose() {
    clearInterval(this.clock);
    Menu.close();
  }
}
