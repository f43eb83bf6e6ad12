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
  if (!menu || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  if (event.target.matches("select, input:not([type=checkbox])")) return;
  const entries = [...menu.querySelectorAll("a, button, input[type=checkbox]")];
  const here = entries.indexOf(document.activeElement);
  const next = entries[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
