// A form made from a declaration: the server judges conditions and sums, this module shows them.
import { keepDraft } from "./drafts.js";
import { wireRows } from "./rows.js";

const WAIT_MS = 180;

export function wireForm(form) {
  form.querySelectorAll("[data-rows]").forEach(wireRows);
  if (form.dataset.working) follow(form);
  if (form.dataset.draft) keepDraft(form);
  form.addEventListener("click", takeTheirs);
}

function follow(form) {
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const data = new FormData(form);
    // Files stay where they are; only what conditions and sums can speak of is asked about.
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    for (const secret of form.querySelectorAll("[data-secret] [name]")) data.delete(secret.name);
    try {
      const answer = await fetch(form.dataset.working, {
        method: "POST", body: data, credentials: "same-origin", headers: headers(),
      });
      if (answer.ok && mine === asked) show(form, await answer.json());
    } catch {
      // Without a connection everything stays as it is; saving judges it again.
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}

function headers() {
  return { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "HX-Request": "true" };
}

function show(form, told) {
  for (const [name, isShown] of Object.entries(told.shown)) {
    for (const place of form.querySelectorAll(`[data-field="${CSS.escape(name)}"]`)) place.hidden = !isShown;
  }
  for (const [name, isShown] of Object.entries(told.sections ?? {})) {
    for (const place of form.querySelectorAll(`[data-section="${CSS.escape(name)}"]`)) place.hidden = !isShown;
  }
  for (const [name, text] of Object.entries(told.computed)) {
    for (const place of form.querySelectorAll(`[data-computed="${CSS.escape(name)}"]`)) place.textContent = text;
  }
}

/** Of two values after somebody else's change: theirs instead of one's own. */
function takeTheirs(event) {
  const button = event.target.closest("[data-take-theirs]");
  if (!button) return;
  const place = button.closest("[data-field]");
  const key = place.querySelector("[data-pick] input[type=hidden]");
  const input = place.querySelector("input:not([type=hidden]), select, textarea");
  if (key) key.value = button.dataset.key ?? "";
  if (input) input.value = button.dataset.takeTheirs;
  button.closest("[data-clash]")?.remove();
  (input ?? key)?.dispatchEvent(new Event("input", { bubbles: true }));
  input?.focus();
}
