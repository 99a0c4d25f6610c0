import { query } from "./api.js";
import { compare } from "./transform.js";
import { regexp } from "./fields.js";

export const ALL = "$__all";

/** The variables of a dashboard: their options, what is chosen, and how that reads in texts and links. */
export class Variables {
  constructor(dashboard, parameters) {
    this.uid = dashboard.uid;
    this.list = (dashboard.templating?.list || []).map((definition) => variable(definition, parameters));
    this.byName = new Map(this.list.map((entry) => [entry.name, entry]));
  }

  /** Fills the options of all, in order, since one may depend on those before it. Gives what went wrong. */
  async load(range, when = () => true) {
    const problems = [];
    for (const entry of this.list) {
      if (entry.type !== "query" || !when(entry)) continue;
      try {
        await this.loadQuery(entry, range);
        entry.error = null;
      } catch (error) {
        entry.error = error.message;
        problems.push(`${entry.label}: ${error.message}`);
      }
      settle(entry);
    }
    return problems;
  }

  async loadQuery(entry, range) {
    const request = { dashboardUid: this.uid, variable: entry.name, from: range.from, to: range.to, variables: this.values() };
    const { frames, errors } = await query(request, `variable-${entry.name}`);
    if (errors.length) throw new Error(errors[0].message);
    const options = frames.flatMap(optionsOf);
    const pattern = entry.definition.regex ? regexp(entry.definition.regex) : null;
    const kept = pattern ? options.filter((option) => pattern.test(option.value)) : options;
    entry.options = sorted(unique(kept), entry.definition.sort);
  }

  choose(name, value) {
    const entry = this.byName.get(name);
    entry.value = entry.definition.multi && !Array.isArray(value) ? [value] : value;
  }

  /** Those that mention `name` in their query. */
  dependants(name) {
    const mention = new RegExp(`\\$\\{?${name}\\b`);
    return this.list.filter((entry) => entry.type === "query" && mention.test(JSON.stringify(entry.definition.query)));
  }

  /** As the server wants them: a list of values, or $__all where the file says what All is. */
  values() {
    const values = {};
    for (const entry of this.list) if (entry.value !== undefined) values[entry.name] = this.valuesOf(entry);
    return values;
  }

  valuesOf(entry) {
    const chosen = [entry.value].flat();
    if (!chosen.includes(ALL)) return chosen;
    return entry.definition.allValue ? [ALL] : entry.options.map((option) => option.value);
  }

  textOf(name) {
    const entry = this.byName.get(name);
    if (!entry || entry.value === undefined) return undefined;
    return [entry.value].flat().map((value) => textOfValue(entry, value)).join(" + ");
  }

  /** For addresses: var-<name>=<value>. */
  parameters() {
    return this.list.flatMap((entry) => [entry.value ?? []].flat().map((value) => [`var-${entry.name}`, value]));
  }
}

function variable(definition, parameters) {
  const asked = parameters.getAll(`var-${definition.name}`);
  const entry = {
    definition,
    name: definition.name,
    type: definition.type,
    label: definition.label || definition.name,
    hidden: definition.hide === 2 || definition.type === "constant",
    options: [],
    value: undefined,
  };
  if (definition.type === "custom" || definition.type === "interval") entry.options = written(definition.query);
  const preset = [definition.current?.value ?? []].flat();
  const chosen = asked.length ? asked.map((value) => (value === "All" ? ALL : value)) : preset;
  if (chosen.length && chosen[0] !== "") entry.value = definition.multi ? chosen : chosen[0];
  if (definition.type === "textbox" || definition.type === "constant") entry.value ??= definition.query;
  if (entry.type !== "query") settle(entry);
  return entry;
}

/** `a,b` or `Text : a,Other : b`. */
function written(query) {
  return query.split(/(?<!\\),/).map((part) => {
    const [text, value] = part.trim().split(" : ");
    return { text: text.trim(), value: (value ?? text).trim() };
  });
}

function optionsOf(frame) {
  const texts = frame.fields.find((field) => field.name === "__text") || frame.fields.find((field) => field.type === "string")
    || frame.fields[0];
  const values = frame.fields.find((field) => field.name === "__value") || texts;
  return texts ? texts.values.map((text, row) => ({ text: String(text), value: String(values.values[row]) })) : [];
}

function unique(options) {
  return [...new Map(options.map((option) => [option.value, option])).values()];
}

function sorted(options, order) {
  if (!order) return options;
  const direction = order % 2 === 0 ? -1 : 1;
  const numeric = order === 3 || order === 4;
  return [...options].sort((a, b) => direction * (numeric ? Number(a.value) - Number(b.value) : compare(a.text, b.text)));
}

/** A choice that is no option any more gives way to the first; what was asked for stays while nothing is known. */
function settle(entry) {
  if (!entry.options.length || entry.type === "textbox") return;
  const known = new Set(entry.options.map((option) => option.value));
  const chosen = [entry.value ?? []].flat().filter((value) => known.has(value) || (value === ALL && entry.definition.includeAll));
  const fallback = entry.definition.includeAll ? ALL : entry.options[0].value;
  const kept = chosen.length ? chosen : [fallback];
  entry.value = entry.definition.multi ? kept : kept[0];
}

function textOfValue(entry, value) {
  if (value === ALL) return "All";
  return entry.options.find((option) => option.value === value)?.text ?? value;
}
