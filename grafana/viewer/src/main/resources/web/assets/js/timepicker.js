import { h } from "./dom.js";
import { QUICK_RANGES, dateTime, parseTime } from "./time.js";

/** Quick ranges, and from and to as text: now-6h, or a date. */
export class TimePicker {
  constructor(range, utc, choose) {
    this.utc = utc;
    this.choose = choose;
    this.from = this.input("From", range.from);
    this.to = this.input("To", range.to);
    this.problem = h("div", { class: "problem", role: "alert" });
    this.root = h("form", { class: "picker", onsubmit: (event) => this.submit(event) },
      h("div", { class: "picker-own" }, h("label", {}, "From", this.from), h("label", {}, "To", this.to), this.problem,
        h("button", { class: "primary", type: "submit" }, "Apply"),
        h("p", {}, utc ? "Times are UTC." : "Times are your browser's.", " Write now-6h, now/d or 2026-01-31 14:30.")),
      h("div", { class: "picker-quick" }, QUICK_RANGES.map((entry) => h("button", {
        type: "button",
        class: entry.from === range.from && entry.to === range.to ? "chosen" : "",
        onclick: () => choose({ from: entry.from, to: entry.to }),
      }, entry.label))));
  }

  input(label, value) {
    const text = /^\d{10,}$/.test(value) ? dateTime(Number(value), this.utc) : value;
    return h("input", { type: "text", value: text, "aria-label": label, spellcheck: false });
  }

  submit(event) {
    event.preventDefault();
    const from = this.read(this.from.value, false);
    const to = this.read(this.to.value, true);
    if (from === null || to === null) this.problem.textContent = "Not a time. Try now-6h or 2026-01-31 14:30.";
    else if (parseTime(from, this.utc) >= parseTime(to, this.utc, true)) this.problem.textContent = "From is not before to.";
    else this.choose({ from, to });
  }

  read(text, up) {
    const written = text.trim();
    if (parseTime(written, this.utc, up) === null) return null;
    if (written.startsWith("now")) return written;
    const local = this.utc && !/Z$/.test(written) ? `${written.replace(" ", "T")}Z` : written;
    return String(parseTime(local, this.utc, up));
  }
}
