import { h, setText } from "../dom.js";
import { alpha, color, readableOn } from "../colors.js";
import { resolveLink } from "../links.js";
import { reduceValues } from "../reduce.js";
import { drawSparkline } from "../sparkline.js";
import { reducedValues } from "../values.js";

/** Big numbers, with their trend behind them. */
export class StatPanel {
  constructor(host, context) {
    this.context = context;
    this.host = h("div", { class: "stats" });
    host.replaceChildren(this.host);
    this.tiles = [];
  }

  draw(frames, panel) {
    this.last = [frames, panel];
    const options = panel.options || {};
    const entries = reducedValues(frames, options);
    if (!entries.length) throw new Error("No data");
    while (this.tiles.length > entries.length) this.tiles.pop().root.remove();
    while (this.tiles.length < entries.length) this.addTile();
    this.host.classList.toggle("vertical", options.orientation === "horizontal");
    entries.forEach((entry, i) => this.fill(this.tiles[i], entry, options, entries.length));
  }

  addTile() {
    const tile = { name: h("div", { class: "stat-name" }), prefix: h("small"), text: h("span"), suffix: h("small"),
      change: h("div", { class: "stat-change" }), canvas: h("canvas", { class: "stat-trend" }) };
    tile.value = h("div", { class: "stat-value" }, tile.prefix, tile.text, tile.suffix);
    tile.root = h("a", { class: "stat" }, tile.canvas, h("div", { class: "stat-body" }, tile.name, tile.value, tile.change));
    this.tiles.push(tile);
    this.host.append(tile.root);
  }

  fill(tile, entry, options, count) {
    const { display, field } = entry;
    const mode = options.textMode || "auto";
    const showName = mode === "value_and_name" || mode === "name" || (mode === "auto" && count > 1);
    setText(tile.name, showName ? entry.name : "");
    setText(tile.prefix, mode === "name" ? "" : display.prefix || "");
    setText(tile.text, mode === "name" ? "" : display.text);
    setText(tile.suffix, mode === "name" ? "" : display.suffix || "");
    this.paint(tile, display.color, options.colorMode || "value");
    this.link(tile, entry, field);
    const change = options.showPercentChange && entry.trend ? reduceValues(entry.trend, "diffperc") : null;
    setText(tile.change, change === null ? "" : `${change >= 0 ? "▲" : "▼"} ${Math.abs(change * 100).toFixed(2)}%`);
    tile.change.style.color = color(change >= 0 ? "green" : "red");
    tile.canvas.hidden = options.graphMode !== "area" || !entry.trend;
    const share = tile.canvas.hidden ? 1 : 0.72;
    this.fit(tile, tile.root.clientWidth, tile.root.clientHeight * share, showName || change !== null);
    tile.root.classList.toggle("with-trend", !tile.canvas.hidden);
    if (!tile.canvas.hidden) drawSparkline(tile.canvas, entry.trend, tile.stroke, { fill: 0.2 });
  }

  paint(tile, own, mode) {
    const isBackground = mode.startsWith("background");
    const text = isBackground ? readableOn(own) : mode === "value" ? own : color("text");
    tile.stroke = isBackground ? text : own;
    tile.value.style.color = text;
    tile.name.style.color = isBackground ? alpha(text, 0.85) : "";
    tile.root.style.background = isBackground ? own : "";
  }

  link(tile, entry, field) {
    const link = field.config.links?.[0];
    if (!link) return tile.root.removeAttribute("href");
    const { url, title } = resolveLink(link, this.context, { field, value: entry.value, frame: entry.frame, row: entry.row });
    tile.root.setAttribute("href", url);
    tile.root.title = title;
  }

  /** The largest size at which the text fits. */
  fit(tile, width, height, hasLines) {
    const length = tile.prefix.textContent.length * 0.6 + tile.text.textContent.length + tile.suffix.textContent.length * 0.6;
    const byWidth = (width - 24) / Math.max(2, length * 0.6);
    const byHeight = (height - (hasLines ? 30 : 12)) * 0.62;
    tile.value.style.fontSize = `${Math.max(12, Math.min(44, byWidth, byHeight)).toFixed(1)}px`;
  }

  resize() {
    if (this.last) this.draw(...this.last);
  }

  dispose() {}
}
