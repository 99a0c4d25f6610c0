import { h } from "../dom.js";
import { alpha, color, token } from "../colors.js";
import { fullText, isHidden, numberFields, timeField } from "../fields.js";
import { Legend } from "../legend.js";
import { AXIS, TimePlot, barSeries, barWidth, baseOption, valueAxis } from "../plot.js";
import { chartSeries, tipSeries } from "./timeseries.js";

const PRICES = ["open", "high", "low", "close"];
const VOLUME_SHARE = 0.2;

/** Candles with volume below and whatever other columns there are drawn over them. */
export class CandlestickPanel {
  constructor(host, context) {
    this.context = context;
    this.plotHost = h("div", { class: "fill" });
    this.legendHost = h("div");
    this.badge = h("div", { class: "price-badge", hidden: true });
    host.replaceChildren(h("div", { class: "chart" }, this.plotHost, this.legendHost));
    this.plot = new TimePlot(this.plotHost, context);
    this.plotHost.append(this.badge);
    this.legend = new Legend(this.legendHost, () => this.draw(...this.last));
  }

  draw(frames, panel, range, annotations) {
    this.last = [frames, panel, range, annotations];
    const options = panel.options || {};
    if (options.candleStyle === "ohlcbars") this.context.notice("The candle style 'ohlcbars' is drawn as candles");
    const columns = find(frames, options);
    const overlays = options.includeAllFields ? columns.others : [];
    this.legend.draw(overlays.map(({ field, values }) => ({ name: field.displayName, color: field.color, values, display: field.display })),
      options.legend);
    const visible = overlays.filter(({ field }) => !this.legend.hidden.has(field.displayName));
    const mode = options.mode || "candles+volume";
    const layout = this.layout(mode.includes("volume") && columns.volume);
    const box = layout.box;
    const option = baseOption({ range, box, utc: this.context.utc, width: this.plotHost.clientWidth - box.left - box.right, grids: layout.grids });
    option.yAxis.push(valueAxis({ position: "right", height: layout.grids[0].height, display: columns.close.display, config: columns.close.config }));
    option.yAxis[0].axisLabel.showMinLabel = layout.grids.length === 1;
    const colors = candleColors(options);
    const width = barWidth(columns.times, range, this.plotHost.clientWidth - box.left - box.right);
    if (mode !== "volume") option.series.push(candles(columns, colors, width));
    for (const entry of visible) option.series.push(...chartSeries(entry, visible, 0, { notice: this.context.notice, range, width }));
    if (layout.grids.length > 1) this.drawVolume(option, columns, colors, width);
    this.drawBadge(option, columns, colors, layout);
    this.plot.draw({ option, range, box, annotations, series: tips(columns, visible, colors) });
    this.placeBadge(columns, colors);
  }

  layout(withVolume) {
    const box = { left: AXIS.none, right: AXIS.right, top: 10, bottom: 22 };
    const height = Math.max(40, this.plotHost.clientHeight - box.top - box.bottom);
    if (!withVolume) return { box, grids: [{ top: box.top, height }] };
    const volume = Math.round(height * VOLUME_SHARE);
    return { box, grids: [{ top: box.top, height: height - volume - 8 }, { top: box.top + height - volume, height: volume }] };
  }

  drawVolume(option, columns, colors, width) {
    option.yAxis.push(valueAxis({ gridIndex: 1, position: "right", height: 40, display: columns.volume.display, fromZero: true }));
    option.yAxis[1].splitNumber = 2;
    option.series.push(barSeries({
      id: "volume", xAxisIndex: 1, yAxisIndex: 1, width,
      points: columns.times.map((time, i) => ({
        time, base: 0, top: columns.volume.values[i], color: alpha(colors.of(columns, i), 0.45),
      })),
    }));
  }

  /** The last price as a line across and a badge on the axis, in the colour of its candle. */
  drawBadge(option, columns, colors, layout) {
    const last = lastIndex(columns.close.values);
    if (last < 0 || !option.series.length) return;
    option.series[0].markLine = {
      silent: true, symbol: "none", animation: false, label: { show: false },
      lineStyle: { color: colors.of(columns, last), width: 1, type: [2, 3], opacity: 0.8 },
      data: [{ yAxis: columns.close.values[last] }],
    };
    this.badgeTop = layout.grids[0].top;
  }

  placeBadge(columns, colors) {
    const last = lastIndex(columns.close.values);
    this.badge.hidden = last < 0;
    if (last < 0) return;
    const y = this.plot.chart.convertToPixel({ yAxisIndex: 0 }, columns.close.values[last]);
    const background = colors.of(columns, last);
    this.badge.textContent = fullText(columns.close.display(columns.close.values[last]));
    this.badge.style.transform = `translateY(${Math.round(y - 9)}px)`;
    this.badge.style.background = background;
  }

  resize() {
    this.plot.resize();
    if (this.last) this.draw(...this.last);
  }

  dispose() {
    this.plot.dispose();
  }
}

/** The columns by the panel's field mapping, else by name; all other numbers are overlays. */
function find(frames, options) {
  const names = options.fields || {};
  for (const frame of frames) {
    const time = timeField(frame);
    const fields = Object.fromEntries([...PRICES, "volume"].map((role) =>
      [role, frame.fields.find((field) => field.type === "number" && field.name === (names[role] || role))]));
    if (!time || PRICES.some((role) => !fields[role])) continue;
    const used = new Set(Object.values(fields));
    const others = numberFields(frame).filter((field) => !used.has(field) && field.values.some((value) => value !== null))
      .map((field) => ({ field, times: time.values, values: field.values }));
    return { ...fields, times: time.values, others };
  }
  throw new Error(frames.length ? "No open, high, low and close among the columns" : "No data");
}

function candleColors(options) {
  const up = options.colors?.up ? color(options.colors.up) : token("--up");
  const down = options.colors?.down ? color(options.colors.down) : token("--down");
  return { up, down, of: ({ open, close }, i) => (close.values[i] >= open.values[i] ? up : down) };
}

function candles(columns, colors, width) {
  return {
    id: "candles", type: "candlestick", silent: true, barWidth: width, large: false, z: 3,
    itemStyle: { color: colors.up, color0: colors.down, borderColor: colors.up, borderColor0: colors.down, borderWidth: 1 },
    encode: { x: 0, y: [1, 2, 3, 4] },
    data: columns.times.map((time, i) =>
      [time, columns.open.values[i], columns.close.values[i], columns.low.values[i], columns.high.values[i]]),
  };
}

function tips(columns, overlays, colors) {
  const prices = PRICES.map((role) => ({
    name: columns[role].displayName, color: colors.up, colorOf: (i) => colors.of(columns, i), times: columns.times,
    values: columns[role].values, text: (value) => fullText(columns[role].display(value)),
  }));
  const volume = columns.volume ? [{
    name: columns.volume.displayName, color: token("--muted"), times: columns.times, values: columns.volume.values,
    text: (value) => fullText(columns.volume.display(value)),
  }] : [];
  return [...prices, ...volume, ...overlays.filter(({ field }) => !isHidden(field, "tooltip")).map(tipSeries)];
}

function lastIndex(values) {
  for (let i = values.length - 1; i >= 0; i--) if (values[i] !== null) return i;
  return -1;
}
