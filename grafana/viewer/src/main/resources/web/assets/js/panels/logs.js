import { h } from "../dom.js";
import { clock, dateTime } from "../time.js";
import { timeField } from "../fields.js";

const MAX_LINES = 300;
const LEVELS = ["critical", "error", "warning", "info", "debug"];

/** Lines of text with their time, the newest first; a click opens the other columns. */
export class LogsPanel {
  constructor(host, context) {
    this.context = context;
    this.host = h("div", { class: "logs" });
    host.replaceChildren(this.host);
  }

  draw(frames, panel) {
    this.last = [frames, panel];
    const options = panel.options || {};
    const lines = frames.flatMap(linesOf).sort((a, b) => (options.sortOrder === "Ascending" ? a.time - b.time : b.time - a.time));
    if (lines.length > MAX_LINES) this.context.notice(`Only ${MAX_LINES} of ${lines.length} lines are shown`);
    const shown = lines.slice(0, MAX_LINES);
    const signature = shown.map((line) => line.time + line.text).join("\n");
    if (signature === this.signature) return;
    this.signature = signature;
    const open = new Set([...this.host.querySelectorAll("details[open]")].map((element) => element.dataset.key));
    this.host.replaceChildren(...shown.map((line) => this.line(line, options, open)));
    if (!shown.length) this.host.append(h("div", { class: "quiet" }, "Nothing in this time range"));
  }

  line(line, options, open) {
    const key = `${line.time}|${line.text}`;
    const summary = h("summary", {},
      h("i", { class: `level ${line.level}` }),
      options.showTime === false ? "" : h("time", { title: dateTime(line.time, this.context.utc) }, clock(line.time, this.context.utc)),
      h("span", { class: options.wrapLogMessage ? "wrap" : "" }, line.text));
    return h("details", { "data-key": key, open: open.has(key) }, summary,
      h("dl", {}, line.labels.map(([name, value]) => [h("dt", {}, name), h("dd", {}, String(value ?? ""))])));
  }

  resize() {}

  dispose() {}
}

function linesOf(frame) {
  const time = timeField(frame);
  const text = frame.fields.find((field) => ["body", "line", "message", "reason"].includes(field.name))
    || frame.fields.find((field) => field.type === "string");
  if (!time || !text) return [];
  const others = frame.fields.filter((field) => field !== time && field !== text);
  const level = frame.fields.find((field) => field.name === "level" || field.name === "severity");
  return time.values.map((at, row) => ({
    time: at,
    text: String(text.values[row]),
    level: LEVELS.includes(level?.values[row]) ? level.values[row] : "unknown",
    labels: others.map((field) => [field.displayName, field.values[row]]),
  }));
}
