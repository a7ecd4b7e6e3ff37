// The classes that tell outcomes apart. The brand is set by the constructor and kept outside the object, so that
// neither a message nor a renamed class can pass for one.
const brands = new WeakMap();

function brandedError(name, brandOf, prepare) {
  const type = {
    [name]: class extends Error {
      constructor(...args) {
        super(prepare.message(args), prepare.options(args));
        weakSet(brands, this, brandOf(args));
        prepare.fields?.(this, args);
      }
    },
  }[name];
  defineProperty(type.prototype, 'name', { __proto__: null, value: name, writable: true, configurable: true });
  defineGlobal(name, type);
  return type;
}

const messageFirst = (fallback) => ({ message: (args) => args[0] ?? fallback, options: (args) => args[1] });
const messageSecond = (fallback, fields) => ({ message: (args) => args[1] ?? fallback, options: (args) => args[2], fields });

brandedError('UserNotFoundError', () => 'UserNotFound', messageFirst('There is no such user.'));
brandedError('WrongPasswordError', () => 'WrongPassword', messageFirst('The password is wrong.'));
brandedError('TemporaryError', () => 'Temporary', messageFirst('Not possible right now.'));
brandedError('UnauthorizedError', () => 'Unauthorized', messageFirst('Not allowed to sign in.'));
brandedError('PlaceholderError', () => 'Placeholder', messageFirst('This script has not been written yet.'));
brandedError('ValidationError', () => 'Validation', messageSecond('Not valid.', (error, args) => { error.code = args[0]; }));
brandedError(
  'WrongUsernameOrPasswordError',
  (args) => (args[0] ? 'WrongPassword' : 'UserNotFound'),
  messageSecond('The user name or the password is wrong.'));

class UnknownModuleError extends Error {
  constructor(name) {
    super(`Cannot find module '${name}'`);
    this.code = 'MODULE_NOT_FOUND';
    weakSet(brands, this, 'UnknownModule');
  }
}
defineProperty(UnknownModuleError.prototype, 'name', { __proto__: null, value: 'Error', writable: true, configurable: true });

const errorTextLength = 8192;

/** Text for the host: not longer than this, and without halves of surrogate pairs, which its JSON reader refuses. */
const hostText = (text) => toWellFormed(slice(text, 0, errorTextLength));

/** One field of whatever was thrown, as a string; what a getter throws here is nobody's business any more. */
function errorField(error, name) {
  try {
    const value = error[name];
    if (typeof value === 'string') return hostText(value);
    return typeof value === 'number' ? `${value}` : undefined;
  } catch {
    return undefined;
  }
}

/** Its brand, or that of the error it wraps as its cause. */
function brandOf(error) {
  for (let depth = 0; depth < 8 && typeof error === 'object' && error !== null; depth++) {
    const brand = weakGet(brands, error);
    if (brand) return brand;
    try {
      error = error.cause;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** Reads whatever was thrown, defensively: anything can be thrown, and reading it runs the script's code again. */
function describeThrown(error, loading) {
  const isObject = (typeof error === 'object' && error !== null) || typeof error === 'function';
  let message;
  if (isObject) message = errorField(error, 'message');
  else if (typeof error === 'symbol') message = 'a symbol';
  else message = hostText(`${error}`);
  return {
    __proto__: null,
    brand: isObject ? brandOf(error) : undefined,
    name: (isObject && errorField(error, 'name')) || 'Error',
    message: message ?? '',
    code: isObject ? errorField(error, 'code') : undefined,
    stack: isObject ? errorField(error, 'stack') : undefined,
    loading,
    calledBack: false,
  };
}
