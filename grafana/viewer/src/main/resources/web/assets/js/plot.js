/* global echarts */
import { h, setText } from "./dom.js";
import { token, alpha } from "./colors.js";
import { axisTime, dateTime } from "./time.js";
import { fullText } from "./fields.js";

/** The width in pixels of the value axes, the same in all charts so that their times line up. */
export const AXIS = { left: 58, right: 62, none: 12 };

const MAX_ROWS = 16;
const MIN_DRAG = 6;
const FONT = "11px";

/** The crosshair that all plots of a page share. */
export class Hub {
  constructor() {
    this.plots = new Set();
  }

  hover(time, source) {
    for (const plot of this.plots) plot.showCross(time, plot === source);
  }

  leave() {
    for (const plot of this.plots) plot.hideCross();
  }
}

/**
 * A chart over time: ECharts paints, this draws the crosshair, the tooltip, the annotations and the selection.
 * Series for the tooltip are {name, color, times, values, text(value)}.
 */
export class TimePlot {
  constructor(host, context) {
    this.context = context;
    this.host = host;
    this.canvas = h("div", { class: "plot-canvas" });
    this.marks = h("div", { class: "plot-marks" });
    this.line = h("div", { class: "plot-line", hidden: true });
    this.selection = h("div", { class: "plot-selection", hidden: true });
    this.tip = h("div", { class: "tip", hidden: true, role: "tooltip" });
    host.replaceChildren(this.canvas, this.marks, this.line, this.selection, this.tip);
    host.classList.add("plot");
    this.series = [];
    this.box = { left: 0, right: 0, top: 0, bottom: 0 };
    this.listen();
    context.hub.plots.add(this);
  }

  /** `paint` draws into this.chart; a plot without ECharts leaves it out. */
  draw({ option, series, range, box, annotations = [], chart = true }) {
    this.series = series;
    this.range = range;
    this.box = box;
    if (chart) {
      this.chart ??= echarts.init(this.canvas, null, { renderer: "canvas" });
      this.chart.setOption(option, { replaceMerge: ["series", "xAxis", "yAxis", "grid"], silent: true });
    }
    this.drawMarks(annotations);
    if (!this.line.hidden && this.hovered !== undefined) this.showCross(this.hovered, this.isSource);
  }

  get width() {
    return this.host.clientWidth - this.box.left - this.box.right;
  }

  xOf(time) {
    return this.box.left + ((time - this.range.from) / (this.range.to - this.range.from)) * this.width;
  }

  timeOf(x) {
    return this.range.from + ((x - this.box.left) / this.width) * (this.range.to - this.range.from);
  }

  listen() {
    const at = (event) => event.clientX - this.host.getBoundingClientRect().left;
    const inside = (x) => x >= this.box.left - 1 && x <= this.host.clientWidth - this.box.right + 1;
    this.host.addEventListener("pointermove", (event) => {
      if (!this.range) return;
      const x = at(event);
      this.pointerY = event.clientY - this.host.getBoundingClientRect().top;
      if (this.dragFrom !== undefined) this.drawSelection(x);
      else if (inside(x)) this.context.hub.hover(this.timeOf(x), this);
      else this.context.hub.leave();
    });
    this.host.addEventListener("pointerleave", () => {
      if (this.dragFrom === undefined) this.context.hub.leave();
    });
    this.host.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch" || !this.range || !inside(at(event))) return;
      this.dragFrom = at(event);
      this.host.setPointerCapture(event.pointerId);
    });
    this.host.addEventListener("pointerup", (event) => this.endSelection(at(event)));
    this.host.addEventListener("pointercancel", () => this.endSelection(undefined));
    this.host.addEventListener("dblclick", () => this.context.zoomOut());
  }

  drawSelection(x) {
    const clamped = Math.max(this.box.left, Math.min(this.host.clientWidth - this.box.right, x));
    this.selection.hidden = Math.abs(clamped - this.dragFrom) < MIN_DRAG;
    this.selection.style.left = `${Math.min(clamped, this.dragFrom)}px`;
    this.selection.style.width = `${Math.abs(clamped - this.dragFrom)}px`;
    this.dragTo = clamped;
  }

  endSelection(x) {
    const from = this.dragFrom;
    const to = this.dragTo;
    this.dragFrom = this.dragTo = undefined;
    this.selection.hidden = true;
    if (x === undefined || from === undefined || to === undefined || Math.abs(to - from) < MIN_DRAG) return;
    this.context.zoom(Math.round(this.timeOf(Math.min(from, to))), Math.round(this.timeOf(Math.max(from, to))));
  }

  showCross(time, isSource) {
    if (!this.range) return;
    this.hovered = time;
    this.isSource = isSource;
    const x = this.xOf(time);
    const visible = x >= this.box.left && x <= this.host.clientWidth - this.box.right;
    this.line.hidden = !visible;
    this.line.style.transform = `translateX(${Math.round(x)}px)`;
    const shares = this.context.sharesTooltip();
    this.tip.hidden = !visible || !(isSource || shares);
    if (!this.tip.hidden) this.fillTip(time, x, isSource);
  }

  hideCross() {
    this.line.hidden = true;
    this.tip.hidden = true;
  }

  fillTip(time, x, isSource) {
    const rows = this.series.map((series) => ({ series, index: nearest(series.times, time) }))
      .filter(({ series, index }) => index >= 0 && series.values[index] !== null && series.values[index] !== undefined
        && Math.abs(series.times[index] - time) <= this.reach(series));
    if (!rows.length) {
      this.tip.hidden = true;
      return;
    }
    const at = rows.reduce((best, { series, index }) =>
      (Math.abs(series.times[index] - time) < Math.abs(best - time) ? series.times[index] : best), Infinity);
    const signature = `${at}|${this.series.length}|${isSource}`;
    if (signature !== this.tipSignature) this.renderTip(rows, at);
    this.tipSignature = signature;
    this.placeTip(x);
  }

  /** A value belongs to the crosshair within a few points or pixels of it. */
  reach(series) {
    const span = this.range.to - this.range.from;
    const step = series.times.length > 1 ? (series.times[series.times.length - 1] - series.times[0]) / series.times.length : span;
    return series.covers ? Infinity : Math.max(step * 1.5, (span / Math.max(1, this.width)) * 16);
  }

  renderTip(rows, at) {
    const shown = rows.slice(0, MAX_ROWS);
    this.tip.replaceChildren(
      h("div", { class: "tip-time" }, dateTime(at, this.context.utc)),
      ...shown.map(({ series, index }) => h("div", { class: "tip-row" },
        h("i", { class: "swatch", style: { background: series.colorOf?.(index) ?? series.color } }),
        h("span", { class: "tip-name" }, series.name),
        h("span", { class: "tip-value" }, series.text(series.values[index], index)))),
      rows.length > MAX_ROWS ? h("div", { class: "tip-more" }, `and ${rows.length - MAX_ROWS} more`) : "",
    );
    this.tipWidth = this.tip.offsetWidth;
    this.tipHeight = this.tip.offsetHeight;
  }

  placeTip(x) {
    const left = x + 14 + this.tipWidth > this.host.clientWidth ? x - 14 - this.tipWidth : x + 14;
    const wanted = this.isSource ? (this.pointerY ?? 0) - this.tipHeight / 2 : 4;
    const top = Math.max(-8, Math.min(this.host.clientHeight - this.tipHeight + 8, wanted));
    this.tip.style.transform = `translate(${Math.round(Math.max(-4, left))}px, ${Math.round(top)}px)`;
  }

  drawMarks(annotations) {
    const visible = annotations.filter(({ time }) => time >= this.range.from && time <= this.range.to).slice(-150);
    this.marks.classList.toggle("many", visible.length > 30);
    while (this.marks.childElementCount > visible.length) this.marks.lastChild.remove();
    while (this.marks.childElementCount < visible.length) this.marks.append(h("div", { class: "mark" }, h("i")));
    visible.forEach(({ time, color, text }, i) => {
      const mark = this.marks.children[i];
      mark.style.transform = `translateX(${this.xOf(time).toFixed(1)}px)`;
      mark.style.setProperty("--mark", color);
      mark.style.bottom = `${this.box.bottom}px`;
      mark.style.top = `${this.box.top}px`;
      if (mark.firstChild.title !== text) mark.firstChild.title = text;
    });
  }

  resize() {
    this.chart?.resize({ silent: true });
  }

  dispose() {
    this.context.hub.plots.delete(this);
    this.chart?.dispose();
  }
}

export function nearest(times, time) {
  if (!times.length) return -1;
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time - times[low - 1] < times[low] - time ? low - 1 : low;
}

/** What all time charts have in common. `grids` are {top, height} in pixels; the last bears the time labels. */
export function baseOption({ range, width, box, utc, grids }) {
  const span = range.to - range.from;
  const labels = Math.max(2, Math.min(10, Math.floor(width / 90)));
  return {
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: token("--font"), color: token("--muted") },
    grid: grids.map(({ top, height }) => ({ left: box.left, right: box.right, top, height })),
    xAxis: grids.map((grid, i) => ({
      type: "time",
      gridIndex: i,
      min: range.from,
      max: range.to,
      splitNumber: labels,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: true, lineStyle: { color: token("--grid") } },
      axisPointer: { show: false },
      axisLabel: {
        show: i === grids.length - 1,
        color: token("--muted"),
        fontSize: FONT,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value) => axisTime(value, span, utc),
      },
    })),
    yAxis: [],
    series: [],
  };
}

export function valueAxis({ gridIndex = 0, position = "left", display, height, config = {}, custom = {}, fromZero = false, hidden = false }) {
  return {
    type: custom.scaleDistribution?.type === "log" ? "log" : "value",
    gridIndex,
    position,
    scale: !fromZero,
    min: config.min ?? softBound(custom.axisSoftMin, Math.min, "min"),
    max: config.max ?? softBound(custom.axisSoftMax, Math.max, "max"),
    splitNumber: Math.max(2, Math.round(height / 46)),
    interval: isBounded(config) ? (config.max - config.min) / 4 : undefined,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: !hidden, lineStyle: { color: token("--grid") } },
    axisLabel: {
      show: !hidden,
      color: token("--muted"),
      fontSize: FONT,
      margin: 8,
      formatter: (value) => fullText(display(value)),
    },
  };
}

const isBounded = ({ min, max }) => typeof min === "number" && typeof max === "number";

function softBound(bound, choose, name) {
  if (bound === undefined || bound === null) return undefined;
  return (extent) => choose(bound, extent[name]);
}

/**
 * Bars at their times. ECharts' own would widen the time axis by half a bar, and charts below each other would no
 * longer line up. `points` are {time, base, top, color}.
 */
export function barSeries({ points, width, ...rest }) {
  return {
    ...rest,
    type: "custom",
    silent: true,
    clip: true,
    encode: { x: 0, y: [1, 2] },
    data: points.map(({ time, base, top }) => [time, base, top]),
    renderItem: (params, api) => {
      const [x, y] = api.coord([api.value(0), api.value(2)]);
      const from = api.coord([api.value(0), api.value(1)])[1];
      return {
        type: "rect",
        shape: { x: x - width / 2, y: Math.min(y, from), width, height: Math.max(0.5, Math.abs(y - from)) },
        style: { fill: points[params.dataIndex].color },
      };
    },
  };
}

/** By the smallest gap between two bars: a gap in the data leaves a gap, not a wide bar. */
export function barWidth(times, range, width, most = 22) {
  let gap = Infinity;
  for (let i = 1; i < times.length; i++) gap = Math.min(gap, times[i] - times[i - 1]);
  if (!Number.isFinite(gap)) gap = (range.to - range.from) / 60;
  return Math.max(1, Math.min(most, Math.floor((gap / (range.to - range.from)) * width * 0.74)));
}

export function gradient(value, opacity) {
  return {
    type: "linear", x: 0, y: 0, x2: 0, y2: 1,
    colorStops: [{ offset: 0, color: alpha(value, opacity) }, { offset: 1, color: alpha(value, opacity * 0.08) }],
  };
}

export { setText };
