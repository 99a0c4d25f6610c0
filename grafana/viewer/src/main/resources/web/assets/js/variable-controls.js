import { h, icon } from "./dom.js";
import { Menu } from "./menu.js";
import { ALL } from "./variables.js";

const MAX_SHOWN = 200;

/** The control of a variable: a list to pick from with a filter, or a field to write in. */
export function variableControl(entry, choose) {
  const control = entry.type === "textbox" ? textControl(entry, choose) : listControl(entry, choose);
  return h("div", { class: `variable${entry.error ? " broken" : ""}`, title: entry.error || entry.definition.description || "" },
    h("span", { class: "variable-label" }, entry.label), control);
}

function textControl(entry, choose) {
  return h("input", { class: "variable-value", type: "text", value: entry.value || "", "aria-label": entry.label, onchange: (event) => choose(event.target.value) });
}

function listControl(entry, choose) {
  const chosen = [entry.value ?? []].flat();
  const text = chosen.map((value) => (value === ALL ? "All" : entry.options.find((option) => option.value === value)?.text ?? value)).join(", ");
  const button = h("button", { class: "variable-value", type: "button", "aria-haspopup": "listbox", "data-variable": entry.name,
    onclick: () => Menu.open(button, optionList(entry, chosen, choose), entry.label) },
  h("span", {}, text || "none"), icon("chevron"));
  return button;
}

function optionList(entry, chosen, choose) {
  const isMulti = Boolean(entry.definition.multi);
  const picked = new Set(chosen);
  const list = h("div", { class: "options", role: "listbox", "aria-multiselectable": String(isMulti) });
  const all = entry.definition.includeAll ? [{ text: "All", value: ALL }, ...entry.options] : entry.options;
  const pick = (value) => {
    if (!isMulti) {
      Menu.close();
      return choose(value);
    }
    if (value === ALL) picked.clear();
    else picked.delete(ALL);
    picked.has(value) ? picked.delete(value) : picked.add(value);
    if (!picked.size) picked.add(entry.definition.includeAll ? ALL : value);
    draw(filter.value);
    return choose([...picked]);
  };
  const draw = (text) => {
    const wanted = all.filter((option) => option.text.toLowerCase().includes(text.toLowerCase()));
    list.replaceChildren(...wanted.slice(0, MAX_SHOWN).map((option) => h("button", {
      type: "button", role: "option", "aria-selected": String(picked.has(option.value)), class: picked.has(option.value) ? "chosen" : "",
      onclick: () => pick(option.value),
    }, isMulti ? h("i", { class: "box" }) : "", option.text)),
    wanted.length > MAX_SHOWN ? h("p", { class: "quiet" }, `${wanted.length - MAX_SHOWN} more: write to filter`) : "",
    wanted.length ? "" : h("p", { class: "quiet" }, entry.error || "Nothing to choose"));
  };
  const filter = h("input", {
    type: "search", placeholder: "Filter", "aria-label": `Filter ${entry.label}`, oninput: (event) => draw(event.target.value),
    onkeydown: (event) => {
      if (event.key === "Enter") list.querySelector("button")?.click();
      if (event.key === "ArrowDown") list.querySelector("button")?.focus();
    },
  });
  list.addEventListener("keydown", (event) => {
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!next) return;
    event.preventDefault();
    document.activeElement[next]?.focus();
  });
  draw("");
  return h("div", { class: "picker-list" }, filter, list);
}
