import { h } from "./dom.js";
import { safeUrl } from "./links.js";

/** Headings, lists, tables, code, emphasis and links as elements: text never becomes markup. */
export function markdown(text) {
  const blocks = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; ) {
    const line = lines[i];
    if (!line.trim()) i++;
    else if (/^#{1,4} /.test(line)) blocks.push(heading(lines[i++]));
    else if (line.startsWith("```")) i = codeBlock(lines, i, blocks);
    else if (/^[-*] /.test(line)) i = list(lines, i, blocks, "ul", /^[-*] /);
    else if (/^\d+\. /.test(line)) i = list(lines, i, blocks, "ol", /^\d+\. /);
    else if (line.startsWith("|")) i = table(lines, i, blocks);
    else i = paragraph(lines, i, blocks);
  }
  return blocks;
}

function heading(line) {
  const level = line.indexOf(" ");
  return h(`h${Math.min(6, level + 1)}`, {}, inline(line.slice(level + 1)));
}

function codeBlock(lines, start, blocks) {
  let end = start + 1;
  while (end < lines.length && !lines[end].startsWith("```")) end++;
  blocks.push(h("pre", {}, lines.slice(start + 1, end).join("\n")));
  return end + 1;
}

function list(lines, start, blocks, tag, marker) {
  let end = start;
  const items = [];
  while (end < lines.length && marker.test(lines[end])) items.push(h("li", {}, inline(lines[end++].replace(marker, ""))));
  blocks.push(h(tag, {}, items));
  return end;
}

function table(lines, start, blocks) {
  let end = start;
  const rows = [];
  while (end < lines.length && lines[end].startsWith("|")) {
    const cells = lines[end++].split("|").slice(1, -1).map((cell) => cell.trim());
    if (!cells.every((cell) => /^:?-+:?$/.test(cell))) rows.push(cells);
  }
  const [head, ...body] = rows;
  blocks.push(h("table", {},
    h("thead", {}, h("tr", {}, head.map((cell) => h("th", {}, inline(cell))))),
    h("tbody", {}, body.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, inline(cell))))))));
  return end;
}

function paragraph(lines, start, blocks) {
  let end = start;
  while (end < lines.length && lines[end].trim() && !/^(#{1,4} |[-*] |```|\||\d+\. )/.test(lines[end])) end++;
  end = Math.max(end, start + 1);
  blocks.push(h("p", {}, inline(lines.slice(start, end).join(" "))));
  return end;
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)/;

function inline(text) {
  const match = INLINE.exec(text);
  if (!match) return [text];
  const [all, code, strong, emphasis, label, url] = match;
  const element = code ? h("code", {}, code) : strong ? h("strong", {}, inline(strong))
    : emphasis ? h("em", {}, inline(emphasis)) : h("a", { href: safeUrl(url) }, inline(label));
  return [text.slice(0, match.index), element, ...inline(text.slice(match.index + all.length))];
}
