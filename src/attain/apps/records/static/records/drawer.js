// A record beside its list: what was refused is said inside, and the list behind follows.
let changed = false;

export function startDrawer() {
  const drawer = document.getElementById("drawer");
  // A refusal of a form comes with the form: it takes its place instead of standing behind.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (xhr.status !== 422 || !target.closest("[data-record], #drawer-body")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    event.detail.target.querySelectorAll("dialog[data-opened]").forEach((dialog) => {
      if (!dialog.open) dialog.showModal();
    });
  });
  document.body.addEventListener("recordChanged", () => { changed = true; });
  drawer?.addEventListener("close", () => {
    if (!changed) return;
    changed = false;
    renew();
  });
  document.addEventListener("click", copy);
}

/** The page behind shows what was changed, without losing its place. */
function renew() {
  if (!document.querySelector("#main") || document.querySelector("#main form[data-record-form]")) return;
  // The address of the drawer has left the bar only after this turn.
  setTimeout(() => {
    window.htmx?.ajax("GET", location.href, { target: "#main", select: "#main", swap: "outerHTML" });
  }, 60);
}

async function copy(event) {
  const button = event.target.closest("[data-copy-link]");
  if (!button) return;
  const address = new URL(button.dataset.copyLink, location.href).href;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    prompt(button.dataset.copyWords, address);
    return;
  }
  const { toast } = await import("../ui/toasts.js");
  toast(button.dataset.copied);
}
