// The editor of plans. It lives in a shadow root, where its styles are adopted style sheets: the
// policy of our pages allows no style elements. Without this module the text field itself works.
import {
  autocompletion, bracketMatching, closeBrackets, completionKeymap, defaultKeymap, drawSelection,
  EditorState, EditorView, foldGutter, foldKeymap, HighlightStyle, highlightActiveLine,
  highlightActiveLineGutter, highlightSelectionMatches, history, historyKeymap, indentOnInput,
  indentUnit, indentWithTab, keymap, lineNumbers, lintGutter, lintKeymap, search, searchKeymap,
  setDiagnostics, syntaxHighlighting, tags, yaml,
} from "../vendor/codemirror.js";

const LINT_AFTER_MS = 600;

const LOOK = EditorView.theme({
  "&": { fontSize: "12.5px", backgroundColor: "var(--at-bg)", color: "var(--at-ink)", minHeight: "240px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--at-mono)", lineHeight: "20px", minHeight: "240px" },
  ".cm-content": { caretColor: "var(--at-ink)", padding: "10px 0" },
  ".cm-cursor": { borderLeftColor: "var(--at-ink)" },
  ".cm-gutters": { backgroundColor: "var(--at-canvas)", color: "var(--at-ink-3)", borderRight: "1px solid var(--at-line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--at-sunken)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--at-tint-2)" },
  ".cm-tooltip": { backgroundColor: "var(--at-bg)", border: "1px solid var(--at-line)", borderRadius: "6px", boxShadow: "var(--at-float)", fontFamily: "var(--at-font)", fontSize: "13px", color: "var(--at-ink)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--at-tint)", color: "var(--at-ink)" },
  ".cm-completionDetail": { color: "var(--at-ink-2)", fontStyle: "normal" },
  ".cm-diagnostic": { borderLeft: "3px solid var(--at-field)", padding: "6px 10px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--at-problem)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--at-problem) 1px", textUnderlineOffset: "4px" },
  ".cm-lintRange-warning, .cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline dotted var(--at-field) 1px", textUnderlineOffset: "4px" },
  ".cm-lint-marker": { content: "''", width: "8px", height: "8px", margin: "6px 2px", borderRadius: "50%", backgroundColor: "var(--at-problem)" },
  ".cm-lint-marker-warning, .cm-lint-marker-info": { content: "''", backgroundColor: "transparent", boxShadow: "inset 0 0 0 2px var(--at-field)" },
  ".cm-lint-marker-error": { content: "''" },
  ".cm-panels": { backgroundColor: "var(--at-canvas)", color: "var(--at-ink)", borderColor: "var(--at-line)" },
  ".cm-searchMatch": { backgroundColor: "var(--at-tint-2)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--at-sunken)", border: "0", color: "var(--at-ink-2)" },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--at-accent)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--at-ink-3)" },
  { tag: [tags.string, tags.content], color: "var(--at-ink)" },
  { tag: [tags.number, tags.bool, tags.keyword], color: "var(--at-ink)", fontWeight: "600" },
  { tag: [tags.punctuation, tags.separator], color: "var(--at-ink-2)" },
]);

export function wire(root) {
  if (root.dataset.wired) return;
  root.dataset.wired = "1";
  const field = root.querySelector("textarea");
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const locked = root.hasAttribute("data-locked");
  field.hidden = true;
  // In the page before it measures its lines.
  root.append(host);
  const view = new EditorView({
    root: shadow,
    parent: shadow,
    state: EditorState.create({ doc: field.value, extensions: extensions(root, field, locked) }),
  });
  view.contentDOM.setAttribute("aria-label", field.getAttribute("aria-label"));
  const known = root.querySelector("[data-problems]");
  if (known) mark(view, JSON.parse(known.content.textContent));
  root.addEventListener("at:line", (event) => goTo(view, event.detail.line));
  lint(root, view);
}

function extensions(root, field, locked) {
  let waiting;
  return [
    lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), indentOnInput(), indentUnit.of("  "),
    bracketMatching(), closeBrackets(), highlightActiveLine(), highlightActiveLineGutter(),
    highlightSelectionMatches(), search({ top: true }), yaml(), syntaxHighlighting(COLOURS), LOOK,
    autocompletion({ override: [completer(root)] }),
    EditorState.readOnly.of(locked),
    EditorView.lineWrapping,
    keymap.of([...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, indentWithTab, ...defaultKeymap]),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      field.value = update.state.doc.toString();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      clearTimeout(waiting);
      waiting = setTimeout(() => lint(root, update.view), LINT_AFTER_MS);
    }),
  ];
}

/** Words that may stand here: after a key the words of that key, else the keys. */
function completer(root) {
  const given = root.querySelector("[data-completions]");
  const words = given ? JSON.parse(given.content.textContent) : [];
  const byKey = Array.isArray(words) ? { "": words } : words;
  return (context) => {
    const line = context.state.doc.lineAt(context.pos).text.slice(0, context.pos - context.state.doc.lineAt(context.pos).from);
    const typed = /[\p{L}\p{N}_.]*$/u.exec(line)[0];
    if (!typed && !context.explicit) return null;
    const key = /([\p{L}\p{N}_]+)\s*:\s*\S*$/u.exec(line)?.[1] ?? "";
    const offered = byKey[key] ?? byKey[""] ?? [];
    return {
      from: context.pos - typed.length,
      options: offered.map((each) => (typeof each === "string" ? { label: each } : each)),
    };
  };
}

let asked = 0;

async function lint(root, view) {
  const url = root.dataset.lintUrl;
  if (!url) return;
  const mine = ++asked;
  const data = new FormData();
  data.set("text", view.state.doc.toString());
  const response = await fetch(url, {
    method: "POST", body: data, credentials: "same-origin",
    headers: JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"),
  }).catch(() => null);
  // Only the answer to the newest text marks it.
  if (mine !== asked || !response?.ok) return;
  const { problems } = await response.json();
  mark(view, problems);
  root.dispatchEvent(new CustomEvent("at:linted", { bubbles: true, detail: { problems } }));
}

function mark(view, problems) {
  const doc = view.state.doc;
  const marks = problems.filter((each) => each.line >= 1 && each.line <= doc.lines).map((each) => {
    const first = doc.line(each.line);
    const last = doc.line(Math.min(Math.max(each.end_line ?? each.line, each.line), doc.lines));
    const from = Math.min(first.from + Math.max((each.position ?? 1) - 1, 0), first.to);
    const indent = each.position ? 0 : first.text.length - first.text.trimStart().length;
    return { from: from + indent, to: Math.max(last.to, from + indent), severity: level(each.severity), message: each.message };
  });
  view.dispatch(setDiagnostics(view.state, marks));
}

const level = (severity) => (severity === "note" ? "info" : severity === "warning" ? "warning" : "error");

function goTo(view, number) {
  const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
  view.focus();
}
