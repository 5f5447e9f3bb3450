// CodeMirror, as the editor of code on stage.

import { minimalSetup } from '/.present/editor/codemirror'
import { indentWithTab } from '/.present/editor/@codemirror/commands'
import { python } from '/.present/editor/@codemirror/lang-python'
import { bracketMatching, indentOnInput, indentUnit } from '/.present/editor/@codemirror/language'
import { setDiagnostics } from '/.present/editor/@codemirror/lint'
import { EditorState, Prec } from '/.present/editor/@codemirror/state'
import { EditorView, keymap } from '/.present/editor/@codemirror/view'

const done = (action) => () => {
  action()
  return true
}

/** Make an editor in an element. */
export function makeEditor(code, element, { run, restore, stop }) {
  const keys = keymap.of([
    { key: 'Mod-Enter', run: done(run) },
    { key: 'Shift-Enter', run: done(run) },
    { key: 'Mod-.', run: done(stop) },
    { key: 'Escape', run: done(restore) },
    indentWithTab,
  ])
  // No completions and no brackets that close themselves: what is typed before a class is what is there.
  const indents = [indentOnInput(), indentUnit.of('    '), EditorState.tabSize.of(4)]
  const extensions = [Prec.high(keys), minimalSetup, bracketMatching(), python(), indents]
  const view = new EditorView({ doc: code, extensions, parent: element })
  view.focus()
  return {
    get text() {
      return view.state.doc.toString()
    },
    focus: () => view.focus(),
    showError: (found) => view.dispatch(setDiagnostics(view.state, found ? [diagnostic(view.state.doc, found)] : [])),
  }
}

function diagnostic(doc, { line, column, length, message }) {
  const at = doc.line(Math.min(line, doc.lines))
  const from = Math.min(at.from + column, at.to)
  return { from, to: Math.min(from + length, at.to), severity: 'error', message }
}
