import { h } from "../dom.js";
import { alpha, color, readableOn } from "../colors.js";
import { fullText, isHidden } from "../fields.js";
import { resolveLink } from "../links.js";
import { drawSparkline } from "../sparkline.js";
import { compare } from "../transform.js";

const MAX_ROWS = 500;
const CELLS = new Set(["auto", "color-text", "color-background", "sparkline", "gauge", "data-links", "color-background-solid"]);

/** Rows and columns: sorted by a click, cells coloured, with bars, sparklines and links. Cells are reused on refresh. */
export class TablePanel {
  constructor(host, context) {
    this.context = context;
    this.head = h("tr");
    this.body = h("tbody");
    this.root = h("div", { class: "table" }, h("table", {}, h("thead", {}, this.head), this.body));
    host.replaceChildren(this.root);
    this.sort = null;
    this.rows = [];
  }

  draw(frames, panel) {
    this.last = [frames, panel];
    const frame = frames.find((candidate) => candidate.fields.length);
    if (!frame) throw new Error("No data");
    const fields = frame.fields.filter((field) => !isHidden(field, "viz") && !field.config.custom.hidden);
    const preset = panel.options?.sortBy?.[0];
    this.sort ??= preset ? { name: preset.displayName, desc: Boolean(preset.desc) } : { name: null };
    this.root.classList.toggle("compact", panel.options?.cellHeight !== "md" && panel.options?.cellHeight !== "lg");
    this.root.classList.toggle("no-head", panel.options?.showHeader === false);
    this.drawHead(fields);
    const order = this.order(fields, frame.fields[0].values.length);
    this.drawBody(frame, fields, order);
  }

  drawHead(fields) {
    const signature = fields.map((field) => `${field.displayName}${this.sort.name === field.displayName ? this.sort.desc : ""}`).join("|");
    if (signature === this.signature) return;
    this.signature = signature;
    this.rows = [];
    this.body.replaceChildren();
    this.head.replaceChildren(...fields.map((field) => {
      const isSorted = this.sort.name === field.displayName;
      return h("th", {
        class: alignment(field),
        "aria-sort": isSorted ? (this.sort.desc ? "descending" : "ascending") : "none",
        style: { width: field.config.custom.width ? `${field.config.custom.width}px` : "" },
      }, h("button", { type: "button", onclick: () => this.toggle(field.displayName) },
        field.displayName, isSorted ? (this.sort.desc ? " ↓" : " ↑") : ""));
    }));
  }

  toggle(name) {
    this.sort = this.sort.name === name ? (this.sort.desc ? { name, desc: false } : { name: null }) : { name, desc: true };
    this.draw(...this.last);
  }

  order(fields, rows) {
    const order = Array.from({ length: rows }, (unused, row) => row);
    const field = fields.find((candidate) => candidate.displayName === this.sort.name);
    if (field) {
      const direction = this.sort.desc ? -1 : 1;
      order.sort((a, b) => direction * compare(field.values[a], field.values[b]));
    }
    if (rows > MAX_ROWS) this.context.notice(`Only the first ${MAX_ROWS} of ${rows} rows are shown`);
    return order.slice(0, MAX_ROWS);
  }

  drawBody(frame, fields, order) {
    while (this.rows.length > order.length) this.rows.pop().root.remove();
    while (this.rows.length < order.length) {
      const cells = fields.map((field) => h("td", { class: alignment(field) }));
      const root = h("tr", {}, cells);
      this.rows.push({ root, cells, keys: [] });
      this.body.append(root);
    }
    this.body.classList.toggle("empty", order.length === 0);
    order.forEach((row, i) => fields.forEach((field, column) => this.fill(this.rows[i], column, frame, field, row)));
  }

  fill(line, column, frame, field, row) {
    const value = field.values[row];
    const key = field.type === "frame" ? trendKey(value) : `${value}|${row}|${field.config.unit === "dateTimeFromNow" ? Math.floor(Date.now() / 1000) : ""}`;
    if (line.keys[column] === key && !this.context.themeChanged) return;
    line.keys[column] = key;
    const cell = line.cells[column];
    const type = field.config.custom.cellOptions?.type || "auto";
    if (!CELLS.has(type)) this.context.notice(`The cell type '${type}' is shown as text`);
    if (field.type === "frame") return sparkCell(cell, field, value);
    const display = field.display(value);
    const text = fullText(display);
    cell.style.color = type === "color-text" ? display.color : "";
    if (type.startsWith("color-background")) {
      cell.style.background = alpha(display.color, 0.85);
      cell.style.color = readableOn(display.color);
    }
    const content = type === "gauge" ? gaugeCell(field, value, display, text) : text;
    const link = field.config.links?.[0];
    cell.replaceChildren(link ? this.anchor(link, content, { field, frame, row, value }) : content);
    if (text.length > 24) cell.title = text;
  }

  anchor(link, content, scope) {
    const { url, title, newTab } = resolveLink(link, this.context, scope);
    return h("a", { href: url, title, target: newTab ? "_blank" : undefined, rel: newTab ? "noopener" : undefined }, content);
  }

  resize() {
    this.rows.forEach((row) => { row.keys = []; });
    if (this.last) this.draw(...this.last);
  }

  dispose() {}
}

function alignment(field) {
  const align = field.config.custom?.align;
  if (align && align !== "auto") return align;
  return field.type === "number" ? "right" : "left";
}

function trendKey(trend) {
  return trend ? `${trend.times[0]}|${trend.times.length}|${trend.value}` : "";
}

function sparkCell(cell, field, trend) {
  if (!trend) return cell.replaceChildren("–");
  let canvas = cell.querySelector("canvas");
  if (!canvas) {
    canvas = h("canvas", { class: "spark" });
    cell.replaceChildren(canvas);
  }
  const values = trend.values.filter((value) => value !== null);
  const rose = values.length > 1 && values[values.length - 1] >= values[0];
  const isFixed = field.config.color?.mode === "fixed";
  drawSparkline(canvas, trend.values, isFixed ? color(field.config.color.fixedColor) : color(rose ? "green" : "red"),
    { width: canvas.clientWidth || 110, height: 20 });
  return undefined;
}

function gaugeCell(field, value, display, text) {
  const low = field.config.min ?? 0;
  const high = field.config.max ?? Math.max(...field.values.filter((one) => typeof one === "number"), low);
  const share = high > low ? Math.max(0, Math.min(1, (value - low) / (high - low))) : 0;
  return h("span", { class: "cell-gauge" },
    h("span", { class: "bar-track" }, h("i", { class: "bar-fill", style: { width: `${share * 100}%`, background: alpha(display.color, 0.7) } })),
    h("b", { style: { color: display.color } }, text));
}
