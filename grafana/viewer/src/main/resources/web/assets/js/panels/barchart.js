/* global echarts */
import { h } from "../dom.js";
import { alpha, token } from "../colors.js";
import { fullText } from "../fields.js";
import { Legend } from "../legend.js";

/** Bars by category, upright or lying, grouped or stacked. */
export class BarChartPanel {
  constructor(host, context) {
    this.context = context;
    this.plotHost = h("div", { class: "fill" });
    this.legendHost = h("div");
    this.tip = h("div", { class: "tip", hidden: true });
    this.canvas = h("div", { class: "plot-canvas" });
    this.plotHost.append(this.canvas, this.tip);
    this.plotHost.classList.add("plot");
    host.replaceChildren(h("div", { class: "chart" }, this.plotHost, this.legendHost));
    this.legend = new Legend(this.legendHost, () => this.draw(...this.last));
  }

  draw(frames, panel) {
    this.last = [frames, panel];
    const options = panel.options || {};
    const frame = frames.find((candidate) => candidate.fields.some((field) => field.type === "number"));
    if (!frame || !frame.fields[0].values.length) throw new Error("No data");
    const category = frame.fields.find((field) => field.name === options.xField)
      || frame.fields.find((field) => field.type === "string" || field.type === "time");
    const numbers = frame.fields.filter((field) => field.type === "number" && field !== category);
    this.legend.draw(numbers.map((field) => ({ name: field.displayName, color: field.color, values: field.values, display: field.display })),
      options.legend);
    const isLying = options.orientation === "horizontal";
    const visible = numbers.filter((field) => !this.legend.hidden.has(field.displayName));
    this.chart ??= this.start();
    this.fields = { category, visible };
    const names = category.values.map((value) => fullText(category.display(value)));
    this.chart.setOption(this.option(names, visible, options, isLying), { replaceMerge: ["series"], silent: true });
  }

  start() {
    const chart = echarts.init(this.canvas, null, { renderer: "canvas" });
    chart.on("mousemove", (event) => this.showTip(event));
    chart.on("mouseout", () => { this.tip.hidden = true; });
    return chart;
  }

  option(names, fields, options, isLying) {
    const label = { color: token("--muted"), fontSize: 11, hideOverlap: true };
    const category = {
      type: "category", data: names, inverse: isLying, axisLine: { lineStyle: { color: token("--line") } }, axisTick: { show: false },
      axisLabel: { ...label, interval: isLying ? 0 : "auto", width: isLying ? 110 : undefined, overflow: "truncate", rotate: options.xTickLabelRotation ? -options.xTickLabelRotation : 0 },
    };
    const value = {
      type: "value", boundaryGap: options.showValue === "always" ? ["12%", "12%"] : [0, 0], min: fields[0]?.config.min, max: fields[0]?.config.max, axisLine: { show: false }, axisTick: { show: false },
      splitLine: { lineStyle: { color: token("--grid") } }, splitNumber: isLying ? 4 : Math.max(2, Math.round(this.plotHost.clientHeight / 46)),
      axisLabel: { ...label, formatter: (measure) => (fields[0] ? fullText(fields[0].display(measure)) : measure) },
    };
    return {
      animation: false,
      textStyle: { fontFamily: token("--font") },
      grid: { left: 10, right: 16, top: 10, bottom: 6, containLabel: true },
      xAxis: isLying ? value : category,
      yAxis: isLying ? category : value,
      series: fields.map((field) => barSeries(field, options, isLying)),
    };
  }

  showTip({ dataIndex, event }) {
    const { category, visible } = this.fields;
    this.tip.replaceChildren(
      h("div", { class: "tip-time" }, fullText(category.display(category.values[dataIndex]))),
      ...visible.map((field) => h("div", { class: "tip-row" },
        h("i", { class: "swatch", style: { background: field.color } }), h("span", { class: "tip-name" }, field.displayName),
        h("span", { class: "tip-value" }, fullText(field.display(field.values[dataIndex]))))));
    this.tip.hidden = false;
    const left = Math.min(event.offsetX + 14, this.plotHost.clientWidth - this.tip.offsetWidth);
    this.tip.style.transform = `translate(${left}px, ${Math.max(0, event.offsetY - 30)}px)`;
  }

  resize() {
    this.chart?.resize({ silent: true });
    if (this.last) this.draw(...this.last);
  }

  dispose() {
    this.chart?.dispose();
  }
}

function barSeries(field, options, isLying) {
  const mode = field.config.color?.mode || "";
  const byValue = mode === "thresholds" || mode.startsWith("continuous-");
  const opacity = (field.config.custom?.fillOpacity ?? 80) / 100;
  return {
    id: field.displayName, name: field.displayName, type: "bar", barMaxWidth: 34, barCategoryGap: "28%",
    stack: options.stacking && options.stacking !== "none" ? "all" : undefined,
    itemStyle: { color: alpha(field.color, opacity), borderRadius: 2 },
    label: {
      show: options.showValue === "always", position: isLying ? "right" : "top", color: token("--text"), fontSize: 11,
      formatter: ({ dataIndex }) => fullText(field.display(field.values[dataIndex])),
    },
    data: field.values.map((value) => (byValue
      ? { value, itemStyle: { color: alpha(field.display(value).color, opacity) }, label: { position: labelSide(value, isLying) } } : value)),
  };
}

function labelSide(value, isLying) {
  if (isLying) return value < 0 ? "left" : "right";
  return value < 0 ? "bottom" : "top";
}
