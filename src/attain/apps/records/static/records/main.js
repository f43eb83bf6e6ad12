// What pages of records do. Every part looks for its own elements, and again in what HTMX brings.
import { forgetDrafts } from "./drafts.js";
import { startDrawer } from "./drawer.js";
import { wireForm } from "./forms.js";
import { wirePicker } from "./pickers.js";
import { wireQuick } from "./quick.js";
import { wireTalk } from "./talk.js";

const PARTS = [
  ["[data-pick]", wirePicker],
  ["form[data-record-form]", wireForm],
  ["form[data-quick]", wireQuick],
  ["form[data-talk]", wireTalk],
];

function wire(root) {
  for (const [selector, start] of PARTS) {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.push(root);
    for (const element of found) {
      const name = `${start.name}Done`;
      if (element.dataset[name]) continue;
      element.dataset[name] = "1";
      start(element);
    }
  }
}

startDrawer();
forgetDrafts();
wire(document.body);
document.body.addEventListener("htmx:load", (event) => wire(event.detail.elt));
document.addEventListener("records:added", (event) => wire(event.target));
