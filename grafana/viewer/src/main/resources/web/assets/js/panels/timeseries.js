import { h } from "../dom.js";
import { alpha, color, token } from "../colors.js";
import { fullText, isHidden, numberFields, timeField } from "../fields.js";
import { Legend } from "../legend.js";
import { AXIS, TimePlot, barSeries, barWidth, baseOption, gradient, valueAxis } from "../plot.js";

const DRAWN = new Set(["line", "bars", "points"]);

/** Lines, bars and points over time, with two axes, stacks, bands and thresholds. */
export class TimeSeriesPanel {
  constructor(host, context) {
    this.context = context;
    const plotHost = h("div", { class: "fill" });
    this.legendHost = h("div");
    this.frame = h("div", { class: "chart" }, plotHost, this.legendHost);
    host.replaceChildren(this.frame);
    this.plot = new TimePlot(plotHost, context);
    this.legend = new Legend(this.legendHost, () => this.draw(...this.last));
    this.plotHost = plotHost;
  }

  draw(frames, panel, range, annotations) {
    this.last = [frames, panel, range, annotations];
    this.frame.classList.toggle("legend-right", panel.options?.legend?.placement === "right");
    const all = frames.flatMap(seriesOf);
    const listed = all.filter(({ field }) => !isHidden(field, "legend"));
    this.legend.draw(listed.map(({ field, values }) => ({ name: field.displayName, color: field.color, values, display: field.display })),
      panel.options?.legend);
    const visible = all.filter(({ field }) => !this.legend.hidden.has(field.displayName));
    const height = this.plotHost.clientHeight;
    const hasRight = visible.some(({ field }) => field.config.custom.axisPlacement === "right");
    const hasLeft = visible.some(({ field }) => field.config.custom.axisPlacement !== "right") || !hasRight;
    const box = { left: hasLeft ? AXIS.left : AXIS.none, right: hasRight ? AXIS.right : AXIS.none, top: 8, bottom: 22 };
    const option = baseOption({
      range, box, utc: this.context.utc, width: this.plotHost.clientWidth - box.left - box.right,
      grids: [{ top: box.top, height: Math.max(10, height - box.top - box.bottom) }],
    });
    for (const position of ["left", "right"]) {
      const own = visible.filter(({ field }) => (field.config.custom.axisPlacement === "right" ? "right" : "left") === position);
      if (own.length) this.drawAxis(option, own, position, height);
    }
    if (!option.yAxis.length) option.yAxis.push({ type: "value", show: false, min: 0, max: 1 });
    this.plot.draw({ option, range, box, annotations, series: visible.filter(({ field }) => !isHidden(field, "tooltip")).map(tipSeries) });
  }

  drawAxis(option, series, position, height) {
    const first = series[0].field;
    const isBased = series.some(({ field }) => field.config.custom.drawStyle === "bars" || isStacked(field));
    option.yAxis.push(valueAxis({
      position, height, display: first.display, config: first.config, custom: first.config.custom, fromZero: isBased,
      hidden: first.config.custom.axisPlacement === "hidden",
    }));
    const yAxisIndex = option.yAxis.length - 1;
    const bars = { notice: this.context.notice, range: this.last[2], width: this.plotHost.clientWidth - AXIS.left, stacked: new Map() };
    for (const entry of series) option.series.push(...chartSeries(entry, series, yAxisIndex, bars));
    const marks = thresholdMarks(first);
    if (marks && option.series.length) Object.assign(option.series[option.series.length - 1], marks);
  }

  resize() {
    this.plot.resize();
    if (this.last) this.draw(...this.last);
  }

  dispose() {
    this.plot.dispose();
  }
}

export function seriesOf(frame) {
  const time = timeField(frame);
  if (!time) return [];
  return numberFields(frame).map((field) => ({ field, times: time.values, values: field.values }));
}

export function tipSeries({ field, times, values }) {
  return { name: field.displayName, color: field.color, times, values, text: (value) => fullText(field.display(value)) };
}

const isStacked = (field) => ["normal", "percent"].includes(field.config.custom.stacking?.mode);

export function chartSeries({ field, times, values }, all, yAxisIndex, context) {
  const custom = field.config.custom;
  const style = custom.drawStyle || "line";
  if (!DRAWN.has(style)) context.notice(`The draw style '${style}' is not supported`);
  const band = custom.fillBelowTo && all.find((other) => other.field.displayName === custom.fillBelowTo);
  const base = {
    id: `${yAxisIndex}-${field.displayName}`,
    name: field.displayName,
    yAxisIndex,
    silent: true,
    data: times.map((time, i) => [time, values[i]]),
    stack: isStacked(field) ? `${yAxisIndex}-${custom.stacking.group || "A"}` : undefined,
    z: style === "bars" ? 1 : 2,
  };
  const own = style === "bars" ? bars(base, field, times, values, context) : style === "points" ? points(base, field) : line(base, field, custom);
  return band ? [...bandSeries(field, band, times, values, yAxisIndex), own] : [own];
}

function line(base, field, custom) {
  const fill = (custom.fillOpacity ?? 0) / 100;
  return {
    ...base,
    type: "line",
    showSymbol: custom.showPoints === "always",
    symbol: "circle",
    symbolSize: custom.pointSize ?? 4,
    connectNulls: Boolean(custom.spanNulls),
    smooth: custom.lineInterpolation === "smooth" ? 0.25 : false,
    step: { stepAfter: "end", stepBefore: "start" }[custom.lineInterpolation] ?? false,
    sampling: base.stack ? undefined : "lttb",
    lineStyle: { width: custom.lineWidth ?? 1, color: field.color, type: dash(custom.lineStyle) },
    itemStyle: { color: field.color },
    areaStyle: fill > 0 && !custom.fillBelowTo
      ? { color: custom.gradientMode === "opacity" ? gradient(field.color, fill) : alpha(field.color, fill) } : undefined,
  };
}

function dash(style) {
  if (style?.fill === "dash") return style.dash || [6, 4];
  return style?.fill === "dot" ? [1.5, 3] : "solid";
}

/** Bars whose colour goes by their value get one each; in a stack they rise from the bars of their sign before them. */
function bars(base, field, times, values, { range, width, stacked }) {
  const mode = field.config.color?.mode || "";
  const byValue = mode === "thresholds" || mode.startsWith("continuous-");
  const opacity = Math.max(0.15, (field.config.custom.fillOpacity ?? 80) / 100);
  const own = alpha(field.color, opacity);
  const points = [];
  times.forEach((time, i) => {
    if (typeof values[i] !== "number") return;
    const key = `${time}${values[i] < 0}`;
    const from = base.stack ? stacked.get(key) ?? 0 : 0;
    const top = from + values[i];
    if (base.stack) stacked.set(key, top);
    points.push({ time, base: from, top, color: byValue ? alpha(field.display(values[i]).color, opacity) : own });
  });
  return barSeries({
    id: base.id, name: base.name, yAxisIndex: base.yAxisIndex, z: 1, points,
    width: barWidth(times, range, width, field.config.custom.barMaxWidth ?? 60),
  });
}

function points(base, field) {
  return { ...base, type: "scatter", symbolSize: field.config.custom.pointSize ?? 5, itemStyle: { color: field.color } };
}

/** The area between a line and the one that its fillBelowTo names: a clear stack below, a filled one up to the line. */
function bandSeries(field, { times: lowTimes, values: low }, times, values, yAxisIndex) {
  const lowAt = new Map(lowTimes.map((time, i) => [time, low[i]]));
  const stack = `band-${field.displayName}`;
  const common = { type: "line", yAxisIndex, stack, stackStrategy: "all", silent: true, showSymbol: false, lineStyle: { opacity: 0 } };
  return [
    { ...common, id: `${stack}-low`, data: times.map((time) => [time, lowAt.get(time) ?? null]) },
    {
      ...common,
      id: `${stack}-high`,
      areaStyle: { color: alpha(field.color, (field.config.custom.fillOpacity ?? 10) / 100) },
      data: times.map((time, i) => [time, difference(values[i], lowAt.get(time))]),
    },
  ];
}

function difference(high, low) {
  return typeof high === "number" && typeof low === "number" ? high - low : null;
}

function thresholdMarks(field) {
  const mode = field.config.custom.thresholdsStyle?.mode || "off";
  const steps = (field.config.thresholds?.steps || []).filter((step) => step.value !== null);
  if (mode === "off" || !steps.length) return null;
  const marks = {};
  if (mode.includes("line") || mode.includes("dashed")) {
    marks.markLine = {
      silent: true, symbol: "none", label: { show: false }, animation: false,
      data: steps.map((step) => ({
        yAxis: step.value,
        lineStyle: { color: step.color === "transparent" ? token("--muted") : color(step.color), width: 1, type: mode.includes("dashed") ? [4, 4] : "solid", opacity: 0.7 },
      })),
    };
  }
  if (mode.includes("area")) {
    marks.markArea = {
      silent: true, animation: false,
      data: steps.map((step, i) => [
        { yAxis: step.value, itemStyle: { color: step.color === "transparent" ? "rgba(0,0,0,0)" : alpha(color(step.color), 0.07) } },
        { yAxis: steps[i + 1]?.value ?? "max" },
      ]),
    };
  }
  return marks;
}
