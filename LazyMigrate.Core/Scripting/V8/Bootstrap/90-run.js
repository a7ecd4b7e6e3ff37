// Loads the script, calls its function once, and hands the answer or the error over as one JSON text.
class ResultLimitError extends Error {}

/** A copy of the answer with own properties only and no methods, so that JSON.stringify runs no code of the script. */
function plainCopy(value) {
  let size = 0;
  const grow = (amount) => {
    size += amount;
    if (size > settings.resultLength) throw new ResultLimitError('length');
  };

  function copy(item, depth) {
    grow(2);
    switch (typeof item) {
      case 'string':
        grow(item.length);
        return toWellFormed(item);
      case 'number':
      case 'boolean':
        return item;
      case 'bigint':
        return `${item}`;
      case 'object':
        return item === null ? null : copyObject(item, depth);
      default:
        return undefined;
    }
  }

  function copyObject(item, depth) {
    let time;
    try {
      time = dateValue(item);
    } catch {
      // Not a date.
    }
    if (time !== undefined) return time === time ? dateText(item) : null;
    if (depth > settings.resultDepth) throw new ResultLimitError('depth');
    if (isView(item)) {
      grow(item.byteLength * 1.4);
      return toBase64(new Bytes(item.buffer, item.byteOffset, item.byteLength));
    }
    if (isArray(item)) {
      const list = [];
      const { length } = item;
      grow(length * 2);
      for (let i = 0; i < length; i++) {
        const each = copy(item[i], depth + 1);
        defineProperty(list, i, { __proto__: null, value: each === undefined ? null : each, enumerable: true });
      }
      setPrototypeOf(list, null);
      return list;
    }
    const made = create(null);
    const keys = objectKeys(item);
    for (let i = 0; i < keys.length; i++) {
      const each = copy(item[keys[i]], depth + 1);
      grow(keys[i].length + 4);
      if (each !== undefined) made[toWellFormed(keys[i])] = each;
    }
    return made;
  }

  return copy(value, 1);
}

function answered(value) {
  if (value === undefined) {
    host('answer');
    return;
  }
  try {
    const json = jsonStringify(plainCopy(value));
    // A function, NaN or an invalid date would pass for an explicit null, which means "there is no such person".
    if (json === undefined || (json === 'null' && value !== null)) host('fail', 'BadAnswer', typeof value);
    else host('answer', json);
  } catch (error) {
    if (error instanceof ResultLimitError) host('fail', 'ResultLimit', error.message);
    else threw(error);
  }
}

function threw(error, loading = false) {
  host('threw', jsonStringify(describeThrown(error, loading)));
}

/** Evaluates the script as a program of its own and finds the function: as its value, or by the names that its kind allows. */
function load(source) {
  if (settings.functionIsValue) {
    const value = indirectEval(`${source}\n//# sourceURL=script.js`);
    return typeof value === 'function' ? value : value?.main;
  }
  const names = settings.functionNames;
  const list = names.map((name) => `typeof ${name} === 'function' ? ${name} : undefined`).join(', ');
  const declared = indirectEval(`${source}\n;[${list}]\n//# sourceURL=script.js`);
  for (let i = 0; i < names.length; i++) if (declared[i]) return declared[i];
  const { exports } = scriptModule;
  for (let i = 0; i < names.length; i++) if (typeof exports?.[names[i]] === 'function') return exports[names[i]];
  return typeof exports === 'function' ? exports : undefined;
}

/**
 * The callback of the dialect auth0. Its first call ends the run; a second one in the same turn is told to the
 * administrator, later ones never happen.
 */
function callbackOfRun() {
  let called = false;
  return function callback(error, profile) {
    if (called) {
      write('Warn', ['The script called its callback again. Only the first call counts: write `return callback(…)`.']);
      return;
    }
    called = true;
    if (!error) {
      answered(profile === undefined ? null : profile);
      return;
    }
    const thrown = describeThrown(error, false);
    thrown.calledBack = true;
    if (!thrown.stack) {
      // A text instead of an Error: the place of the call is the next best.
      const site = {};
      captureStackTrace(site, callback);
      thrown.stack = errorField(site, 'stack');
    }
    host('threw', jsonStringify(thrown));
  };
}

/** What the dialect auth0 passes: the context only to a function that has a parameter for it, and the callback last. */
function callbackArguments(main, args) {
  const count = main.length > args.length ? args.length : args.length - 1;
  args.length = count;
  args[count] = callbackOfRun();
  return args;
}

async function start(source, args) {
  let main;
  try {
    main = load(source);
  } catch (error) {
    threw(error, true);
    return;
  }
  if (main === undefined) {
    host('fail', 'FunctionMissing', '');
    return;
  }
  const callsBack = settings.dialect === 'Auth0';
  let value;
  try {
    value = await apply(main, undefined, callsBack ? callbackArguments(main, jsonParse(args)) : jsonParse(args));
  } catch (error) {
    threw(error);
    return;
  }
  if (!callsBack) answered(settings.ignoresAnswer ? undefined : value);
}

return function drive(event, first, second) {
  switch (event) {
    case 'begin':
      begin(first);
      break;
    case 'start':
      start(first, second);
      break;
    case 'reply':
      settleCall(first, second);
      break;
    case 'timer':
      try {
        fireTimer(first);
      } catch (error) {
        threw(error);
      }
      break;
    default:
      break;
  }
};
