// What pages do. Every part looks for its own elements, and again in what HTMX brings later.
import { startDialogs } from "./dialogs.js";
import { startForms } from "./forms.js";
import { startMenus } from "./menus.js";
import { startPalette } from "./palette.js";
import { startPanels } from "./panels.js";
import { startRefusals } from "./refusals.js";
import { startTables, wireTables } from "./tables.js";
import { startTheme } from "./theme.js";
import { startToasts } from "./toasts.js";

/** Parts that few pages need are loaded where they are found. */
const LATE = [
  ["[data-chart]", () => import("./charts.js")],
  ["[data-editor]", () => import("./editor.js")],
  ["[data-drop]", () => import("./drop.js")],
];

function wire(root) {
  wireTables(root);
  for (const [selector, load] of LATE) {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.push(root);
    if (found.length) load().then((part) => found.forEach((element) => part.wire(element)));
  }
}

startMenus();
startDialogs();
startForms();
startPanels();
startPalette();
startRefusals();
startTables();
startTheme();
startToasts();
wire(document.body);
document.body.addEventListener("htmx:load", (event) => wire(event.detail.elt));
