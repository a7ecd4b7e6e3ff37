// The script editor: Monaco, loaded only where a script is edited, and a copy of what is typed that outlives the page.
import { describe, describeDialect } from './script-types.js';

const monacoFolder = new URL('_content/BlazorMonaco/lib/monaco-editor/min/', document.baseURI).href;
const typingPause = 400;

let loading;

function loadMonaco() {
  return loading ??= new Promise((resolve, reject) => {
    // A blob worker inherits this page's content security policy; one from an address would get the policy of hosted pages.
    self.MonacoEnvironment = {
      getWorkerUrl: () => URL.createObjectURL(new Blob(
        [`self.MonacoEnvironment = { baseUrl: '${monacoFolder}' }; importScripts('${monacoFolder}vs/base/worker/workerMain.js');`],
        { type: 'text/javascript' })),
    };
    const loader = document.createElement('script');
    loader.src = `${monacoFolder}vs/loader.js`;
    loader.onload = () => {
      require.config({ paths: { vs: `${monacoFolder}vs` } });
      require(['vs/editor/editor.main'], () => resolve(monaco), reject);
    };
    loader.onerror = () => reject(new Error('The editor could not be loaded.'));
    document.head.append(loader);
  });
}

function defineThemes(monaco) {
  const colors = (background, line, number, inserted, removed) => ({
    'editor.background': background,
    'editor.lineHighlightBackground': line,
    'editor.lineHighlightBorder': '#00000000',
    'editorLineNumber.foreground': number,
    'editorGutter.background': background,
    'diffEditor.insertedLineBackground': `${inserted}1a`,
    'diffEditor.insertedTextBackground': `${inserted}26`,
    'diffEditor.removedLineBackground': `${removed}1a`,
    'diffEditor.removedTextBackground': `${removed}26`,
    'diffEditorGutter.insertedLineBackground': `${inserted}1a`,
    'diffEditorGutter.removedLineBackground': `${removed}1a`,
  });
  monaco.editor.defineTheme('console-light', { base: 'vs', inherit: true, rules: [{ token: 'type', foreground: '006a6a' }, { token: 'comment', foreground: '006b00' }, { token: 'number', foreground: '00663d' }], colors: colors('#ffffff', '#f3f5f5', '#566060', '#16a34a', '#dc2626') });
  monaco.editor.defineTheme('console-dark', { base: 'vs-dark', inherit: true, rules: [{ token: 'comment', foreground: '93c47d' }], colors: colors('#161a1a', '#1d2222', '#a3aeac', '#22c55e', '#ef4444') });
}

function readCopy(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage is switched off, or holds something else
  }
}

function writeCopy(key, copy) {
  try {
    if (copy) {
      localStorage.setItem(key, JSON.stringify(copy));
    } else {
      localStorage.removeItem(key);
    }
  } catch {
    // storage is switched off or full: the draft on the server is all there is
  }
}

const themeOf = isDark => (isDark ? 'console-dark' : 'console-light');

function look(isDark) {
  return {
    theme: themeOf(isDark),
    automaticLayout: true,
    fixedOverflowWidgets: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: 13,
    lineHeight: 20,
    minimap: { enabled: false },
    padding: { top: 10, bottom: 10 },
    scrollBeyondLastLine: false,
    tabSize: 2,
    renderLineHighlight: 'line',
    scrollbar: { alwaysConsumeMouseWheel: false },
    bracketPairColorization: { enabled: false },
    unicodeHighlight: { nonBasicASCII: false },
  };
}

// Monaco's announcements are "complementary" landmarks of no name; what they are is status messages.
function nameAnnouncements() {
  document.querySelectorAll('.monaco-aria-container [role="complementary"]').forEach(item => item.setAttribute('role', 'status'));
}

const bytesOf = text => new TextEncoder().encode(text);

/**
 * Makes an editor in an element.
 * @param options text, types, dialectTypes, isDark, isReadOnly, label, copyKey, stamp (of the draft that text is)
 * @returns the editor; its restored says "none", "kept" (newer text of this browser was put in) or "older" (it belongs to a draft that changed meanwhile)
 */
export async function create(element, page, options) {
  const monaco = await loadMonaco();
  defineThemes(monaco);

  let stamp = options.stamp;
  const copy = readCopy(options.copyKey);
  let restored = 'none';
  let text = options.text;
  if (copy && copy.text !== options.text) {
    restored = copy.stamp === stamp ? 'kept' : 'older';
    text = restored === 'kept' ? copy.text : text;
  } else if (copy) {
    writeCopy(options.copyKey, null);
  }

  let dialectTypes = options.dialectTypes ?? '';
  const types = options.types ?? '';
  let told = describe(monaco.languages.typescript, types, dialectTypes, text);
  const editor = monaco.editor.create(element, {
    ...look(options.isDark),
    value: text,
    language: 'javascript',
    ariaLabel: options.label,
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    overviewRulerBorder: false,
    overviewRulerLanes: 1,
  });
  nameAnnouncements();
  const model = editor.getModel();
  model.setEOL(monaco.editor.EndOfLineSequence.LF);

  let pause;
  const tell = () => {
    clearTimeout(pause);
    pause = undefined;
    told = describeDialect(monaco.languages.typescript, types, dialectTypes, model.getValue(), told);
    return page.invokeMethodAsync('TextChangedAsync', DotNet.createJSStreamReference(bytesOf(model.getValue())));
  };
  const keep = () => writeCopy(options.copyKey, { text: model.getValue(), stamp, time: Date.now() });
  model.onDidChangeContent(() => {
    keep();
    clearTimeout(pause);
    pause = setTimeout(() => tell().catch(() => { /* no connection: the copy is here */ }), typingPause);
  });
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => page.invokeMethodAsync('SaveAsync'));
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => page.invokeMethodAsync('RunAsync'));

  // The same keys beside the editor, for example in the test run's fields.
  const onKey = event => {
    if ((event.ctrlKey || event.metaKey) && !element.contains(event.target)) {
      if (event.key === 's') {
        event.preventDefault();
        page.invokeMethodAsync('SaveAsync');
      } else if (event.key === 'Enter' && !event.target.closest?.('.mud-dialog')) {
        event.preventDefault();
        page.invokeMethodAsync('RunAsync');
      }
    }
  };
  document.addEventListener('keydown', onKey);

  return {
    restored: () => restored,
    getText: () => bytesOf(model.getValue()),
    setText: value => {
      if (value !== model.getValue()) {
        // Through the undo stack, so that Ctrl+Z brings back what was replaced.
        model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
      }
    },
    useCopy: () => {
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text: copy.text }], () => null);
      editor.focus();
    },
    dropCopy: () => writeCopy(options.copyKey, null),
    // What was typed while the draft was being saved is newer than the draft, and stays in the copy.
    saved: (newStamp, length) => {
      stamp = newStamp;
      if (pause === undefined && model.getValueLength() === length) {
        writeCopy(options.copyKey, null);
      } else {
        keep();
      }
    },
    setDialectTypes: value => {
      dialectTypes = value ?? '';
      told = describeDialect(monaco.languages.typescript, types, dialectTypes, model.getValue(), told);
    },
    setTheme: isDark => monaco.editor.setTheme(themeOf(isDark)),
    setMarkers: (owner, markers) => monaco.editor.setModelMarkers(model, owner, markers.map(marker => {
      const line = Math.min(Math.max(marker.line, 1), model.getLineCount());
      const word = model.getWordAtPosition({ lineNumber: line, column: marker.column });
      return {
        message: marker.message,
        severity: marker.isError ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
        startLineNumber: line,
        startColumn: word?.startColumn ?? marker.column,
        endLineNumber: line,
        endColumn: word?.endColumn ?? Math.max(marker.column + 1, model.getLineMaxColumn(line)),
      };
    })),
    reveal: (line, column) => {
      editor.revealLineInCenter(line);
      editor.setPosition({ lineNumber: line, column });
      editor.focus();
    },
    dispose: () => {
      clearTimeout(pause);
      document.removeEventListener('keydown', onKey);
      editor.dispose();
      model.dispose();
    },
  };
}

/**
 * Shows a text that cannot be changed, or what is different between two.
 * @param options text, label, isDark; for a comparison also original and originalLabel: the text at the left
 */
export async function show(element, options) {
  const monaco = await loadMonaco();
  defineThemes(monaco);
  const modelOf = text => {
    const model = monaco.editor.createModel(text, 'javascript');
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    return model;
  };
  const shown = { ...look(options.isDark), readOnly: true, domReadOnly: true };
  const models = [modelOf(options.text)];
  let editor;
  const hasRoomForTwo = () => element.clientWidth >= 640;
  const width = new ResizeObserver(() => editor.updateOptions({ renderSideBySide: hasRoomForTwo() }));
  let change = -1;
  const go = step => {
    const changes = editor.getLineChanges() ?? [];
    if (changes.length > 0) {
      change = (change + step + changes.length) % changes.length;
      editor.getModifiedEditor().revealLineInCenter(Math.max(changes[change].modifiedStartLineNumber, 1));
    }
    return `${change + 1} of ${changes.length}`;
  };
  if (options.original === null) {
    editor = monaco.editor.create(element, { ...shown, model: models[0], ariaLabel: options.label, lineNumbersMinChars: 3 });
  } else {
    models.push(modelOf(options.original));
    editor = monaco.editor.createDiffEditor(element, {
      ...shown,
      originalAriaLabel: options.originalLabel,
      modifiedAriaLabel: options.label,
      renderSideBySide: hasRoomForTwo(),
      enableSplitViewResizing: false,
      ignoreTrimWhitespace: false,
      lineNumbersMinChars: 3,
    });
    editor.setModel({ original: models[1], modified: models[0] });
    const first = editor.onDidUpdateDiff(() => {
      first.dispose();
      go(1);
    });
    width.observe(element);
  }
  nameAnnouncements();

  return {
    // Scrolls to the next (1) or previous (-1) change and says which of how many it is.
    go,
    dispose: () => {
      width.disconnect();
      editor.dispose();
      models.forEach(model => model.dispose());
    },
  };
}
