import { h } from "./dom.js";
import { cancelAll } from "./api.js";
import { Annotations } from "./annotations.js";
import { arrange } from "./grid.js";
import { PanelView } from "./panel.js";
import { Hub } from "./plot.js";
import { intervalMillis, parseTime } from "./time.js";
import { Toolbar } from "./toolbar.js";
import { Variables } from "./variables.js";

const VARIABLES_EVERY = 60_000;

/** A dashboard on the screen: its panels, its time range, its variables and its refresh. */
export class DashboardPage {
  constructor(host, { dashboard, meta }, navigation) {
    const parameters = new URLSearchParams(location.search);
    this.dashboard = dashboard;
    this.version = meta.version;
    this.navigation = navigation;
    this.range = {
      from: parameters.get("from") || dashboard.time?.from || "now-1h",
      to: parameters.get("to") || dashboard.time?.to || "now",
    };
    this.refresh = parameters.has("refresh") ? parameters.get("refresh") : dashboard.refresh || "";
    this.kiosk = parameters.has("kiosk") && parameters.get("kiosk") !== "false";
    this.variables = new Variables(dashboard, parameters);
    this.history = [];
    this.context = this.makeContext();
    this.annotations = new Annotations(dashboard, this.context);
    this.views = (dashboard.panels || []).flatMap((panel) => (panel.type === "row" ? panel.panels || [] : [panel]))
      .map((panel) => new PanelView(panel, this.context));
    this.toolbar = new Toolbar(this, meta);
    this.grid = h("main", { class: "grid" });
    this.host = host;
    host.replaceChildren(this.toolbar.root, this.grid);
    this.folded = new Set((dashboard.panels || []).filter((panel) => panel.type === "row" && panel.collapsed).map((row) => row.id));
    this.lay();
    this.observe();
    this.applyKiosk();
    document.title = `${dashboard.title} – Candlestack`;
  }

  makeContext() {
    const page = this;
    return {
      hub: new Hub(),
      dashboard: this.dashboard,
      variables: this.variables,
      get range() { return page.range; },
      utc: this.dashboard.timezone === "utc",
      zoom: (from, to) => this.setRange({ from: String(from), to: String(to) }),
      zoomOut: () => this.zoomOut(),
      sharesTooltip: () => this.dashboard.graphTooltip === 2,
      enlarge: (view) => this.enlarge(view),
      point: (view) => { this.pointed = view; },
      notice: () => {},
    };
  }

  async start() {
    const asked = Number(new URLSearchParams(location.search).get("viewPanel"));
    const alone = this.views.find((view) => view.panel.id === asked);
    if (alone) this.enlarge(alone);
    await this.variables.load(this.resolved());
    if (this.isGone) return;
    this.variablesLoadedAt = Date.now();
    this.toolbar.drawVariables();
    this.views.forEach((view) => view.updateTitle());
    this.writeAddress();
    await this.load();
    this.schedule();
  }

  lay() {
    arrange(this.grid, this.dashboard.panels || [], this.views, this.folded, (row) => {
      if (!this.folded.delete(row.id)) this.folded.add(row.id);
      this.lay();
      this.load();
    });
  }

  /** Panels that are off the screen are not asked for until they are seen. */
  observe() {
    this.visibility = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const view = this.views.find((candidate) => candidate.root === entry.target);
        const appeared = entry.isIntersecting && !view.isVisible;
        view.isVisible = entry.isIntersecting;
        if (appeared && this.hasLoaded) view.load(this.resolved(), this.annotations.marks);
      }
    }, { rootMargin: "120px" });
    this.sizes = new ResizeObserver((entries) => {
      for (const entry of entries) this.views.find((candidate) => candidate.body === entry.target)?.resize();
    });
    for (const view of this.views) {
      this.visibility.observe(view.root);
      this.sizes.observe(view.body);
    }
  }

  resolved() {
    const utc = this.context.utc;
    const to = parseTime(this.range.to, utc, true) ?? Date.now();
    const from = parseTime(this.range.from, utc) ?? to - 36e5;
    return { from: Math.min(from, to - 1000), to };
  }

  async load() {
    const range = this.resolved();
    this.toolbar.setBusy(true);
    await this.annotations.load(range);
    const versions = await Promise.all(this.views.filter((view) => view.isVisible)
      .map((view) => view.load(range, this.annotations.marks)));
    this.hasLoaded = true;
    this.toolbar.setBusy(false);
    this.toolbar.setLoaded(Date.now());
    const version = versions.find(Boolean);
    if (version && version !== this.version && !this.isGone) this.navigation.reload();
  }

  /** The next refresh waits for the one under way, and for a page that somebody sees. */
  schedule() {
    clearTimeout(this.timer);
    const every = intervalMillis(this.refresh);
    if (!every || this.isGone) return;
    this.timer = setTimeout(async () => {
      const started = Date.now();
      if (!document.hidden && this.range.to.startsWith("now")) {
        await this.refreshVariables();
        await this.load();
      }
      this.lag = Date.now() - started;
      this.schedule();
    }, Math.max(50, every - (this.lag || 0)));
  }

  async refreshVariables() {
    if (Date.now() - (this.variablesLoadedAt || 0) < VARIABLES_EVERY) return;
    this.variablesLoadedAt = Date.now();
    await this.variables.load(this.resolved(), (entry) => entry.definition.refresh === 2);
    this.toolbar.drawVariables();
  }

  async refreshNow() {
    await this.load();
    this.schedule();
  }

  async setRange(range, remember = true) {
    if (remember) this.history.push(this.range);
    this.range = range;
    this.toolbar.drawRange();
    this.writeAddress(true);
    await this.variables.load(this.resolved(), (entry) => entry.definition.refresh === 2);
    this.toolbar.drawVariables();
    await this.refreshNow();
  }

  zoomOut() {
    const before = this.history.pop();
    if (before) return this.setRange(before, false);
    const { from, to } = this.resolved();
    const half = (to - from) / 2;
    return this.setRange({ from: String(Math.round(from - half)), to: String(Math.round(Math.min(Date.now(), to + half))) }, false);
  }

  shift(direction) {
    const { from, to } = this.resolved();
    const half = Math.round((to - from) / 2) * direction;
    return this.setRange({ from: String(from + half), to: String(to + half) });
  }

  setRefresh(refresh) {
    this.refresh = refresh;
    this.writeAddress();
    this.schedule();
  }

  async choose(name, value) {
    this.variables.choose(name, value);
    const dependants = this.variables.dependants(name);
    await this.variables.load(this.resolved(), (entry) => dependants.includes(entry));
    this.toolbar.drawVariables();
    this.views.forEach((view) => view.updateTitle());
    this.toolbar.drawLinks();
    this.writeAddress(true);
    await this.refreshNow();
  }

  enlarge(view) {
    const isLarge = view.root.classList.toggle("enlarged");
    this.views.filter((other) => other !== view).forEach((other) => other.root.classList.remove("enlarged"));
    this.grid.classList.toggle("solo", isLarge);
    this.enlarged = isLarge ? view : null;
    this.writeAddress();
  }

  leave() {
    if (this.enlarged) this.enlarge(this.enlarged);
    else if (this.kiosk) this.toggleKiosk();
  }

  toggleKiosk() {
    this.kiosk = !this.kiosk;
    this.applyKiosk();
    this.writeAddress();
  }

  applyKiosk() {
    document.body.classList.toggle("kiosk", this.kiosk);
  }

  toggleAnnotation(entry) {
    entry.isOn = !entry.isOn;
    return this.refreshNow();
  }

  /** What a link to another dashboard takes along. */
  linkParameters(link) {
    const parameters = new URLSearchParams(link.includeVars ? this.variables.parameters() : []);
    if (link.keepTime) {
      parameters.set("from", this.range.from);
      parameters.set("to", this.range.to);
    }
    return parameters.toString();
  }

  writeAddress(isStep = false) {
    const parameters = new URLSearchParams([["from", this.range.from], ["to", this.range.to], ...this.variables.parameters()]);
    parameters.set("refresh", this.refresh);
    if (this.enlarged) parameters.set("viewPanel", this.enlarged.panel.id);
    const theme = new URLSearchParams(location.search).get("theme");
    if (theme) parameters.set("theme", theme);
    const address = `/d/${this.dashboard.uid}?${parameters}${this.kiosk ? "&kiosk" : ""}`;
    if (isStep) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  redraw() {
    this.context.themeChanged = true;
    this.views.forEach((view) => {
      view.resize();
      view.redraw(this.annotations.marks);
    });
    this.context.themeChanged = false;
  }

  dispose() {
    this.isGone = true;
    clearTimeout(this.timer);
    this.visibility.disconnect();
    this.sizes.disconnect();
    this.views.forEach((view) => view.dispose());
    this.toolbar.dispose();
    cancelAll();
  }
}
