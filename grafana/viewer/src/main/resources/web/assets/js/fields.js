import { color, continuousColor, paletteColor } from "./colors.js";
import { unitFormatter } from "./units.js";
import { axisTime } from "./time.js";

/**
 * Frames of the server as the panels draw them: each field gets its configuration (defaults, then overrides), a
 * displayName and display(value) -> {text, prefix, suffix, color, numeric}.
 */
export function decorate(frames, fieldConfig, context) {
  const defaults = fieldConfig?.defaults || {};
  const overrides = fieldConfig?.overrides || [];
  let seriesIndex = 0;
  for (const frame of frames) {
    for (const field of frame.fields) {
      field.config = configOf(field, frame, frames, defaults, overrides);
      field.displayName = displayNameOf(field, frame, frames, context);
      field.seriesIndex = field.type === "number" ? seriesIndex++ : 0;
      field.display = displayer(field, context);
      field.color = seriesColor(field);
    }
  }
  return frames;
}

function configOf(field, frame, frames, defaults, overrides) {
  const config = { ...defaults, custom: { ...(defaults.custom || {}) } };
  for (const override of overrides) {
    if (!matches(override.matcher, field, frame, frames)) continue;
    for (const { id, value } of override.properties) {
      if (id.startsWith("custom.")) config.custom[id.slice(7)] = value;
      else config[id] = value;
    }
  }
  return config;
}

function matches(matcher, field, frame, frames) {
  const options = matcher.options;
  switch (matcher.id) {
    case "byName": return field.name === options || calculatedName(field, frame, frames) === options;
    case "byRegexp": return regexp(options).test(calculatedName(field, frame, frames));
    case "byType": return field.type === options;
    case "byFrameRefID": return frame.refId === options;
    default: throw new Error(`The matcher '${matcher.id}' is not supported`);
  }
}

export function regexp(text) {
  const match = /^\/(.*)\/([a-z]*)$/s.exec(text);
  return match ? new RegExp(match[1], match[2]) : new RegExp(text);
}

function displayNameOf(field, frame, frames, context) {
  const configured = field.config.displayName;
  if (!configured) return calculatedName(field, frame, frames);
  return configured
    .replace(/\$\{__field\.labels\.(\w+)\}/g, (all, label) => field.labels?.[label] ?? "")
    .replace(/\$\{__field\.name\}/g, field.name)
    .replace(/\$\{__field\.labels\}/g, labelText(field.labels || {}))
    .replace(/\$\{?(\w+)\}?/g, (all, name) => context?.variables?.textOf?.(name) ?? all);
}

/** Grafana's rule for a field without a configured name. */
function calculatedName(field, frame, frames) {
  if (field.type === "time" && !field.labels) return field.name;
  const parts = [];
  const framesDiffer = frames.some((other) => other.name !== frames[0].name);
  if (framesDiffer && frame.name) parts.push(frame.name);
  if (field.name && field.name !== "Value") parts.push(field.name);
  const labels = field.labels || {};
  const single = singleLabel(frames);
  if (single === null) {
    if (Object.keys(labels).length) parts.push(labelText(labels));
  } else if (single && labels[single]) {
    parts.push(labels[single]);
  }
  return parts.join(" ") || frame.name || field.name || "Value";
}

/** The only label name in all frames; null where there are several, undefined where there is none. */
function singleLabel(frames) {
  let found;
  for (const frame of frames) {
    for (const field of frame.fields) {
      for (const name of Object.keys(field.labels || {})) {
        if (found === undefined) found = name;
        else if (found !== name) return null;
      }
    }
  }
  return found;
}

function labelText(labels) {
  return `{${Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(", ")}}`;
}

function displayer(field, context) {
  const config = field.config;
  const format = unitFormatter(config.unit);
  if (!format) context?.notice?.(`The unit '${config.unit}' is not known: plain numbers are shown`);
  const decimals = config.decimals ?? undefined;
  return (value) => {
    const mapped = mapping(config.mappings, value);
    const numeric = typeof value === "number" ? value : Number.NaN;
    if (mapped && mapped.text !== undefined) {
      return { text: mapped.text, numeric, color: mapped.color ? color(mapped.color) : valueColor(field, value) };
    }
    const own = mapped?.color ? color(mapped.color) : valueColor(field, value);
    if (value === null || value === undefined) return { text: config.noValue ?? "–", numeric, color: own };
    if (field.type === "time" && !config.unit) {
      return { text: unitFormatter("dateTimeAsIso")(value, 0, context?.utc).text, numeric, color: own };
    }
    if (typeof value !== "number") return { text: String(value), numeric, color: own };
    const formatted = (format || unitFormatter("none"))(value, decimals, context?.utc);
    return { ...formatted, numeric, color: own };
  };
}

export function fullText(display) {
  return `${display.prefix || ""}${display.text}${display.suffix || ""}`;
}

function mapping(mappings, value) {
  for (const entry of mappings || []) {
    const found = mapped(entry, value);
    if (found) return found;
  }
  return null;
}

function mapped(entry, value) {
  const options = entry.options || {};
  switch (entry.type) {
    case "value": return options[String(value)];
    case "range":
      return typeof value === "number" && value >= (options.from ?? -Infinity) && value <= (options.to ?? Infinity)
        ? options.result : null;
    case "regex": {
      const pattern = regexp(options.pattern);
      if (typeof value !== "string" || !pattern.test(value)) return null;
      const text = options.result.text;
      return { ...options.result, text: text === undefined ? undefined : value.replace(pattern, text) };
    }
    case "special": {
      const isMatch = { null: value === null, empty: value === "", true: value === true, false: value === false,
        nan: Number.isNaN(value), "null+nan": value === null || Number.isNaN(value) }[options.match];
      return isMatch ? options.result : null;
    }
    default: throw new Error(`The value mapping '${entry.type}' is not supported`);
  }
}

/** The steps that hold for a value, in a field's own measure. */
export function thresholdColor(config, value) {
  const thresholds = config.thresholds || { mode: "absolute", steps: [{ color: "green", value: null }] };
  const measure = thresholds.mode === "percentage" ? shareOf(config, value) * 100 : value;
  let found = thresholds.steps[0]?.color;
  for (const step of thresholds.steps) if (step.value !== null && measure >= step.value) found = step.color;
  return color(found);
}

function shareOf(config, value) {
  const low = config.min ?? 0;
  const high = config.max ?? 100;
  return high === low ? 0 : (value - low) / (high - low);
}

function valueColor(field, value) {
  const mode = field.config.color?.mode;
  if (mode === "fixed") return color(field.config.color.fixedColor);
  if (mode && mode.startsWith("continuous-")) {
    return typeof value === "number" ? continuousColor(mode, shareOf(field.config, value)) : color("text");
  }
  if (mode === "thresholds" && typeof value === "number") return thresholdColor(field.config, value);
  if (mode && mode.startsWith("palette-")) return paletteColor(field.seriesIndex);
  return color("text");
}

function seriesColor(field) {
  const settings = field.config.color || {};
  if (settings.mode === "fixed" || settings.mode === "shades") return color(settings.fixedColor);
  if (settings.mode === "thresholds" || (settings.mode || "").startsWith("continuous-")) {
    const last = field.values[field.values.length - 1];
    return valueColor(field, typeof last === "number" ? last : 0);
  }
  return settings.mode === "palette-classic-by-name" ? paletteColor(hash(field.displayName)) : paletteColor(field.seriesIndex);
}

function hash(text) {
  let value = 7;
  for (const c of text) value = (value * 31 + c.codePointAt(0)) >>> 0;
  return value % 20;
}

export const timeField = (frame) => frame.fields.find((field) => field.type === "time");
export const numberFields = (frame) => frame.fields.filter((field) => field.type === "number" && !isHidden(field, "viz"));
export const isHidden = (field, where) => Boolean(field.config.custom?.hideFrom?.[where]);
export { axisTime };
