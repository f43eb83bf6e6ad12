// A form is sent once: the pressed button says that it works, and a second press does nothing.
export function startForms() {
  document.addEventListener("click", (event) => {
    if (event.target.closest('[aria-disabled="true"]')) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // After the browser has taken the button's own value.
    setTimeout(() => {
      if (event.submitter?.classList.contains("at-button")) {
        event.submitter.setAttribute("aria-busy", "true");
        event.submitter.setAttribute("aria-disabled", "true");
      }
    });
  });
  // Coming back to a page the browser kept: its forms may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) release(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) release(form);
  });
  // Mistakes are read out and shown: the first wrong field gets the focus.
  document.querySelector('main [aria-invalid="true"]')?.focus();
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('[aria-busy="true"]')) {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
}
