import { h } from "./dom.js";
import { reduceValues, reducerLabel } from "./reduce.js";
import { fullText } from "./fields.js";

/**
 * A legend under or beside a chart. A click shows one series alone, with Ctrl it hides or shows one.
 * Entries are {name, color, values, display}.
 */
export class Legend {
  constructor(host, changed) {
    this.host = host;
    this.hidden = new Set();
    this.changed = changed;
    host.classList.add("legend");
  }

  draw(entries, options = {}) {
    const isShown = options.showLegend !== false && options.displayMode !== "hidden" && entries.length > 0;
    this.host.hidden = !isShown;
    if (!isShown) return;
    this.names = entries.map((entry) => entry.name);
    const calcs = options.calcs || [];
    const texts = entries.map((entry) => calcs.map((calc) => calcText(entry, calc)));
    const signature = JSON.stringify([this.names, entries.map((entry) => entry.color), [...this.hidden], calcs, options.displayMode]);
    if (signature === this.signature) return this.update(texts);
    this.signature = signature;
    const isTable = options.displayMode === "table";
    this.host.classList.toggle("legend-table", isTable);
    this.cells = [];
    if (isTable) this.drawTable(entries, calcs, texts);
    else this.drawList(entries, calcs, texts);
  }

  drawList(entries, calcs, texts) {
    this.host.replaceChildren(...entries.map((entry, i) => this.button(entry,
      calcs.map((calc, j) => h("span", { class: "legend-calc" }, calcs.length > 1 ? `${reducerLabel(calc)} ` : "", this.cell(i, j, texts))))));
  }

  drawTable(entries, calcs, texts) {
    this.host.replaceChildren(h("table", {},
      h("thead", {}, h("tr", {}, h("th", {}, ""), calcs.map((calc) => h("th", {}, reducerLabel(calc))))),
      h("tbody", {}, entries.map((entry, i) => h("tr", {},
        h("td", {}, this.button(entry, [])),
        calcs.map((calc, j) => h("td", {}, this.cell(i, j, texts))))))));
  }

  button(entry, rest) {
    return h("button", {
      class: `legend-item${this.hidden.has(entry.name) ? " off" : ""}`,
      type: "button",
      title: "Click: only this one. Ctrl-click: hide or show it.",
      onclick: (event) => this.toggle(entry.name, event.ctrlKey || event.metaKey),
    }, h("i", { class: "swatch", style: { background: entry.color } }), h("span", {}, entry.name), rest);
  }

  cell(row, column, texts) {
    const element = h("b", {}, texts[row][column]);
    (this.cells[row] ??= [])[column] = element;
    return element;
  }

  update(texts) {
    texts.forEach((row, i) => row.forEach((text, j) => {
      const cell = this.cells[i]?.[j];
      if (cell && cell.textContent !== text) cell.textContent = text;
    }));
  }

  toggle(name, one) {
    const others = this.names.filter((other) => other !== name);
    const isAlone = !this.hidden.has(name) && others.every((other) => this.hidden.has(other));
    if (one) this.hidden.has(name) ? this.hidden.delete(name) : this.hidden.add(name);
    else if (isAlone) this.hidden.clear();
    else this.hidden = new Set(others);
    this.changed();
  }
}

function calcText(entry, calc) {
  const value = reduceValues(entry.values, calc);
  return calc === "count" || value === null ? String(value ?? "–") : calc === "diffperc"
    ? `${(value * 100).toFixed(2)}%` : fullText(entry.display(value));
}
