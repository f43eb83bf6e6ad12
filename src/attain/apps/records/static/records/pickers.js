// A person, unit or record found by typing: a text field with a list below, by keyboard or thumb.
// Without this module the server reads the code or name that was typed.
const WAIT_MS = 160;

export function wirePicker(root) {
  const input = root.querySelector("input[role=combobox]");
  const key = root.querySelector("input[type=hidden]");
  const list = root.querySelector("[role=listbox]");
  if (!input || input.readOnly) return;
  let timer = 0;
  let asked = "";
  let current = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const open = (isOpen) => {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) mark(-1);
  };
  const mark = (index) => {
    current = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = options()[index];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    key.value = option.dataset.key;
    input.value = option.dataset.title;
    open(false);
    key.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const ask = async () => {
    const url = new URL(root.dataset.pick, location.href);
    url.searchParams.set("q", input.value.trim());
    asked = url.href;
    try {
      const answer = await fetch(url, { credentials: "same-origin", headers: { "HX-Request": "true", "HX-Target": list.id } });
      if (asked !== url.href) return;
      if (!answer.ok) return open(false);
      list.innerHTML = await answer.text();
    } catch {
      // Without a connection the code or name that was typed goes along.
      return open(false);
    }
    options().forEach((option, at) => { option.id = `${list.id}-${at}`; });
    open(document.activeElement === input && list.childElementCount > 0);
  };

  input.addEventListener("input", () => {
    key.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("focus", () => { if (!key.value) ask(); });
  input.addEventListener("blur", () => setTimeout(() => open(false), 120));
  input.addEventListener("keydown", (event) => {
    const found = options();
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown") mark(Math.min(current + 1, found.length - 1));
    else if (event.key === "ArrowUp") mark(Math.max(current - 1, 0));
    else if (event.key === "Enter" && !list.hidden && found[current]) choose(found[current]);
    else if (event.key === "Escape" && !list.hidden) open(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option);
  });
}
