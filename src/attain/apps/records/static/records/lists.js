// Lists of records: rows that are chosen, charts and kept questions that follow the list.
const picks = () => [...document.querySelectorAll("[data-choose]")];

function count() {
  const chosen = picks().filter((each) => each.checked).length;
  for (const place of document.querySelectorAll("[data-chosen]")) place.textContent = chosen;
  const all = document.querySelector("[data-choose-all]");
  if (!all) return;
  all.checked = chosen > 0 && chosen === picks().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-all]")) {
    for (const each of picks()) each.checked = event.target.checked;
  }
  if (event.target.matches("[data-choose-all], [data-choose]")) count();
});

// The list was asked something else: charts, Excel and what would be kept ask the same.
document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.target.matches?.("[data-table]") && !document.querySelector("[data-table]")?.contains(event.target)) return;
  count();
  const question = location.search || "?";
  for (const field of document.querySelectorAll("[data-question]")) field.value = question;
  const excel = document.querySelector("[data-excel]");
  if (excel) excel.search = `${question}${question.length > 1 ? "&" : ""}export=xlsx`;
  const charts = document.querySelector("[data-charts]");
  if (charts && charts.dataset.asked !== question) {
    charts.dataset.asked = question;
    window.htmx.ajax("GET", charts.dataset.charts + question, { target: charts, swap: "innerHTML" });
  }
});

count();
