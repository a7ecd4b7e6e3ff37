// What the editor's TypeScript is told about scripts, and which of its opinions are shown.

// Shown is what will fail when the script runs: a name that there is not, a member that there is not, a call of what is no function.
// Scripts are JavaScript, often old, and work though types do not fit.
export const ignoredCodes = [
  // Packages that were added have no types here; the server says which modules there are not.
  2307,
  // JavaScript converts values, and drivers take more than they declare: new Date() - new Date(), parseInt(5).
  2322, 2345, 2352, 2353, 2358, 2362, 2363, 2365, 2367, 2538, 2559, 2695, 2739, 2740, 2741, 2769,
  // Missing arguments are undefined, further ones are ignored.
  2554, 2555, 2556, 2557, 2575, 2794,
  // Old classes can be called without new, and functions with it.
  2348, 2350,
  // A result that is nothing may be tested and passed on: return callback(error) || null.
  1345, 2801,
  // `var` twice is one variable; and a version that is shown beside the script has functions of the same names.
  2300, 2392, 2393, 2403, 2451, 2528,
  // Scripts are not in strict mode.
  1100, 1101, 1102, 1212, 1213, 1214, 2703,
];

/** Names in a script's require(…) that are another spelling of a declared one: pg@8.11.0, node:crypto. */
function spellingsIn(text, types) {
  const spellings = new Map();
  for (const [, , spelling] of text.matchAll(/require\(\s*(['"`])([^'"`]+)\1/g)) {
    const name = spelling.replace(/^node:/, '').replace(/^((?:@[^/@]+\/)?[^/@]+)@[^/]*/, '$1');
    if (name !== spelling && types.includes(`declare module '${name}'`)) spellings.set(spelling, name);
  }
  return [...spellings].map(([spelling, name]) => {
    const start = types.indexOf(`declare module '${name}'`);
    const isValue = types.slice(start, types.indexOf("declare module '", start + 1)).includes('export = ');
    return `declare module '${spelling}' { ${isValue ? `import original = require('${name}'); export = original;` : `export * from '${name}';`} }`;
  }).join('\n');
}

/**
 * @param types the declarations of all scripts
 * @param dialectTypes the declarations of this script's dialect
 * @param text the script
 * @returns what describeDialect takes as told
 */
export function describe(typescript, types, dialectTypes, text) {
  const defaults = typescript.javascriptDefaults;
  defaults.setCompilerOptions({
    target: typescript.ScriptTarget.ESNext,
    lib: ['esnext'],
    module: typescript.ModuleKind.CommonJS,
    moduleResolution: typescript.ModuleResolutionKind.NodeJs,
    esModuleInterop: true,
    allowJs: true,
    checkJs: true,
    strict: false,
    noEmit: true,
    allowNonTsExtensions: true,
  });

  // Whether it parses is said by the server, with the parser that decides whether the script can be published; two opinions would only confuse.
  defaults.setDiagnosticsOptions({ noSemanticValidation: false, noSyntaxValidation: true, noSuggestionDiagnostics: true, diagnosticCodesToIgnore: ignoredCodes });
  return describeDialect(typescript, types, dialectTypes, text);
}

/** What changes while a script is written. Returns what was told, to be told again only when it changes. */
export function describeDialect(typescript, types, dialectTypes, text, told) {
  const spellings = spellingsIn(text, types);
  const now = `${dialectTypes}\n${spellings}`;
  if (now !== told) {
    typescript.javascriptDefaults.setExtraLibs([
      { content: types, filePath: 'ts:legacy-script.d.ts' },
      { content: now, filePath: 'ts:dialect.d.ts' },
    ]);
  }
  return now;
}
