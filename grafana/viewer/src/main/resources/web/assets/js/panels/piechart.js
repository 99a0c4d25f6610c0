/* global echarts */
import { h } from "../dom.js";
import { paletteColor, token } from "../colors.js";
import { fullText } from "../fields.js";
import { reducedValues } from "../values.js";

/** Shares of a whole, as a pie or a ring, with a legend that says them in numbers. */
export class PiePanel {
  constructor(host, context) {
    this.context = context;
    this.canvas = h("div", { class: "plot-canvas" });
    this.legend = h("div", { class: "legend legend-table pie-legend" });
    this.plotHost = h("div", { class: "fill plot" }, this.canvas);
    this.root = h("div", { class: "chart" }, this.plotHost, this.legend);
    host.replaceChildren(this.root);
  }

  draw(frames, panel) {
    this.last = [frames, panel];
    const options = panel.options || {};
    const entries = reducedValues(frames, options).filter((entry) => typeof entry.value === "number");
    if (!entries.length) throw new Error("No data");
    const total = entries.reduce((sum, entry) => sum + entry.value, 0);
    const slices = entries.map((entry, i) => ({ ...entry, color: sliceColor(entry, i, options), share: total ? entry.value / total : 0 }));
    this.root.classList.toggle("legend-right", options.legend?.placement === "right");
    this.drawLegend(slices, options.legend || {});
    this.chart ??= echarts.init(this.canvas, null, { renderer: "canvas" });
    this.chart.setOption({
      animation: false,
      textStyle: { fontFamily: token("--font") },
      series: [{
        type: "pie", silent: true, radius: options.pieType === "donut" ? ["56%", "86%"] : ["0%", "86%"],
        label: { show: false }, itemStyle: { borderColor: token("--panel"), borderWidth: 2, borderRadius: 3 },
        data: slices.map((slice) => ({ name: slice.name, value: slice.value, itemStyle: { color: slice.color } })),
      }],
    }, { silent: true });
  }

  drawLegend(slices, options) {
    this.legend.hidden = options.showLegend === false;
    const values = options.values || ["percent"];
    this.legend.replaceChildren(h("table", {}, h("tbody", {}, slices.map((slice) => h("tr", {},
      h("td", {}, h("span", { class: "legend-item" }, h("i", { class: "swatch", style: { background: slice.color } }), slice.name)),
      values.includes("value") ? h("td", {}, h("b", {}, fullText(slice.display))) : "",
      values.includes("percent") ? h("td", {}, h("b", {}, `${(slice.share * 100).toFixed(1)}%`)) : "")))));
  }

  resize() {
    this.chart?.resize({ silent: true });
  }

  dispose() {
    this.chart?.dispose();
  }
}

/** Rows of one column share its colour: the palette tells them apart. */
function sliceColor(entry, index, options) {
  const mode = entry.field.config.color?.mode;
  if (mode === "thresholds" || mode === "fixed") return entry.display.color;
  return options.reduceOptions?.values ? paletteColor(index) : entry.field.color;
}
