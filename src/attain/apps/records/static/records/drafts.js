// What was typed and not saved stays in this tab: after a reload, a lost connection, a new log-in.
// Confidential fields are never kept.
const PREFIX = "attain-draft:";
const KEPT_MS = 7 * 24 * 3600 * 1000;

const named = (form) => [...form.elements].filter((each) => each.name
  && !["file", "submit", "button", "password"].includes(each.type)
  && !["csrfmiddlewaretoken", "version", "token", "seen"].includes(each.name)
  && !each.closest("[data-secret]"));

function valuesOf(form) {
  const found = {};
  for (const each of named(form)) {
    if (["checkbox", "radio"].includes(each.type) && !each.checked) continue;
    (found[each.name] ??= []).push(each.value);
  }
  return found;
}

export function keepDraft(form) {
  const name = PREFIX + form.dataset.draft;
  const start = JSON.stringify(valuesOf(form));
  let isSent = false;

  // What the server gave back with its mistakes is newer than what is kept here.
  if (form.dataset.recordForm !== "refused") offer(form, name, start);

  const keep = () => {
    const now = valuesOf(form);
    if (JSON.stringify(now) === start) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify({ at: Date.now(), version: version(form), values: now }));
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) isSent = true; });
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-draft-leave]")) return;
    sessionStorage.removeItem(name);
    isSent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && JSON.stringify(valuesOf(form)) !== start) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { isSent = false; });
}

const version = (form) => form.elements.version?.value ?? "";

function offer(form, name, start) {
  const kept = read(name);
  if (!kept || JSON.stringify(kept.values) === start) return sessionStorage.removeItem(name);
  fill(form, kept.values);
  const told = form.querySelector("[data-draft-told]");
  if (!told) return;
  told.hidden = false;
  told.querySelector("[data-draft-at]").textContent = new Date(kept.at)
    .toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  told.querySelector("[data-draft-discard]").addEventListener("click", () => {
    sessionStorage.removeItem(name);
    form.dataset.leaving = "1";
    location.reload();
  });
}

function read(name) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? "null");
    return kept && Date.now() - kept.at < KEPT_MS ? kept : null;
  } catch {
    return null;
  }
}

function fill(form, values) {
  for (const table of form.querySelectorAll("[data-rows]")) rowsFor(table, values);
  for (const each of named(form)) {
    const given = values[each.name];
    if (["checkbox", "radio"].includes(each.type)) each.checked = Boolean(given?.includes(each.value));
    else if (given) each.value = given.shift() ?? "";
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** As many rows as were kept, under their own numbers. */
function rowsFor(table, values) {
  const wanted = new Set(Object.keys(values)
    .filter((name) => name.startsWith(`${table.dataset.rows}.`))
    .map((name) => Number(name.split(".")[1])));
  for (const row of table.querySelectorAll("[data-row]")) {
    if (!wanted.delete(Number(row.dataset.row))) row.remove();
  }
  [...wanted].sort((one, other) => one - other).forEach((number) => table.appendRow?.(number));
}

/** A page that shows what was saved says which draft is done with. */
export function forgetDrafts() {
  for (const element of document.querySelectorAll("[data-draft-done]")) {
    for (const name of element.dataset.draftDone.split(" ")) {
      if (name) sessionStorage.removeItem(PREFIX + name);
    }
  }
}
