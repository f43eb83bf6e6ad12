// The search that opens with ⌘K or Ctrl K: type, choose with the arrows, Enter goes there.
const WAIT_MS = 180;

export function startPalette() {
  const palette = document.getElementById("palette");
  if (!palette) return;
  const input = palette.querySelector("input");
  const hits = palette.querySelector("#palette-hits");
  for (const mark of document.querySelectorAll("[data-shortcut]")) {
    mark.textContent = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘K" : "Ctrl K";
  }
  const open = () => {
    if (!palette.open) palette.showModal();
    input.select();
    ask(palette.dataset.url, input.value, hits, input);
  };
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette-open]") && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      open();
    }
  });
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(palette.dataset.url, input.value, hits, input), WAIT_MS);
  });
  input.addEventListener("keydown", (event) => move(event, hits, input, palette.dataset.url));
}

let asked = 0;

async function ask(url, text, hits, input) {
  const mine = ++asked;
  const response = await fetch(`${url}?q=${encodeURIComponent(text)}`, {
    credentials: "same-origin",
    headers: { "HX-Request": "true", "HX-Target": "palette-hits" },
  }).catch(() => null);
  if (mine !== asked || !response?.ok) return;
  hits.innerHTML = await response.text();
  choose(hits.querySelector("[role=option]"), hits, input);
}

function choose(option, hits, input) {
  for (const other of hits.querySelectorAll("[role=option]")) {
    other.setAttribute("aria-selected", String(other === option));
  }
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function move(event, hits, input, url) {
  const options = [...hits.querySelectorAll("[role=option]")];
  const here = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") {
    // At once: a search field would first only empty itself.
    event.preventDefault();
    input.closest("dialog").close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(options[Math.min(Math.max(here + step, 0), options.length - 1)], hits, input);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    if (options[here]) options[here].click();
    else location.assign(`${url}?q=${encodeURIComponent(input.value)}`);
  }
}
