/** Grafana's reducers over a column; null where there is nothing to reduce. */
const numbers = (values) => values.filter((value) => typeof value === "number");
const sum = (values) => values.reduce((total, value) => total + value, 0);
const present = (values) => values.filter((value) => value !== null && value !== undefined);

const REDUCERS = {
  lastNotNull: (values) => {
    for (let i = values.length - 1; i >= 0; i--) if (values[i] !== null && values[i] !== undefined) return values[i];
    return null;
  },
  last: (values) => values[values.length - 1] ?? null,
  firstNotNull: (values) => present(values)[0] ?? null,
  first: (values) => values[0] ?? null,
  min: (values) => least(numbers(values), Math.min),
  max: (values) => least(numbers(values), Math.max),
  mean: (values) => average(numbers(values)),
  sum: (values) => (numbers(values).length ? sum(numbers(values)) : null),
  count: (values) => values.length,
  range: (values) => difference(least(numbers(values), Math.max), least(numbers(values), Math.min)),
  diff: (values) => difference(REDUCERS.lastNotNull(values), REDUCERS.firstNotNull(values)),
  diffperc: (values) => {
    const first = REDUCERS.firstNotNull(values);
    const last = REDUCERS.lastNotNull(values);
    return first ? (last - first) / first : null;
  },
  delta: (values) => {
    const clean = numbers(values);
    return clean.length < 2 ? null : clean.slice(1).reduce((total, value, i) => total + Math.max(0, value - clean[i]), 0);
  },
};

const LABELS = {
  lastNotNull: "Last", last: "Last", firstNotNull: "First", first: "First", min: "Min", max: "Max", mean: "Mean",
  sum: "Total", count: "Count", range: "Range", diff: "Difference", diffperc: "Change", delta: "Delta",
};

function least(values, choose) {
  return values.length ? values.reduce((a, b) => choose(a, b)) : null;
}

function average(values) {
  return values.length ? sum(values) / values.length : null;
}

function difference(left, right) {
  return left === null || right === null ? null : left - right;
}

export function reduceValues(values, reducer) {
  const known = REDUCERS[reducer];
  if (!known) throw new Error(`The calculation '${reducer}' is not supported`);
  return known(values);
}

export const reducerLabel = (reducer) => LABELS[reducer] || reducer;
export const isReducer = (reducer) => reducer in REDUCERS;
