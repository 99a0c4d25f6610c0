import { fullText } from "./fields.js";

/** Puts variables, the field, the row and the time range into titles and addresses. */
export function interpolate(text, context, scope = {}) {
  if (!text || !text.includes("$")) return text || "";
  return text.replace(/\$\{([^}]+)\}|\$(\w+)/g, (all, braced, plain) => {
    const [path, format] = (braced || plain).split(":");
    const value = lookup(path, context, scope);
    if (value === undefined) return all;
    if (path === "__url_time_range" || path === "__all_variables") return value;
    if (format === "queryparam") {
      return [value].flat().map((one) => `var-${path}=${encodeURIComponent(one)}`).join("&");
    }
    if (format === "raw" || !scope.encode) return [value].flat().join(" + ");
    return encodeURIComponent([value].flat().join(","));
  });
}

function lookup(path, context, scope) {
  if (path === "__url_time_range") return `from=${encodeURIComponent(context.range.from)}&to=${encodeURIComponent(context.range.to)}`;
  if (path === "__all_variables") return new URLSearchParams(context.variables.parameters()).toString();
  if (path === "__from") return String(context.range.from);
  if (path === "__to") return String(context.range.to);
  if (path.startsWith("__field.labels.")) return scope.field?.labels?.[path.slice(15)] ?? "";
  if (path === "__field.name" || path === "__series.name") return scope.field?.displayName;
  if (path === "__value.raw") return scope.value === null ? "" : scope.value;
  if (path === "__value.text") return scope.field ? fullText(scope.field.display(scope.value)) : undefined;
  if (path.startsWith("__data.fields")) return rowValue(path, scope);
  if (path === "__dashboard.uid") return context.dashboard?.uid;
  const entry = context.variables?.byName.get(path);
  return entry ? context.variables.textOf(path) : undefined;
}

/** ${__data.fields.Symbol} or ${__data.fields["Last price"]}, of the row that is linked. */
function rowValue(path, scope) {
  const name = path.slice("__data.fields".length).replace(/^\.|^\[["']?|["']?\]$/g, "");
  const field = scope.frame?.fields.find((candidate) => candidate.name === name || candidate.displayName === name);
  return field ? field.values[scope.row] ?? "" : "";
}

export function resolveLink(link, context, scope) {
  return {
    title: interpolate(link.title, context, scope) || link.url,
    url: safeUrl(interpolate(link.url, context, { ...scope, encode: true })),
    newTab: Boolean(link.targetBlank),
  };
}

/** Only addresses of the web and of this server; a script is no address. */
export function safeUrl(url) {
  return /^(https?:\/\/|\/(?!\/)|#|\?)/.test(url) ? url : "#";
}
