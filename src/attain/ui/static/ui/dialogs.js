// Questions before something is done: <c-dialog>, opened by a button that names it.
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) {
      document.getElementById(opener.dataset.dialogOpen)?.showModal();
      return;
    }
    const closer = event.target.closest("[data-dialog-close]");
    if (closer) closer.closest("dialog")?.close();
    // A click on the veil is a click on the dialog itself.
    if (event.target.matches?.("dialog.at-dialog, dialog.at-palette")) event.target.close();
  });
}

/** Say something to those who hear the page. */
export function announce(text) {
  const place = document.getElementById("announcer");
  if (place) place.textContent = text;
}

// A question that came back with a mistake stands open.
document.querySelectorAll("dialog[data-opened]").forEach((dialog) => dialog.showModal());
