import { query } from "./api.js";
import { color } from "./colors.js";

/** The annotations of a dashboard that are switched on: {time, text, color}, oldest first. */
export class Annotations {
  constructor(dashboard, context) {
    this.context = context;
    this.list = (dashboard.annotations?.list || []).filter((entry) => !entry.builtIn)
      .map((definition) => ({ definition, isOn: definition.enable !== false }));
    this.marks = [];
    this.error = null;
  }

  async load(range) {
    const found = [];
    this.error = null;
    for (const { definition, isOn } of this.list) {
      if (!isOn) continue;
      try {
        const { frames, errors } = await query({
          dashboardUid: this.context.dashboard.uid, annotation: definition.name, from: range.from, to: range.to,
          variables: this.context.variables.values(),
        }, `annotation-${definition.name}`);
        if (errors.length) this.error = errors[0].message;
        found.push(...frames.flatMap((frame) => marksOf(frame, definition)));
      } catch (error) {
        this.error = error.message;
      }
    }
    this.marks = found.sort((a, b) => a.time - b.time);
  }
}

function marksOf(frame, definition) {
  const byName = (name) => frame.fields.find((field) => field.name === (definition.mappings?.[name]?.value || name));
  const time = byName("time") || frame.fields.find((field) => field.type === "time");
  const text = byName("text") || frame.fields.find((field) => field.type === "string");
  const title = byName("title");
  if (!time) return [];
  return time.values.map((at, row) => ({
    time: at,
    color: color(definition.iconColor || "blue"),
    text: [title?.values[row], text?.values[row]].filter(Boolean).join(": "),
  }));
}
