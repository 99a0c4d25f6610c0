import { h } from "../dom.js";
import { readableOn, token } from "../colors.js";
import { fullText, timeField } from "../fields.js";
import { axisTime } from "../time.js";
import { TimePlot } from "../plot.js";

const NAME_WIDTH = 96;

/** A bar a series, coloured by its state from one change to the next. */
export class StateTimelinePanel {
  constructor(host, context) {
    this.context = context;
    this.plotHost = h("div", { class: "fill" });
    host.replaceChildren(h("div", { class: "chart" }, this.plotHost));
    this.plot = new TimePlot(this.plotHost, context);
    this.canvas = h("canvas", { class: "plot-canvas" });
    this.plot.canvas.replaceWith(this.canvas);
  }

  draw(frames, panel, range, annotations) {
    this.last = [frames, panel, range, annotations];
    const rows = frames.flatMap((frame) => {
      const time = timeField(frame);
      return time ? frame.fields.filter((field) => field !== time && field.type !== "time")
        .map((field) => ({ field, times: time.values, values: field.values })) : [];
    });
    if (!rows.length) throw new Error("No data");
    const box = { left: NAME_WIDTH, right: 14, top: 4, bottom: 22 };
    this.plot.draw({ chart: false, range, box, annotations, series: rows.map(tip) });
    this.paint(rows, range, box, panel.options || {});
  }

  paint(rows, range, box, options) {
    const width = this.plotHost.clientWidth;
    const height = this.plotHost.clientHeight;
    const ratio = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = Math.max(1, width * ratio);
    this.canvas.height = Math.max(1, height * ratio);
    const context = this.canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.font = `11px ${token("--font")}`;
    context.textBaseline = "middle";
    const rowHeight = (height - box.top - box.bottom) / rows.length;
    rows.forEach((row, i) => this.paintRow(context, row, box.top + i * rowHeight, rowHeight, box, options));
    this.paintAxis(context, range, box, width, height);
  }

  paintRow(context, { field, times, values }, top, height, box, options) {
    const thickness = Math.min(30, height * (options.rowHeight ?? 0.85));
    const y = top + (height - thickness) / 2;
    context.fillStyle = token("--text");
    context.textAlign = "right";
    context.fillText(clip(context, field.displayName, NAME_WIDTH - 16), box.left - 8, top + height / 2);
    for (const span of spans(times, values, options.mergeValues !== false, this.plot.range)) {
      const display = field.display(span.value);
      const from = Math.max(box.left, this.plot.xOf(span.from));
      const to = Math.min(this.plotHost.clientWidth - box.right, this.plot.xOf(span.to));
      if (to <= from) continue;
      context.fillStyle = display.color;
      context.globalAlpha = (field.config.custom.fillOpacity ?? 70) / 100;
      context.fillRect(from, y, to - from - (to - from > 3 ? 1 : 0), thickness);
      context.globalAlpha = 1;
      if (options.showValue !== "never" && to - from > 46) {
        context.fillStyle = readableOn(display.color);
        context.textAlign = "center";
        context.fillText(clip(context, fullText(display), to - from - 8), (from + to) / 2, y + thickness / 2);
      }
    }
  }

  paintAxis(context, range, box, width, height) {
    const span = range.to - range.from;
    const count = Math.max(2, Math.floor((width - box.left) / 110));
    context.fillStyle = token("--muted");
    context.textAlign = "center";
    for (let i = 1; i < count; i++) {
      const time = range.from + (span * i) / count;
      context.fillText(axisTime(time, span, this.context.utc), this.plot.xOf(time), height - 9);
    }
  }

  resize() {
    if (this.last) this.draw(...this.last);
  }

  dispose() {
    this.plot.dispose();
  }
}

function tip({ field, times, values }) {
  return { name: field.displayName, color: token("--muted"), colorOf: (i) => field.display(values[i]).color, covers: true, times, values,
    text: (value) => fullText(field.display(value)) };
}

function spans(times, values, merge, range) {
  const found = [];
  times.forEach((time, i) => {
    if (values[i] === null) return;
    const to = times[i + 1] ?? Math.min(range.to, Date.now());
    const last = found[found.length - 1];
    if (merge && last && last.value === values[i] && last.to === time) last.to = to;
    else found.push({ from: time, to, value: values[i] });
  });
  return found;
}

function clip(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let kept = text;
  while (kept.length > 1 && context.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}
