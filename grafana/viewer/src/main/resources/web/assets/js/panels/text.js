import { h } from "../dom.js";
import { interpolate } from "../links.js";
import { markdown } from "../markdown.js";

/** Notes in Markdown. HTML is shown as the text it is. */
export class TextPanel {
  constructor(host, context) {
    this.context = context;
    this.host = h("div", { class: "text" });
    host.replaceChildren(this.host);
  }

  draw(frames, panel) {
    const { mode = "markdown", content = "" } = panel.options || {};
    const text = interpolate(content, this.context);
    if (text === this.text) return;
    this.text = text;
    if (mode === "html") this.context.notice("HTML is shown as plain text");
    this.host.replaceChildren(...(mode === "markdown" ? markdown(text) : [h("pre", {}, text)]));
  }

  resize() {}

  dispose() {}
}
