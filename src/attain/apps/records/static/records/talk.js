// A comment with @mentions: the list opens below, a chosen name goes along with its key.
const WAIT_MS = 160;

export function wireTalk(form) {
  const text = form.querySelector("textarea");
  const list = form.querySelector("[role=listbox]");
  const chosen = form.querySelector("[data-mentioned]");
  let timer = 0;
  let current = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.hidden = true;
    current = -1;
    text.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    current = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (options()[index]) text.setAttribute("aria-activedescendant", options()[index].id);
  };
  const ask = async () => {
    const word = begun(text);
    if (word === null) return close();
    const url = new URL(form.dataset.talk, location.href);
    url.searchParams.set("q", word);
    try {
      const answer = await fetch(url, { credentials: "same-origin", headers: { "HX-Request": "true" } });
      if (!answer.ok || begun(text) !== word) return close();
      list.innerHTML = await answer.text();
    } catch {
      return close();
    }
    options().forEach((option, at) => { option.id = `${list.id}-${at}`; });
    list.hidden = !options().length;
    mark(options().length ? 0 : -1);
  };
  const choose = (option) => {
    const start = text.value.slice(0, text.selectionStart).lastIndexOf("@");
    const rest = text.value.slice(text.selectionStart);
    text.value = `${text.value.slice(0, start)}@${option.dataset.title} ${rest}`;
    const at = start + option.dataset.title.length + 2;
    text.setSelectionRange(at, at);
    if (!chosen.querySelector(`[value="${CSS.escape(option.dataset.key)}"]`)) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: "mention", value: option.dataset.key });
      chosen.append(input);
    }
    close();
    text.focus();
  };

  text.addEventListener("input", () => {
    grow(text);
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) return form.requestSubmit();
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(Math.min(current + 1, options().length - 1));
    else if (event.key === "ArrowUp") mark(Math.max(current - 1, 0));
    else if ((event.key === "Enter" || event.key === "Tab") && options()[current]) choose(options()[current]);
    else if (event.key === "Escape") close();
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

/** The name that is being written after an @, or null. */
function begun(text) {
  const before = text.value.slice(0, text.selectionStart);
  const found = /(?:^|[\s，。；：、])@([^\s@]{0,20})$/u.exec(before) ?? /@([^\s@]{0,20})$/u.exec(before);
  return found ? found[1] : null;
}

function grow(text) {
  text.rows = Math.min(8, Math.max(1, text.value.split("\n").length));
}
