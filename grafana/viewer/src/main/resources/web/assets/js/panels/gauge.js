import { h, setText } from "../dom.js";
import { color } from "../colors.js";
import { fullText } from "../fields.js";
import { reducedValues } from "../values.js";

const START = (-220 * Math.PI) / 180;
const SWEEP = (260 * Math.PI) / 180;

/** Dials: how far a value is between min and max, with the thresholds around it. */
export class GaugePanel {
  constructor(host) {
    this.host = h("div", { class: "gauges" });
    host.replaceChildren(this.host);
    this.dials = [];
  }

  draw(frames, panel) {
    this.last = [frames, panel];
    const entries = reducedValues(frames, panel.options);
    if (!entries.length) throw new Error("No data");
    while (this.dials.length > entries.length) this.dials.pop().root.remove();
    while (this.dials.length < entries.length) this.addDial();
    entries.forEach((entry, i) => this.fill(this.dials[i], entry, entries.length, panel.options || {}));
  }

  addDial() {
    const dial = { canvas: h("canvas"), text: h("div", { class: "gauge-text" }), name: h("div", { class: "gauge-name" }) };
    dial.root = h("div", { class: "gauge" }, dial.canvas, dial.text, dial.name);
    this.dials.push(dial);
    this.host.append(dial.root);
  }

  fill(dial, entry, count, options) {
    setText(dial.text, fullText(entry.display));
    dial.text.style.color = entry.display.color;
    setText(dial.name, count > 1 ? entry.name : "");
    const width = dial.root.clientWidth;
    const height = dial.root.clientHeight;
    const size = Math.min(width, height * 1.15);
    dial.text.style.fontSize = `${Math.max(12, Math.min(34, size / 6)).toFixed(1)}px`;
    paint(dial.canvas, width, height, entry, options.showThresholdMarkers !== false);
  }

  resize() {
    if (this.last) this.draw(...this.last);
  }

  dispose() {}
}

function paint(canvas, width, height, { value, display, field }, withMarkers) {
  const ratio = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.max(1, width * ratio);
  canvas.height = Math.max(1, height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const radius = Math.max(8, Math.min(width / 2, height * 0.56) - 12);
  const center = [width / 2, height * 0.58];
  const low = field.config.min ?? 0;
  const high = field.config.max ?? 100;
  const share = (measure) => Math.max(0, Math.min(1, (measure - low) / (high - low)));
  const thickness = Math.max(6, radius * 0.2);
  const arc = (from, to, stroke, line, at) => {
    context.beginPath();
    context.arc(...center, at, START + SWEEP * from, START + SWEEP * to);
    context.strokeStyle = stroke;
    context.lineWidth = line;
    context.stroke();
  };
  arc(0, 1, "rgba(128,140,160,.16)", thickness, radius - thickness / 2);
  if (typeof value === "number") arc(0, share(value), display.color, thickness, radius - thickness / 2);
  if (!withMarkers) return;
  const steps = field.config.thresholds?.steps || [];
  const isShare = field.config.thresholds?.mode === "percentage";
  steps.forEach((step, i) => {
    const at = (bound) => (isShare ? bound / 100 : share(bound));
    arc(step.value === null ? 0 : at(step.value), steps[i + 1] ? at(steps[i + 1].value) : 1, color(step.color), 3, radius + 4);
  });
}
