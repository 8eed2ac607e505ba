// What the YAML pane needs of CodeMirror, and nothing else; see README.md.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/* Colours are the site's own tokens, so that light, dark and print follow without a word here. */
const look = EditorView.theme({
  "&": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--edge)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--font-code)", fontSize: "var(--size-fine)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--muted)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--accent-soft)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": {
    backgroundColor: "var(--band) !important",
  },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--edge)" },
  ".cm-searchMatch": { backgroundColor: "var(--caution-soft)" },
  ".cm-textfield": { backgroundColor: "var(--raised)", color: "var(--ink)" },
  ".cm-button": { backgroundColor: "var(--raised)", backgroundImage: "none", color: "var(--ink)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--caution)" },
});

const words = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--success)" },
  { tag: tags.comment, color: "var(--muted)" },
  { tag: tags.invalid, color: "var(--error)" },
]);

/* `nonce` lets the style sheet that CodeMirror makes pass the content security policy. */
export function editor({ parent, text, label, describedBy, nonce, changed }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": describedBy,
          spellcheck: "false",
        }),
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("  "),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        EditorView.lineWrapping,
        keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]),
        yaml(),
        syntaxHighlighting(words),
        look,
        EditorView.updateListener.of((update) => update.docChanged && changed(view)),
      ],
    }),
  });
  return view;
}

/* `problems`: [{line, severity, message}], lines from 1; without a line they stand at the first. */
export function showProblems(view, problems) {
  const found = problems.map(({ line, severity, message }) => {
    const at = view.state.doc.line(Math.min(Math.max(line ?? 1, 1), view.state.doc.lines));
    const start = at.from + (at.text.length - at.text.trimStart().length);
    return { from: Math.min(start, at.to), to: at.to, severity, message };
  });
  found.sort((a, b) => a.from - b.from);
  view.dispatch(setDiagnostics(view.state, found));
}

/* Show a line and put the cursor there. */
export function goTo(view, line) {
  const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
  view.focus();
}
