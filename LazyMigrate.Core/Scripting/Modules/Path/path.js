// Node's path: https://nodejs.org/api/path.html. `path.win32` knows drives and both slashes; network shares it does not.
(function (kit, module, require) {
  'use strict';
  const { checkString, invalidType } = require('internal/errors');

  function make(sep, delimiter, isWindows) {
    const isSlash = (c) => c === '/' || (isWindows && c === '\\');
    const splitter = isWindows ? /[\\/]/ : /\//;
    const rootOf = (path) => {
      const drive = isWindows ? /^[A-Za-z]:/.exec(path)?.[0] ?? '' : '';
      return { drive, isAbsolute: isSlash(path[drive.length]) };
    };
    const trimmed = (path, lowest) => {
      let end = path.length;
      while (end > lowest && isSlash(path[end - 1])) end--;
      return path.slice(0, end);
    };

    function collapse(text, keepsUp) {
      const kept = [];
      for (const part of text.split(splitter)) {
        if (part === '' || part === '.') continue;
        if (part !== '..') kept.push(part);
        else if (kept.length && kept.at(-1) !== '..') kept.pop();
        else if (keepsUp) kept.push('..');
      }
      return kept.join(sep);
    }

    const path = {
      sep,
      delimiter,
      normalize(given) {
        checkString(given, 'path');
        if (given === '') return '.';
        const { drive, isAbsolute } = rootOf(given);
        let rest = collapse(given.slice(drive.length), !isAbsolute);
        if (rest === '' && !isAbsolute) rest = '.';
        if (rest !== '' && isSlash(given.at(-1)) && given.length > drive.length + 1) rest += sep;
        return `${drive}${isAbsolute ? sep : ''}${rest}`.replace(/^\/\/$/, '/');
      },
      join(...parts) {
        for (const part of parts) checkString(part, 'path');
        const joined = parts.filter(Boolean).join(sep);
        return joined === '' ? '.' : path.normalize(joined);
      },
      resolve(...parts) {
        let resolved = '';
        let drive = '';
        let isAbsolute = false;
        for (let i = parts.length - 1; i >= -1 && !isAbsolute; i--) {
          const part = i >= 0 ? parts[i] : isWindows ? 'C:\\' : process.cwd();
          checkString(part, `paths[${i}]`);
          if (part === '') continue;
          const root = rootOf(part);
          drive ||= root.drive;
          resolved = `${part.slice(root.drive.length)}${sep}${resolved}`;
          isAbsolute = root.isAbsolute;
        }
        const rest = collapse(resolved, !isAbsolute);
        return `${drive}${isAbsolute ? sep : ''}${rest}` || '.';
      },
      isAbsolute(given) {
        checkString(given, 'path');
        return rootOf(given).isAbsolute;
      },
      relative(from, to) {
        checkString(from, 'from');
        checkString(to, 'to');
        const [a, b] = [from, to].map((each) => path.resolve(each).split(splitter).filter(Boolean));
        const same = (x, y) => (isWindows ? x?.toLowerCase() === y?.toLowerCase() : x === y);
        let common = 0;
        while (common < a.length && common < b.length && same(a[common], b[common])) common++;
        return [...a.slice(common).map(() => '..'), ...b.slice(common)].join(sep);
      },
      dirname(given) {
        checkString(given, 'path');
        if (given === '') return '.';
        const { drive, isAbsolute } = rootOf(given);
        const lowest = drive.length + (isAbsolute ? 1 : 0);
        const bare = trimmed(given, lowest);
        let end = bare.length;
        while (end > lowest && !isSlash(bare[end - 1])) end--;
        const dir = trimmed(bare.slice(0, end), lowest);
        return dir === '' ? '.' : dir;
      },
      basename(given, suffix) {
        if (suffix !== undefined) checkString(suffix, 'suffix');
        checkString(given, 'path');
        const name = trimmed(given.slice(rootOf(given).drive.length), 0).split(splitter).at(-1);
        return suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
      },
      extname(given) {
        checkString(given, 'path');
        const name = path.basename(given);
        const at = name.lastIndexOf('.');
        return at <= 0 || name === '..' ? '' : name.slice(at);
      },
      parse(given) {
        checkString(given, 'path');
        const { drive, isAbsolute } = rootOf(given);
        const root = given.slice(0, drive.length + (isAbsolute ? 1 : 0));
        const base = path.basename(given);
        const ext = path.extname(given);
        const dir = path.dirname(given);
        return { root, dir: dir === '.' && !given.startsWith('.') ? root : dir === '.' && !given.slice(1).split(splitter)[1] ? (given.includes(sep) && given !== './' ? '.' : '') : dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
      },
      format(given) {
        if (typeof given !== 'object' || given === null) throw invalidType('pathObject', 'of type object', given);
        const dir = given.dir || given.root;
        const base = given.base || `${given.name || ''}${given.ext ? (given.ext.startsWith('.') ? given.ext : `.${given.ext}`) : ''}`;
        if (!dir) return base;
        return dir === given.root ? `${dir}${base}` : `${dir}${sep}${base}`;
      },
      toNamespacedPath: (given) => given,
    };
    return path;
  }

  const posix = make('/', ':', false);
  const win32 = make('\\', ';', true);
  for (const path of [posix, win32]) Object.assign(path, { posix, win32 });
  module.exports = posix;
})
