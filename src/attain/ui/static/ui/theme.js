// Light, dark or as the system, without leaving the page.
export function startTheme() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    event.preventDefault();
    const chosen = button.dataset.themeChoice;
    for (const other of button.parentElement.children) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    document.dispatchEvent(new CustomEvent("at:theme"));
    const form = button.closest("form");
    const data = new FormData(form);
    data.delete("next");
    data.set("theme", chosen);
    await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    document.dispatchEvent(new CustomEvent("at:theme")));
}
