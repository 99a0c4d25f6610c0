import { h, icon } from "./dom.js";

/** Places panels by their gridPos; what lies under a folded row is left out and all below moves up. */
export function arrange(grid, panels, views, folded, toggle) {
  const viewOf = new Map(views.map((view) => [view.panel, view]));
  const children = [];
  for (const { row, members } of sections(panels)) {
    if (row) {
      const header = rowHeader(row, folded.has(row.id), toggle);
      place(header, row.gridPos, lift(panels, row, folded));
      children.push(header);
    }
    if (row && folded.has(row.id)) continue;
    for (const panel of members) {
      const view = viewOf.get(panel);
      if (!view) continue;
      place(view.root, panel.gridPos, lift(panels, panel, folded));
      children.push(view.root);
    }
  }
  grid.replaceChildren(...children);
}

function sections(panels) {
  const found = [{ row: null, members: [] }];
  for (const panel of [...panels].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x)) {
    if (panel.type === "row") found.push({ row: panel, members: [...(panel.panels || [])] });
    else found[found.length - 1].members.push(panel);
  }
  return found;
}

/** How many rows of the grid the folded sections above a panel take. */
function lift(panels, panel, folded) {
  let height = 0;
  for (const { row, members } of sections(panels)) {
    if (!row || !folded.has(row.id) || row.gridPos.y >= panel.gridPos.y || row.collapsed) continue;
    height += Math.max(0, ...members.map((member) => member.gridPos.y + member.gridPos.h - row.gridPos.y - 1));
  }
  return height;
}

function rowHeader(row, isFolded, toggle) {
  return h("button", { class: `row-head${isFolded ? " folded" : ""}`, type: "button", "data-row": row.id, "aria-expanded": String(!isFolded), onclick: () => toggle(row) },
    icon("chevron"), h("span", {}, row.title));
}

function place(element, { x, y, w, h: height }, up) {
  element.style.gridColumn = `${x + 1} / span ${w}`;
  element.style.gridRow = `${y - up + 1} / span ${height}`;
  element.style.setProperty("--rows", height);
  element.classList.toggle("narrow", w <= 8);
}
