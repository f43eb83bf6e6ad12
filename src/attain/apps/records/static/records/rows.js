// Rows of a table inside a record: add, remove, and the next free number.
const LIMIT = 500;

export function wireRows(table) {
  const body = table.querySelector("tbody");
  const blank = table.querySelector("template[data-row-blank]");
  const add = table.querySelector("[data-row-add]");

  const next = () => {
    const used = [...body.querySelectorAll("[data-row]")].map((row) => Number(row.dataset.row));
    return used.length ? Math.max(...used) + 1 : 0;
  };
  const append = (number = next()) => {
    const html = blank.innerHTML.replaceAll("__n__", String(number));
    const holder = document.createElement("tbody");
    holder.innerHTML = html;
    const row = holder.firstElementChild;
    body.append(row);
    row.dispatchEvent(new CustomEvent("records:added", { bubbles: true }));
    return row;
  };
  table.appendRow = append;

  add?.addEventListener("click", () => {
    if (body.querySelectorAll("[data-row]").length >= LIMIT) return;
    append().querySelector("input:not([type=hidden]), select, textarea")?.focus();
    table.dispatchEvent(new Event("input", { bubbles: true }));
  });
  table.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-remove]");
    if (!button) return;
    const row = button.closest("[data-row]");
    const follower = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (follower?.querySelector("input:not([type=hidden]), select") ?? add)?.focus();
    table.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // Enter in the last row begins another one instead of sending the form.
  table.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || !event.target.matches("input")) return;
    event.preventDefault();
    const row = event.target.closest("[data-row]");
    if (row === body.lastElementChild) add?.click();
    else row?.nextElementSibling?.querySelector("input:not([type=hidden])")?.focus();
  });
}
