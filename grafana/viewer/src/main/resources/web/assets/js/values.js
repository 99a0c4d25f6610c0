import { reduceValues } from "./reduce.js";
import { regexp, timeField } from "./fields.js";

/** What stat, gauge, bar gauge and pie show: one entry a field, or one a row with options.values. */
export function reducedValues(frames, options = {}) {
  const settings = options.reduceOptions || { calcs: ["lastNotNull"] };
  const wanted = (field) => (settings.fields
    ? regexp(settings.fields).test(field.displayName) || field.name === settings.fields : field.type === "number");
  const entries = [];
  for (const frame of frames) {
    const fields = frame.fields.filter((field) => field.type !== "frame" && wanted(field));
    if (settings.values) entries.push(...rowEntries(frame, fields, settings.limit ?? 25));
    else for (const field of fields) entries.push(fieldEntry(frame, field, settings));
  }
  return entries;
}

function fieldEntry(frame, field, settings) {
  const value = reduceValues(field.values, settings.calcs?.[0] || "lastNotNull");
  return {
    name: field.displayName, value, display: field.display(value), field, frame, row: frame.fields[0].values.length - 1,
    trend: timeField(frame) && field.type === "number" ? field.values : null,
  };
}

/** Each row is a value, named by the row's text. */
function rowEntries(frame, fields, limit) {
  const label = frame.fields.find((field) => field.type === "string");
  const entries = [];
  for (const field of fields) {
    for (let row = 0; row < Math.min(limit, field.values.length); row++) {
      const value = field.values[row];
      const display = field.display(value);
      entries.push({ name: label ? String(label.values[row]) : field.displayName, value, display, field, frame, row, trend: null });
    }
  }
  return entries;
}
