import { h, setText } from "../dom.js";
import { alpha } from "../colors.js";
import { fullText } from "../fields.js";
import { resolveLink } from "../links.js";
import { reducedValues } from "../values.js";

/** Horizontal bars with names and values. */
export class BarGaugePanel {
  constructor(host, context) {
    this.context = context;
    this.host = h("div", { class: "bars" });
    host.replaceChildren(this.host);
    this.rows = [];
  }

  draw(frames, panel) {
    this.last = [frames, panel];
    const entries = reducedValues(frames, panel.options);
    if (!entries.length) throw new Error("No data");
    if (panel.options?.orientation === "vertical") this.context.notice("Vertical bars are drawn horizontally");
    while (this.rows.length > entries.length) this.rows.pop().root.remove();
    while (this.rows.length < entries.length) this.addRow();
    const highest = Math.max(...entries.map((entry) => entry.value ?? 0), 0);
    entries.forEach((entry, i) => this.fill(this.rows[i], entry, highest, panel.options || {}));
  }

  addRow() {
    const row = { name: h("span", { class: "bar-name" }), fill: h("i", { class: "bar-fill" }), value: h("b", { class: "bar-value" }) };
    row.root = h("a", { class: "bar" }, row.name, h("span", { class: "bar-track" }, row.fill), row.value);
    this.rows.push(row);
    this.host.append(row.root);
  }

  fill(row, entry, highest, options) {
    const low = entry.field.config.min ?? 0;
    const high = entry.field.config.max ?? highest;
    const share = high > low ? Math.max(0, Math.min(1, ((entry.value ?? low) - low) / (high - low))) : 0;
    setText(row.name, entry.name);
    row.root.title = entry.name;
    setText(row.value, fullText(entry.display));
    row.value.style.color = entry.display.color;
    row.fill.style.width = `${(share * 100).toFixed(2)}%`;
    row.fill.style.background = options.displayMode === "basic" ? alpha(entry.display.color, 0.75)
      : `linear-gradient(90deg, ${alpha(entry.display.color, 0.25)}, ${entry.display.color})`;
    const link = entry.field.config.links?.[0];
    if (link) row.root.setAttribute("href", resolveLink(link, this.context, { ...entry }).url);
  }

  resize() {}

  dispose() {}
}
