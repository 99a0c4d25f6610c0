import { h } from "./dom.js";

/** The list of all dashboards by folder, with a filter; and what is wrong with the files. */
export function dashboardList({ dashboards, problems }) {
  const list = h("div", { class: "browse-list" });
  const draw = (text) => {
    const wanted = dashboards.filter((one) => `${one.title} ${one.folder} ${one.tags.join(" ")}`.toLowerCase().includes(text.toLowerCase()));
    const folders = [...new Set(wanted.map((one) => one.folder))];
    list.replaceChildren(...folders.map((folder) => h("section", {},
      h("h2", {}, folder || "General"),
      wanted.filter((one) => one.folder === folder).map((one) => h("a", { href: `/d/${one.uid}` },
        h("b", {}, one.title), h("span", {}, one.description))))));
  };
  draw("");
  const filter = h("input", { type: "search", placeholder: "Filter dashboards", "aria-label": "Filter dashboards", oninput: (event) => draw(event.target.value),
    onkeydown: (event) => { if (event.key === "Enter") list.querySelector("a")?.click(); } });
  return h("div", { class: "browse" }, filter,
    problems.map((problem) => h("p", { class: "problem" }, problem)), list);
}
