import { alpha } from "./colors.js";

/** Draws a small line with a soft area into a canvas; gaps stay gaps. */
export function drawSparkline(canvas, values, stroke, { fill = 0.16, width, height, baseline = null } = {}) {
  const ratio = Math.min(2, devicePixelRatio || 1);
  const w = Math.max(1, Math.round((width ?? canvas.clientWidth) * ratio));
  const ht = Math.max(1, Math.round((height ?? canvas.clientHeight) * ratio));
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== ht) canvas.height = ht;
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, w, ht);
  const points = values.filter((value) => typeof value === "number");
  if (points.length < 2) return;
  const low = Math.min(...points, baseline ?? Infinity);
  const high = Math.max(...points, baseline ?? -Infinity);
  const pad = 2 * ratio;
  const y = (value) => (high === low ? ht / 2 : ht - pad - ((value - low) / (high - low)) * (ht - 2 * pad));
  const x = (i) => (i / (values.length - 1)) * w;
  const path = new Path2D();
  const area = new Path2D();
  let open = -1;
  let last = -1;
  values.forEach((value, i) => {
    if (typeof value !== "number") return;
    if (open < 0) {
      path.moveTo(x(i), y(value));
      area.moveTo(x(i), ht);
      area.lineTo(x(i), y(value));
      open = i;
    } else {
      path.lineTo(x(i), y(value));
      area.lineTo(x(i), y(value));
    }
    last = i;
  });
  area.lineTo(x(last), ht);
  area.closePath();
  const shade = context.createLinearGradient(0, 0, 0, ht);
  shade.addColorStop(0, alpha(stroke, fill * 1.6));
  shade.addColorStop(1, alpha(stroke, 0));
  context.fillStyle = shade;
  context.fill(area);
  context.strokeStyle = stroke;
  context.lineWidth = 1.4 * ratio;
  context.lineJoin = "round";
  context.stroke(path);
}
