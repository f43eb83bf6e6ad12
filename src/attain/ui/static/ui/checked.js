// Beside an editor: what the check of its text found, kept up to date as one types.
const place = document.querySelector("[data-checked]");
const editor = document.querySelector("[data-editor]");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-go-line]");
  if (button && editor) {
    editor.dispatchEvent(new CustomEvent("at:line", { detail: { line: Number(button.dataset.goLine) } }));
  }
});

document.addEventListener("at:linted", (event) => {
  if (place) show(event.detail.problems);
});

function show(problems) {
  if (!problems.length) {
    const quiet = document.createElement("p");
    quiet.className = "at-problems-none";
    quiet.textContent = place.dataset.clean;
    place.replaceChildren(quiet);
    return;
  }
  const list = document.createElement("ul");
  list.className = "at-problems";
  list.append(...problems.map(item));
  place.replaceChildren(list);
}

function item(problem) {
  const row = document.createElement("li");
  row.className = "at-problem";
  row.dataset.severity = problem.severity;
  const tone = problem.severity === "error" ? "problem" : "neutral";
  row.append(
    text("span", `at-status at-status-flag at-status-${tone}`, place.dataset[problem.severity]),
    words(problem),
  );
  if (problem.line) {
    const line = text("button", "at-problem-place at-problem-line", place.dataset.line.replace("[n]", problem.line));
    line.type = "button";
    line.dataset.goLine = problem.line;
    row.append(line);
  }
  return row;
}

function words(problem) {
  const holder = text("span", "at-problem-words", "");
  holder.append(text("span", "", problem.message), text("span", "at-problem-note", problem.remedy));
  return holder;
}

function text(tag, name, content) {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = content;
  return element;
}
