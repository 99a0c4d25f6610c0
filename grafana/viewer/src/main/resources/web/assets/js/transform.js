import { reduceValues, reducerLabel } from "./reduce.js";
import { regexp } from "./fields.js";

/** Grafana's transformations, those that our dashboards use. Each takes frames and gives frames. */
const TRANSFORMATIONS = {
  organize: (frames, options) => frames.map((frame) => organize(frame, options)),
  joinByField: (frames, options) => (frames.length < 2 ? frames : [join(frames, options)]),
  timeSeriesTable: (frames, options) => seriesToTable(frames, options),
  sortBy: (frames, options) => frames.map((frame) => sortBy(frame, options)),
  limit: (frames, options) => frames.map((frame) => slice(frame, Number(options.limitField ?? 10))),
  merge: (frames) => (frames.length < 2 ? frames : [merge(frames)]),
  filterFieldsByName: (frames, options) => frames.map((frame) => filterFields(frame, options)),
  renameByRegex: (frames, options) => frames.map((frame) => rename(frame, options)),
  reduce: (frames, options) => [reduceFrames(frames, options)],
};

export function transform(frames, transformations) {
  let result = frames;
  for (const { id, options, disabled } of transformations || []) {
    if (disabled) continue;
    const known = TRANSFORMATIONS[id];
    if (!known) throw new Error(`The viewer cannot draw the transformation '${id}'`);
    result = known(result, options || {});
  }
  return result;
}

const copyOf = (frame, fields) => ({ ...frame, fields });

function organize(frame, { excludeByName = {}, indexByName = {}, renameByName = {} }) {
  const fields = frame.fields
    .filter((field) => !excludeByName[field.name])
    .map((field) => ({ ...field, name: renameByName[field.name] || field.name, order: indexByName[field.name] ?? 1000 }))
    .sort((left, right) => left.order - right.order);
  return copyOf(frame, fields);
}

function join(frames, { byField, mode }) {
  const keys = new Map();
  const tables = frames.map((frame) => ({
    frame,
    key: frame.fields.find((field) => (byField ? field.name === byField : field.type === "time")),
  })).filter((table) => table.key);
  tables.forEach(({ key }) => key.values.forEach((value) => keys.set(value, keys.size)));
  let wanted = [...keys.keys()];
  if (mode === "inner") wanted = wanted.filter((value) => tables.every(({ key }) => key.values.includes(value)));
  if (tables[0]?.key.type === "time") wanted.sort((left, right) => left - right);
  const fields = [{ ...tables[0].key, values: wanted }];
  for (const { frame, key } of tables) {
    const rowOf = new Map(key.values.map((value, row) => [value, row]));
    for (const field of frame.fields) {
      if (field === key) continue;
      fields.push({ ...field, values: wanted.map((value) => field.values[rowOf.get(value)] ?? null) });
    }
  }
  return { ...frames[0], fields };
}

function seriesToTable(frames, options) {
  const tables = [];
  const byRef = new Map();
  for (const frame of frames) {
    const time = frame.fields.find((field) => field.type === "time");
    const isSeries = time && frame.fields.some((field) => field.type === "number" && field.labels);
    if (!isSeries) {
      tables.push(frame);
      continue;
    }
    if (!byRef.has(frame.refId)) byRef.set(frame.refId, { labels: new Map(), trends: [] });
    const group = byRef.get(frame.refId);
    for (const field of frame.fields.filter((candidate) => candidate.type === "number")) {
      const stat = options[frame.refId]?.stat || "lastNotNull";
      group.trends.push({ times: time.values, values: field.values, value: reduceValues(field.values, stat) });
      for (const [name, value] of Object.entries(field.labels || {})) {
        if (!group.labels.has(name)) group.labels.set(name, []);
        group.labels.get(name).push(value);
      }
    }
  }
  for (const [refId, { labels, trends }] of byRef) {
    const fields = [...labels].map(([name, values]) => ({ name, type: "string", values }));
    tables.push({ name: "", refId, fields: [...fields, { name: `Trend #${refId}`, type: "frame", values: trends }] });
  }
  return tables;
}

function sortBy(frame, { sort = [] }) {
  const [first] = sort;
  const field = frame.fields.find((candidate) => candidate.name === first?.field);
  if (!field) return frame;
  const direction = first.desc ? -1 : 1;
  const order = field.values.map((value, row) => row).sort((a, b) => direction * compare(field.values[a], field.values[b]));
  return copyOf(frame, frame.fields.map((other) => ({ ...other, values: order.map((row) => other.values[row]) })));
}

export function compare(left, right) {
  const a = left !== null && typeof left === "object" ? left.value : left;
  const b = right !== null && typeof right === "object" ? right.value : right;
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  return typeof a === "string" ? a.localeCompare(b) : a - b;
}

function slice(frame, count) {
  return copyOf(frame, frame.fields.map((field) => ({ ...field, values: field.values.slice(0, count) })));
}

function merge(frames) {
  const names = [...new Set(frames.flatMap((frame) => frame.fields.map((field) => field.name)))];
  const fields = names.map((name) => {
    const model = frames.flatMap((frame) => frame.fields).find((field) => field.name === name);
    const values = frames.flatMap((frame) => {
      const own = frame.fields.find((field) => field.name === name);
      const rows = frame.fields[0]?.values.length ?? 0;
      return own ? own.values : new Array(rows).fill(null);
    });
    return { ...model, values };
  });
  return { ...frames[0], fields };
}

function filterFields(frame, { include = {}, exclude = {} }) {
  const keeps = (field, { names, pattern }) => names?.includes(field.name) || (pattern && regexp(pattern).test(field.name));
  return copyOf(frame, frame.fields.filter((field) =>
    (include.names || include.pattern ? keeps(field, include) : true) && !keeps(field, exclude)));
}

function rename(frame, { regex, renamePattern }) {
  const pattern = regexp(regex);
  return copyOf(frame, frame.fields.map((field) => ({ ...field, name: field.name.replace(pattern, renamePattern) })));
}

function reduceFrames(frames, { reducers = ["lastNotNull"] }) {
  const rows = frames.flatMap((frame) => frame.fields.filter((field) => field.type === "number"));
  const fields = [{ name: "Field", type: "string", values: rows.map((field) => field.name) }];
  for (const reducer of reducers) {
    fields.push({ name: reducerLabel(reducer), type: "number", values: rows.map((field) => reduceValues(field.values, reducer)) });
  }
  return { name: "", refId: frames[0]?.refId, fields };
}
