import { dateTime, clock } from "./time.js";

/** Grafana's units, as far as our dashboards use them. A formatter takes (value, decimals) and gives text, prefix, suffix. */
const scaled = (steps, suffixes) => (value, decimals) => {
  let step = 0;
  let size = value;
  while (step < suffixes.length - 1 && Math.abs(size) >= steps) {
    size /= steps;
    step++;
  }
  return { text: fixed(size, decimals), suffix: suffixes[step] };
};

const suffixed = (suffix) => (value, decimals) => ({ text: fixed(value, decimals), suffix });
const grouped = (prefix) => (value, decimals) => ({
  prefix: value < 0 ? `-${prefix}` : prefix,
  text: locale(Math.abs(value), decimals),
});
const rate = (unit) => (value, decimals) => {
  const scaledValue = short(value, decimals);
  return { text: scaledValue.text, suffix: `${scaledValue.suffix || ""} ${unit}` };
};

const short = scaled(1000, ["", " K", " Mil", " Bil", " Tri"]);

function seconds(value, decimals) {
  const size = Math.abs(value);
  if (value === 0) return { text: "0", suffix: " s" };
  if (size < 1e-3) return { text: fixed(value * 1e6, decimals), suffix: " µs" };
  if (size < 1) return { text: fixed(value * 1e3, decimals), suffix: " ms" };
  if (size < 60) return { text: fixed(value, decimals), suffix: " s" };
  if (size < 3600) return { text: fixed(value / 60, decimals), suffix: " mins" };
  if (size < 86400) return { text: fixed(value / 3600, decimals), suffix: " hours" };
  return { text: fixed(value / 86400, decimals), suffix: " days" };
}

function millis(value, decimals) {
  return Math.abs(value) < 1000 ? { text: fixed(value, decimals), suffix: " ms" } : seconds(value / 1000, decimals);
}

function fromNow(value) {
  const age = (Date.now() - value) / 1000;
  const size = Math.abs(age);
  const text = size < 2 ? "now" : size < 90 ? `${Math.round(size)} s` : size < 5400 ? `${Math.round(size / 60)} min`
    : size < 129600 ? `${Math.round(size / 3600)} h` : `${Math.round(size / 86400)} d`;
  return { text: text === "now" ? text : age >= 0 ? `${text} ago` : `in ${text}` };
}

const UNITS = {
  none: suffixed(""),
  short,
  locale: (value, decimals) => ({ text: locale(value, decimals) }),
  percent: suffixed("%"),
  percentunit: (value, decimals) => ({ text: fixed(value * 100, decimals), suffix: "%" }),
  s: seconds,
  ms: millis,
  dtdurations: seconds,
  bytes: scaled(1024, [" B", " KiB", " MiB", " GiB", " TiB"]),
  decbytes: scaled(1000, [" B", " kB", " MB", " GB", " TB"]),
  currencyUSD: grouped("$"),
  currencyEUR: grouped("€"),
  celsius: suffixed(" °C"),
  reqps: rate("req/s"),
  ops: rate("ops/s"),
  rps: rate("rd/s"),
  wps: rate("wr/s"),
  cps: rate("c/s"),
  eps: rate("evt/s"),
  mps: rate("msg/s"),
  recps: rate("rec/s"),
  rowsps: rate("rows/s"),
  string: (value) => ({ text: String(value) }),
  dateTimeAsIso: (value, decimals, utc) => ({ text: dateTime(value, utc) }),
  dateTimeFromNow: (value) => fromNow(value),
  "time:HH:mm:ss": (value, decimals, utc) => ({ text: clock(value, utc) }),
  "time:HH:mm:ss.SSS": (value, decimals, utc) => ({ text: clock(value, utc, true) }),
};

export function unitFormatter(unit) {
  if (!unit) return UNITS.none;
  if (UNITS[unit]) return UNITS[unit];
  if (unit.startsWith("suffix:")) return suffixed(` ${unit.slice(7).trim()}`);
  if (unit.startsWith("prefix:")) return (value, decimals) => ({ prefix: unit.slice(7), text: fixed(value, decimals) });
  return null;
}

function fixed(value, decimals) {
  const count = decimals ?? automaticDecimals(value);
  const text = value.toFixed(Math.min(20, count));
  return Number(text) === 0 && text.startsWith("-") ? text.slice(1) : text;
}

function locale(value, decimals) {
  const count = decimals ?? automaticDecimals(value);
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: count });
}

/** Grafana's choice: about three significant digits, none for whole numbers. */
function automaticDecimals(value) {
  if (value === 0 || !Number.isFinite(value) || value % 1 === 0) return 0;
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  let decimals = 1 - exponent;
  if (Math.abs(value) / 10 ** -decimals > 2.25) decimals++;
  return Math.max(0, Math.min(10, decimals));
}
