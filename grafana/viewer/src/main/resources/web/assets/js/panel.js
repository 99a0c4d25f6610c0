import { h, icon, setText } from "./dom.js";
import { query } from "./api.js";
import { decorate } from "./fields.js";
import { interpolate, resolveLink } from "./links.js";
import { transform } from "./transform.js";
import { PANELS } from "./panels/registry.js";

const LOADING_AFTER = 400;

/** The frame of a panel: asks, transforms, draws, and says what is wrong with it. */
export class PanelView {
  constructor(panel, context) {
    this.panel = panel;
    this.notices = new Set();
    this.context = Object.create(context, { notice: { value: (text) => this.notices.add(text) } });
    this.title = h("span", { class: "panel-title" });
    this.warning = h("span", { class: "panel-warning", hidden: true }, icon("warn"));
    this.body = h("div", { class: "panel-body" });
    this.message = h("div", { class: "panel-message", hidden: true });
    this.expand = h("button", { class: "ghost", type: "button", title: "Enlarge (v)", "aria-label": "Enlarge", onclick: () => context.enlarge(this) }, icon("expand"));
    const info = panel.description
      ? h("span", { class: "panel-info", title: panel.description, tabIndex: 0, "aria-label": panel.description }, icon("info")) : "";
    this.links = h("span", { class: "panel-links" });
    this.root = h("section", { class: `panel type-${panel.type}${panel.transparent ? " transparent" : ""}`, "aria-label": panel.title },
      panel.title ? h("header", { class: "panel-head" }, this.title, info, this.links, this.warning, h("span", { class: "spacer" }), this.expand) : "",
      h("div", { class: "panel-stage" }, this.body, this.message));
    this.root.addEventListener("pointerenter", () => context.point(this));
    this.isVisible = true;
    this.updateTitle();
  }

  updateTitle() {
    setText(this.title, interpolate(this.panel.title || "", this.context));
    const links = (this.panel.links || []).map((link) => resolveLink(link, this.context, {}));
    this.links.replaceChildren(...links.map(({ url, title }) => h("a", { href: url, title }, icon("link"))));
  }

  /** Asks and draws; a running question is given up. Nothing changes on the screen until the answer is there. */
  async load(range, annotations) {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const slow = setTimeout(() => this.root.classList.add("loading"), LOADING_AFTER);
    try {
      const answer = await this.ask(range, request.signal);
      if (request !== this.request) return null;
      this.show(answer, range, annotations);
      return answer.version;
    } catch (error) {
      if (error.name !== "AbortError" && request === this.request) this.fail(error.message);
      return null;
    } finally {
      clearTimeout(slow);
      if (request === this.request) {
        this.request = null;
        this.root.classList.remove("loading");
      }
    }
  }

  ask(range, signal) {
    if (!(this.panel.targets || []).length) return { frames: [], errors: [], notices: [] };
    return query({
      dashboardUid: this.context.dashboard.uid,
      panelId: this.panel.id,
      from: range.from,
      to: range.to,
      maxDataPoints: this.panel.maxDataPoints || Math.max(100, Math.round(this.body.clientWidth) || 800),
      variables: this.context.variables.values(),
    }, `panel-${this.panel.id}`, signal);
  }

  show(answer, range, annotations) {
    this.lastAnswer = answer;
    this.lastRange = range;
    this.notices.clear();
    answer.notices.forEach((notice) => this.notices.add(notice));
    answer.errors.forEach(({ refId, message }) => this.notices.add(`${refId}: ${message}`));
    const isEmpty = !answer.frames.some((frame) => frame.fields.some((field) => field.values.length));
    if (answer.errors.length && isEmpty) return this.fail(answer.errors[0].message);
    if (isEmpty && this.panel.type !== "text" && this.panel.type !== "logs") {
      return this.fail(this.panel.fieldConfig?.defaults?.noValue || "No data in this time range", true);
    }
    this.render(answer.frames, range, annotations);
    return undefined;
  }

  render(frames, range, annotations) {
    const started = performance.now();
    try {
      this.view ??= this.createView();
      const copies = frames.map((frame) => ({ ...frame, fields: frame.fields.map((field) => ({ ...field })) }));
      const transformed = transform(copies, this.panel.transformations);
      this.view.draw(decorate(transformed, this.panel.fieldConfig, this.context), this.panel, range, annotations);
      this.hideMessage();
    } catch (error) {
      this.fail(error.message, error.message === "No data");
    }
    this.showNotices();
    this.root.dataset.drawn = String(Number(this.root.dataset.drawn || 0) + 1);
    performance.measure(`panel ${this.panel.id}`, { start: started, end: performance.now() });
  }

  createView() {
    const Type = PANELS[this.panel.type];
    if (!Type) throw new Error(`The viewer cannot draw a panel of type '${this.panel.type}'`);
    return new Type(this.body, this.context);
  }

  redraw(annotations) {
    if (this.lastAnswer && this.view) this.show(this.lastAnswer, this.lastRange, annotations);
  }

  fail(text, isQuiet = false) {
    this.message.hidden = false;
    this.body.classList.add("dimmed");
    this.message.className = `panel-message${isQuiet ? " quiet" : ""}`;
    this.message.replaceChildren(isQuiet ? "" : icon("warn"), h("span", {}, text));
    this.root.dataset.state = isQuiet ? "empty" : "error";
  }

  hideMessage() {
    this.message.hidden = true;
    this.body.classList.remove("dimmed");
    this.root.dataset.state = "ok";
  }

  showNotices() {
    this.warning.hidden = this.notices.size === 0;
    this.warning.title = [...this.notices].join("\n");
  }

  resize() {
    this.view?.resize();
  }

  dispose() {
    this.request?.abort();
    this.view?.dispose();
  }
}
