// Quick entry on a phone. Its token makes a second tap, or a second sending after a lost
// connection, the same record. Without a connection it waits in this tab and is sent later.
const PREFIX = "attain-quick:";

export function wireQuick(form) {
  const waiting = form.querySelector("[data-quick-waiting]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sent) return;
    await send(form, waiting);
  });
  window.addEventListener("online", () => {
    if (form.dataset.waits) send(form, waiting);
  });
  for (const chip of form.querySelectorAll("[data-quick-set]")) {
    chip.addEventListener("click", () => set(form, chip));
  }
}

async function send(form, waiting) {
  form.dataset.sent = "1";
  busy(form, true);
  const data = new FormData(form);
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: data, credentials: "same-origin", headers: { "X-CSRFToken": token(), Accept: "text/html" },
    });
    delete form.dataset.waits;
    if (answer.redirected) return leave(form, answer.url);
    if (answer.status >= 500) throw new Error(String(answer.status));
    replace(form, await answer.text());
  } catch {
    form.dataset.waits = "1";
    waiting.hidden = false;
    waiting.scrollIntoView({ block: "center" });
    delete form.dataset.sent;
    busy(form, false);
  }
}

function leave(form, address) {
  if (form.dataset.draft) sessionStorage.removeItem(`attain-draft:${form.dataset.draft}`);
  sessionStorage.removeItem(PREFIX + form.dataset.quick);
  form.dataset.left = "1";
  location.assign(address);
}

/** The form with its mistakes takes the place of the old one; what was typed stands in it. */
function replace(form, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.querySelector("form[data-quick]");
  if (!fresh) return location.reload();
  form.replaceWith(fresh);
  fresh.dispatchEvent(new CustomEvent("records:added", { bubbles: true }));
  fresh.querySelector('[aria-invalid="true"]')?.focus();
}

function busy(form, is) {
  const button = form.querySelector("[data-quick-save]");
  button?.toggleAttribute("aria-busy", is);
  if (is) button?.setAttribute("aria-busy", "true");
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

/** One of the last customers, or a choice, with one touch. */
function set(form, chip) {
  const place = form.querySelector(`[data-field="${CSS.escape(chip.dataset.quickSet)}"]`);
  const key = place.querySelector("[data-pick] input[type=hidden]");
  const input = place.querySelector("input:not([type=hidden]), select");
  if (key) key.value = chip.dataset.key;
  if (input) input.value = chip.dataset.title ?? chip.dataset.key;
  for (const each of form.querySelectorAll(`[data-quick-set="${CSS.escape(chip.dataset.quickSet)}"]`)) {
    each.setAttribute("aria-pressed", String(each === chip));
  }
  (key ?? input)?.dispatchEvent(new Event("input", { bubbles: true }));
}
