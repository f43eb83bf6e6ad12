// Menus are popovers. The browser opens and closes them; here they are put beside their button.
export function startMenus() {
  let opener = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[popovertarget], [data-menu-open]");
    if (!button) return;
    opener = button;
    if (button.dataset.menuOpen) document.getElementById(button.dataset.menuOpen)?.togglePopover();
  }, true);
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (event.newState !== "open" || !menu.classList?.contains("at-menu")) return;
    const from = opener ?? document.querySelector(`[popovertarget="${menu.id}"]`);
    if (from) place(menu, from);
    menu.querySelector("a, button:not([type=hidden]), input, select")?.focus({ preventScroll: true });
  }, true);
  document.addEventListener("keydown", moveWithArrows);
  document.addEventListener("input", narrow);
}

/** What somebody types at the head of a long menu leaves only the entries that have it. */
function narrow(event) {
  if (!event.target.matches?.("[data-menu-filter]")) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const entry of event.target.closest(".at-menu").querySelectorAll("button")) {
    entry.hidden = !entry.textContent.toLowerCase().includes(wanted);
  }
}

function place(menu, button) {
  const at = button.getBoundingClientRect();
  const width = menu.offsetWidth;
  const height = menu.offsetHeight;
  const below = at.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, at.top - height - 4) : below;
  const left = Math.min(Math.max(8, at.left), innerWidth - width - 8);
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}

/** Up and down inside an open menu of links and buttons. */
function moveWithArrows(event) {
  const menu = event.target.closest?.(".at-menu[popover]");
  if (event.key === "Enter" && event.target.matches?.("[data-menu-filter]")) {
    // The first that is left, not the first of the form.
    event.preventDefault();
    if (event.target.value.trim()) menu.querySelector("button:not([hidden])")?.click();
    return;
  }
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  if (event.target.matches("select, input:not([type=checkbox], [data-menu-filter])")) return;
  const entries = [...menu.querySelectorAll("a, button, input[type=checkbox], [data-menu-filter]")]
    .filter((entry) => !entry.hidden);
  const here = entries.indexOf(document.activeElement);
  const next = entries[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
