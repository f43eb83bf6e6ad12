// Short words about what was done; ten seconds, and undo where there is an undo.
const SHOWN_MS = 10_000;

export function startToasts() {
  show(document);
  document.body.addEventListener("htmx:afterSettle", (event) => show(event.detail.elt));
  // A fragment's answer may say it in a header: HX-Trigger: {"toast": {"text": "…"}}.
  document.body.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value));
}

function show(root) {
  for (const note of root.querySelectorAll?.("template[data-toast]") ?? []) {
    toast(note.content.textContent, note.content);
    note.remove();
  }
}

export function toast(text, content) {
  const place = document.getElementById("toasts");
  const template = document.getElementById("toast-template");
  if (!place || !template || !text?.trim()) return;
  const element = template.content.firstElementChild.cloneNode(true);
  const words = element.querySelector(".at-toast-words");
  if (content) words.replaceChildren(content.cloneNode(true));
  else words.textContent = text;
  place.append(element);
  window.htmx?.process(element);
  let left = setTimeout(() => element.remove(), SHOWN_MS);
  // It stays while someone is about to press undo.
  element.addEventListener("mouseenter", () => clearTimeout(left));
  element.addEventListener("focusin", () => clearTimeout(left));
  element.addEventListener("mouseleave", () => { left = setTimeout(() => element.remove(), SHOWN_MS); });
  element.querySelector(".at-toast-close").addEventListener("click", () => element.remove());
}
