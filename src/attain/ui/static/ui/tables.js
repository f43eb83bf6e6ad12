// Lists: sort, filter and turn pages in place, under an address that can be passed on.
import { announce } from "./dialogs.js";

export function startTables() {
  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target.closest("[data-table-link]");
    if (!link) return;
    event.preventDefault();
    load(link.closest("[data-table]"), link.href);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const table = form.closest("[data-table]");
    if (!table || form.method === "dialog") return;
    if (form.matches("[data-table-form], [data-filter-form]")) {
      event.preventDefault();
      load(table, addressOf(form));
    } else if (form.matches("[data-columns-form]")) {
      event.preventDefault();
      keepColumns(table, form);
    }
  }, true);
  document.addEventListener("keydown", moveThroughRows);
  window.addEventListener("popstate", (event) => {
    const table = event.state?.table && document.getElementById(event.state.table);
    if (table) load(table, location.href, { push: false });
  });
}

export function wireTables(root) {
  const forms = [...root.querySelectorAll("[data-filter-form]")];
  for (const form of forms) wireFilter(form);
}

async function load(table, url, { push = true, focus = "" } = {}) {
  const id = table.id;
  const before = document.activeElement;
  const held = before && table.contains(before) ? describe(before) : focus;
  if (push) {
    if (!history.state?.table) history.replaceState({ ...history.state, table: id }, "");
    history.pushState({ table: id }, "", url);
  }
  table.setAttribute("aria-busy", "true");
  await window.htmx.ajax("GET", url, { target: `#${id}`, swap: "outerHTML", source: table })
    .catch(() => undefined);
  const fresh = document.getElementById(id);
  fresh?.removeAttribute("aria-busy");
  if (fresh) announce(fresh.querySelector(".at-table-foot span, .at-empty-title")?.textContent ?? "");
  if (held) fresh?.querySelector(held)?.focus({ preventScroll: true });
}

/** Where the focus was, so that it is there again when the list has changed. */
function describe(element) {
  if (element.matches("[name=q]")) return "[name=q]";
  if (element.matches("[rel=next], [rel=prev]")) return ".at-pager a";
  const head = element.closest("th");
  return head ? `thead th:nth-child(${head.cellIndex + 1}) a` : ".at-table-scroll";
}

function addressOf(form) {
  const data = new FormData(form);
  const pairs = new URLSearchParams();
  for (const [name, value] of data) if (value !== "") pairs.set(name, value);
  return `${form.getAttribute("action")}?${pairs}`;
}

async function keepColumns(table, form) {
  const response = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
    .catch(() => null);
  if (response?.ok) load(table, form.elements.next.value, { push: false, focus: ".at-table-tools button" });
}

/** The filter menu: a column, a condition that fits it, and a value in its own kind of field. */
function wireFilter(form) {
  if (form.dataset.wired) return;
  form.dataset.wired = "1";
  const offered = JSON.parse(form.querySelector("[data-filter-columns]").content.textContent);
  const column = form.querySelector("[data-filter-column]");
  const operator = form.querySelector("[data-filter-operator]");
  const place = form.querySelector("[data-filter-value]");
  fill(column, offered.columns.map((each) => [each.name, each.label]));
  const current = () => offered.columns.find((each) => each.name === column.value);
  const showValue = () => {
    const input = valueInput(current(), operator.value, offered);
    input.id = place.closest(".at-field").querySelector("label").htmlFor;
    input.className = "at-input";
    input.name = `${column.value}.${operator.value}`;
    input.required = true;
    place.replaceChildren(input);
  };
  const showOperators = () => {
    fill(operator, current()?.operators ?? []);
    showValue();
  };
  column.addEventListener("change", showOperators);
  operator.addEventListener("change", showValue);
  showOperators();
  form.addEventListener("submit", () => form.closest("[popover]")?.hidePopover(), true);
}

function valueInput(column, operator, offered) {
  if (operator === "is") return choices(offered.missing);
  if (column?.type === "boolean") return choices(offered.answers);
  if (column?.choices.length) return choices(column.choices);
  const input = document.createElement("input");
  input.type = column?.type === "date" ? "date" : column?.type === "datetime" ? "datetime-local" : "text";
  if (["number", "money", "ratio", "points", "attainment"].includes(column?.type)) input.inputMode = "decimal";
  if (["ratio", "attainment"].includes(column?.type)) input.placeholder = "100%";
  return input;
}

function choices(pairs) {
  const select = document.createElement("select");
  fill(select, pairs);
  return select;
}

function fill(select, pairs) {
  select.replaceChildren(...pairs.map(([value, label]) => new Option(label, value)));
}

/** Arrows go from row to row, Enter opens the row's first link or number. */
function moveThroughRows(event) {
  if (!["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
  const region = event.target.closest?.(".at-table-scroll");
  if (!region || event.target.matches("a, button, input, select")) return;
  const rows = [...region.querySelectorAll("tbody tr")];
  const here = rows.indexOf(event.target.closest("tr"));
  if (event.key === "Enter") {
    rows[here]?.querySelector("a, button")?.click();
    return;
  }
  const next = rows[event.key === "ArrowDown" ? here + 1 : here - 1];
  if (!next) return;
  event.preventDefault();
  next.tabIndex = -1;
  next.focus();
}
