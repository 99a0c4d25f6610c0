/** Time ranges as Grafana writes them: now-30m, now/d, milliseconds, ISO. */
const UNITS = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
const EXPRESSION = /^now(?:([+-])(\d+)([smhdwMy]))?(?:\/([smhdwMy]))?$/;

export const QUICK_RANGES = [
  ["now-5m", "5 minutes"], ["now-15m", "15 minutes"], ["now-30m", "30 minutes"], ["now-1h", "1 hour"],
  ["now-3h", "3 hours"], ["now-6h", "6 hours"], ["now-12h", "12 hours"], ["now-24h", "24 hours"],
  ["now-2d", "2 days"], ["now-7d", "7 days"], ["now-30d", "30 days"], ["now/d", "Today"],
].map(([from, label]) => ({ from, to: from === "now/d" ? "now" : "now", label: label === "Today" ? label : `Last ${label}` }));

export function parseTime(text, utc, up = false, now = Date.now()) {
  if (typeof text === "number") return text;
  if (/^\d{10,}$/.test(text)) return Number(text);
  const match = EXPRESSION.exec(text);
  if (!match) {
    const parsed = Date.parse(text);
    return Number.isNaN(parsed) ? null : parsed;
  }
  const date = new Date(now);
  if (match[1]) shift(date, Number(match[2]) * (match[1] === "-" ? -1 : 1), match[3]);
  if (match[4]) round(date, match[4], utc, up);
  return date.getTime();
}

function shift(date, count, unit) {
  if (UNITS[unit]) date.setTime(date.getTime() + count * UNITS[unit]);
  else if (unit === "M") date.setMonth(date.getMonth() + count);
  else date.setFullYear(date.getFullYear() + count);
}

function round(date, unit, utc, up) {
  const set = (name, ...values) => date[(utc ? "setUTC" : "set") + name](...values);
  if (unit === "s") set("Milliseconds", 0);
  else if (unit === "m") set("Seconds", 0, 0);
  else if (unit === "h") set("Minutes", 0, 0, 0);
  else set("Hours", 0, 0, 0, 0);
  if (unit === "w") date.setTime(date.getTime() - ((date.getDay() + 6) % 7) * UNITS.d);
  if (unit === "M") set("Date", 1);
  if (unit === "y") set("Month", 0, 1);
  if (up) {
    shift(date, 1, unit);
    date.setTime(date.getTime() - 1);
  }
}

export function describeRange(range, utc) {
  const quick = QUICK_RANGES.find((entry) => entry.from === range.from && entry.to === range.to);
  if (quick) return quick.label;
  const relative = /^now-(\d+[smhdwMy])$/.exec(range.from);
  if (relative && range.to === "now") return `Last ${relative[1]}`;
  const from = parseTime(range.from, utc);
  const to = parseTime(range.to, utc, true);
  const sameDay = new Date(from).toDateString() === new Date(to).toDateString();
  return `${dateTime(from, utc)} – ${sameDay ? clock(to, utc) : dateTime(to, utc)}`;
}

const pad = (value, size = 2) => String(value).padStart(size, "0");

function parts(time, utc) {
  const date = new Date(time);
  const get = (name) => date[(utc ? "getUTC" : "get") + name]();
  return {
    day: `${get("FullYear")}-${pad(get("Month") + 1)}-${pad(get("Date"))}`,
    monthDay: `${pad(get("Month") + 1)}-${pad(get("Date"))}`,
    minutes: `${pad(get("Hours"))}:${pad(get("Minutes"))}`,
    seconds: pad(get("Seconds")),
    millis: pad(get("Milliseconds"), 3),
  };
}

export function dateTime(time, utc) {
  const at = parts(time, utc);
  return `${at.day} ${at.minutes}:${at.seconds}`;
}

export function clock(time, utc, withMillis = false) {
  const at = parts(time, utc);
  return `${at.minutes}:${at.seconds}${withMillis ? `.${at.millis}` : ""}`;
}

/** For an axis that shows `span` ms. */
export function axisTime(time, span, utc) {
  const at = parts(time, utc);
  if (span < 4 * UNITS.m) return `${at.minutes}:${at.seconds}`;
  if (span <= UNITS.d * 1.1) return at.minutes;
  if (span <= UNITS.d * 4) return at.minutes === "00:00" ? at.monthDay : at.minutes;
  return at.monthDay;
}

export function intervalMillis(text) {
  const match = /^(\d+)(ms|[smhdw])$/.exec(text || "");
  if (!match) return null;
  return Number(match[1]) * (match[2] === "ms" ? 1 : UNITS[match[2]]);
}
