// The editor's own TypeScript with the editor's own settings, asked what it would show. Runs beside tsWorker.js and script-types.js.
function createChecker(worker, types) {
  const typescript = { ScriptTarget: { ESNext: 99 }, ModuleKind: { CommonJS: 1 }, ModuleResolutionKind: { NodeJs: 2 }, javascriptDefaults: {} };
  const settings = {};
  for (const name of ['setCompilerOptions', 'setDiagnosticsOptions', 'setExtraLibs']) typescript.javascriptDefaults[name] = (value) => { settings[name] = value; };

  const script = 'file:///script.js';
  const model = { uri: { path: '/script.js', toString: () => script }, version: 1, text: '', getValue() { return this.text; } };
  let libraries = 0;
  const librariesOf = () => Object.fromEntries(settings.setExtraLibs.map(({ content, filePath }) => [filePath, { content, version: libraries }]));
  describe(typescript, types, '', '');
  const host = new worker.TypeScriptWorker({ getMirrorModels: () => [model] }, { compilerOptions: settings.setCompilerOptions, extraLibs: librariesOf(), inlayHintsOptions: {} });
  const service = host.getLanguageService();

  function show(text, dialectTypes) {
    describe(typescript, types, dialectTypes, text);
    libraries += 1;
    host.updateExtraLibs(librariesOf());
    model.text = text;
    model.version += 1;
    return service.getProgram();
  }

  const said = (list, file) => list.map((item) => {
    const at = file.getLineAndCharacterOfPosition(item.start);
    return `${at.line + 1}: ${item.code} ${ts.flattenDiagnosticMessageText(item.messageText, ' ')}`;
  });

  /** The members of a type by name: "method" where a call is declared, else "value". */
  function membersOf(checker, type) {
    const members = {};
    for (const symbol of checker.getPropertiesOfType(type)) {
      if (symbol.name === 'prototype' || symbol.name.startsWith('__@') || symbol.name.startsWith('_')) continue;
      const value = checker.getTypeOfSymbolAtLocation(symbol, checker.declarationFile);
      members[symbol.name] = value.getCallSignatures().length > 0 ? 'method' : 'value';
    }
    return members;
  }

  return {
    /** What the editor marks in a script. */
    errors(text, dialectTypes) {
      const program = show(text, dialectTypes);
      const { diagnosticCodesToIgnore } = settings.setDiagnosticsOptions;
      return JSON.stringify(said(service.getSemanticDiagnostics(script).filter((item) => !diagnosticCodesToIgnore.includes(item.code)), program.getSourceFile(script)));
    },

    /** What is wrong with the declarations themselves. */
    libraryErrors(dialectTypes) {
      const program = show('', dialectTypes);
      return JSON.stringify(settings.setExtraLibs.flatMap(({ filePath }) => {
        const file = program.getSourceFile(filePath);
        return said([...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)], file);
      }));
    },

    /** What the editor offers where the text has a "|". */
    completions(text, dialectTypes) {
      const at = text.indexOf('|');
      show(text.slice(0, at) + text.slice(at + 1), dialectTypes);
      return JSON.stringify((service.getCompletionsAtPosition(script, at, undefined)?.entries ?? []).map((entry) => entry.name));
    },

    /** The names that are declared of a module, and the members of those that are classes. */
    declared(name) {
      const program = show('', '');
      const checker = program.getTypeChecker();
      checker.declarationFile = program.getSourceFile('ts:legacy-script.d.ts');
      const symbol = checker.getAmbientModules().find((each) => each.name === `"${name}"`);
      if (!symbol) return 'null';
      const types = {};
      const names = [];
      for (const given of checker.getExportsAndPropertiesOfModule(symbol)) {
        const target = given.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(given) : given;
        if (!(target.flags & ts.SymbolFlags.Value) || given.name === 'prototype') continue;
        names.push(given.name);
        add(types, given.name, checker.getTypeOfSymbolAtLocation(target, checker.declarationFile));
      }
      const itself = checker.resolveExternalModuleSymbol(symbol);
      if (itself !== symbol) add(types, '', checker.getTypeOfSymbolAtLocation(itself, checker.declarationFile));
      return JSON.stringify({ names, types });

      function add(all, key, type) {
        const made = type.getConstructSignatures()[0]?.getReturnType();
        if (made && made.flags & ts.TypeFlags.Object) all[key] = { members: membersOf(checker, made), isOpen: Boolean(checker.getIndexTypeOfType(made, ts.IndexKind.String)) };
      }
    },
  };
}
