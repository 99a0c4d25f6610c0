import { h } from "./dom.js";

/** One floating panel at a time, below the element that opened it; Escape or a click elsewhere closes it. */
export const Menu = {
  open(anchor, content, label) {
    const wasOpen = this.anchor === anchor;
    this.close();
    if (wasOpen) return;
    this.anchor = anchor;
    this.root = h("div", { class: "menu", role: "dialog", "aria-label": label }, content);
    document.body.append(this.root);
    const box = anchor.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, innerWidth - this.root.offsetWidth - 8));
    Object.assign(this.root.style, { left: `${left}px`, top: `${box.bottom + 6}px` });
    this.root.querySelector("input,button,a")?.focus();
    this.listener = (event) => {
      if (!this.root?.contains(event.target) && !anchor.contains(event.target)) this.close();
    };
    document.addEventListener("pointerdown", this.listener);
  },

  close() {
    if (!this.root) return false;
    document.removeEventListener("pointerdown", this.listener);
    this.root.remove();
    this.root = null;
    this.anchor = null;
    return true;
  },
};
