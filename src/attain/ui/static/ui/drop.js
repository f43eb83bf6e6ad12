// A place to drop files: shows their names, and with an address sends them at once with progress.
export function wire(root) {
  if (root.dataset.wired) return;
  root.dataset.wired = "1";
  const zone = root.querySelector(".at-drop");
  const input = root.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.toggleAttribute("data-over", true);
    });
  }
  for (const name of ["dragleave", "drop"]) {
    zone.addEventListener(name, () => zone.toggleAttribute("data-over", false));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = input.multiple ? event.dataTransfer.files : firstOf(event.dataTransfer.files);
    if (!files.length) return;
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => take(root, input));
}

function firstOf(files) {
  const kept = new DataTransfer();
  if (files[0]) kept.items.add(files[0]);
  return kept.files;
}

function take(root, input) {
  const place = root.querySelector("[data-drop-files]");
  if (!root.dataset.url) place.replaceChildren();
  for (const file of input.files) {
    const row = rowOf(root, file);
    place.append(row);
    if (root.dataset.url) send(root, input.name, file, row);
    else row.querySelector("progress").remove();
  }
  if (root.dataset.url) input.value = "";
}

function rowOf(root, file) {
  const row = root.querySelector("[data-drop-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-size]").textContent = sizeOf(file.size);
  return row;
}

function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function send(root, name, file, row) {
  const request = new XMLHttpRequest();
  const bar = row.querySelector("progress");
  request.open("POST", root.dataset.url);
  for (const [header, value] of Object.entries(headers())) request.setRequestHeader(header, value);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("load", () => {
    const to = request.getResponseHeader("HX-Redirect") ?? request.getResponseHeader("HX-Location");
    if (to) return location.assign(to);
    if (!request.getResponseHeader("Content-Type")?.includes("text/html")) return failed(root, row);
    row.innerHTML = request.responseText;
    window.htmx?.process(row);
  });
  request.addEventListener("error", () => failed(root, row));
  const data = new FormData();
  data.append(name, file);
  request.send(data);
}

function failed(root, row) {
  row.querySelector("progress")?.remove();
  const words = document.createElement("span");
  words.className = "at-field-error";
  words.textContent = root.querySelector("[data-drop-failed]").content.textContent;
  row.append(words);
}

function headers() {
  return { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "HX-Request": "true" };
}
