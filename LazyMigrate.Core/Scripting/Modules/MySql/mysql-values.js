// What mysql and mysql2 share: values into SQL text, and MySQL's text into values.
(function (kit) {
  'use strict';
  const types = {
    DECIMAL: 0, TINY: 1, SHORT: 2, LONG: 3, FLOAT: 4, DOUBLE: 5, NULL: 6, TIMESTAMP: 7, LONGLONG: 8, INT24: 9, DATE: 10, TIME: 11,
    DATETIME: 12, YEAR: 13, NEWDATE: 14, VARCHAR: 15, BIT: 16, JSON: 245, NEWDECIMAL: 246, ENUM: 247, SET: 248, TINY_BLOB: 249,
    MEDIUM_BLOB: 250, LONG_BLOB: 251, BLOB: 252, VAR_STRING: 253, STRING: 254, GEOMETRY: 255,
  };
  const typeNames = Object.fromEntries(Object.entries(types).map(([name, code]) => [code, name]));
  const binaryCharset = 63;

  // The host part takes NO_BACKSLASH_ESCAPES off every session, so that these escapes always mean what they say.
  const escapes = { '\0': '\\0', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\x1a': '\\Z', '"': '\\"', "'": "\\'", '\\': '\\\\' };
  // eslint-disable-next-line no-control-regex
  const quote = (text) => `'${String(text).replace(/[\0\b\t\n\r\x1a"'\\]/g, (character) => escapes[character])}'`;
  const pad = (number, length) => String(number).padStart(length, '0');

  function zoneMinutes(zone) {
    if (zone === 'Z') return 0;
    const match = /([+\-\s])(\d\d):?(\d\d)?/.exec(zone);
    return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) : 0;
  }

  function dateText(date, zone) {
    if (Number.isNaN(date.getTime())) return 'NULL';
    const local = zone === 'local';
    const at = local ? date : new Date(date.getTime() + zoneMinutes(zone) * 60_000);
    const [year, month, day, hour, minute, second, millisecond] = local
      ? [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes(), at.getSeconds(), at.getMilliseconds()]
      : [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds(), at.getUTCMilliseconds()];
    return quote(`${pad(year, 4)}-${pad(month + 1, 2)}-${pad(day, 2)} ${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(millisecond, 3)}`);
  }

  /** End of the quoted text or comment that begins at a position, or -1 where none begins. */
  function endOfQuoted(sql, start) {
    const first = sql[start];
    if (first === "'" || first === '"' || first === '`') {
      for (let at = start + 1; at < sql.length; at++) {
        if (sql[at] === '\\' && first !== '`') at++;
        else if (sql[at] === first) return at + 1;
      }
      return sql.length;
    }
    const line = first === '#' || /^--(?:\s|$)/.test(sql.slice(start, start + 3));
    if (line) {
      const end = sql.indexOf('\n', start);
      return end < 0 ? sql.length : end + 1;
    }
    if (first === '/' && sql[start + 1] === '*' && sql[start + 2] !== '!' && sql[start + 2] !== '+') {
      const end = sql.indexOf('*/', start + 2);
      return end < 0 ? sql.length : end + 2;
    }
    return -1;
  }

  /** The SQL with what is quoted and commented blanked out: placeholders and keywords are looked for there. */
  function outline(sql) {
    if (!/['"`#]|--|\/\*/.test(sql)) return sql;
    let result = '';
    for (let at = 0; at < sql.length;) {
      const end = endOfQuoted(sql, at);
      result += end < 0 ? sql[at] : '_'.repeat(end - at);
      at = end < 0 ? at + 1 : end;
    }
    return result;
  }

  // mysql2 expands an object only where assignments stand: behind SET or ON DUPLICATE KEY UPDATE, or a comma of theirs.
  function standsForAssignments(before) {
    const list = /(?:^|\W)(?:set|key\s+update)(?!\w)((?:(?!(?:\W|^)(?:set|key\s+update)(?!\w))[^])*)$/i.exec(before)?.[1];
    if (list === undefined || /\b(?:where|order|group|having|limit|union|returning|into|for|lock|offset|window|procedure|on)\b|;/i.test(list)) return false;
    const depth = list.split('(').length - list.split(')').length;
    return depth === 0 && /^\s*$|,\s*$/.test(list);
  }

  // mysql expands an object everywhere, also behind an operator, where `password = ?` with { password: 1 } becomes a
  // condition that is always true. Nobody means that: there it is a string, as with `stringifyObjects`.
  function standsForValue(before) {
    if (/[=<>!+\-*/%|&^(]\s*$|\b(?:like|rlike|regexp|in|between|and\s+not|not|is|div|mod|xor|values)\s*$/i.test(before)) return true;
    return /,\s*$/.test(before) && before.split('(').length > before.split(')').length;
  }

  /** The two dialects of escaping: sqlstring's (mysql) and sql-escaper's (mysql2). */
  function sqlTextOf(dialect) {
    const modern = dialect === 'mysql2';

    function escapeId(value, forbidQualified) {
      if (Array.isArray(value)) return value.map((each) => escapeId(each, forbidQualified)).join(', ');
      const quoted = `\`${String(value).replace(/`/g, '``')}\``;
      return forbidQualified || (modern && quoted.includes('->')) ? quoted : quoted.replace(/\./g, '`.`');
    }

    function list(values, zone) {
      return Array.from(values, (value) => {
        const nested = Array.isArray(value) || (modern && value instanceof Set);
        return nested ? `(${list(value, zone)})` : escape(value, true, zone);
      }).join(', ');
    }

    function assignments(object, zone) {
      const entries = modern && object instanceof Map ? [...object] : Object.entries(object);
      return entries.filter(([, value]) => typeof value !== 'function')
        .map(([name, value]) => `${escapeId(String(name))} = ${escape(value, true, zone)}`).join(', ');
    }

    function escape(value, stringifyObjects, zone) {
      if (value === undefined || value === null) return 'NULL';
      switch (typeof value) {
        case 'boolean':
        case 'number':
          return String(value);
        case 'bigint':
          return modern ? String(value) : quote(value);
        case 'object':
          if (value instanceof Date) return dateText(value, zone || 'local');
          if (Array.isArray(value) || (modern && value instanceof Set)) return list(value, zone);
          if (Buffer.isBuffer(value) || (modern && value instanceof Uint8Array)) return `X'${Buffer.from(value).toString('hex')}'`;
          if (typeof value.toSqlString === 'function') return String(value.toSqlString());
          return stringifyObjects ? quote(value) : assignments(value, zone);
        default:
          return quote(value);
      }
    }

    function expands(value, before) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
      return modern ? standsForAssignments(before) : !standsForValue(before);
    }

    function format(sql, values, stringifyObjects, zone) {
      if (values === undefined || values === null) return sql;
      const left = Array.isArray(values) ? [...values] : [values];
      const bare = outline(sql);
      let result = '';
      let from = 0;
      for (const { 0: { length }, index } of bare.matchAll(/\?+/g)) {
        if (left.length === 0) break;
        if (length > 2) continue;
        const value = left.shift();
        const text = length === 2 ? escapeId(value) : escape(value, stringifyObjects || !expands(value, bare.slice(0, index)), zone);
        result += sql.slice(from, index) + text;
        from = index + length;
      }
      return result + sql.slice(from);
    }

    function raw(sql) {
      if (typeof sql !== 'string') throw new TypeError('argument sql must be a string');
      return { toSqlString: () => sql };
    }

    return { escape, escapeId, format, raw };
  }

  /** A geometry: https://dev.mysql.com/doc/refman/8.0/en/gis-data-formats.html, with the four bytes of the SRID before the WKB. */
  function readGeometry(bytes) {
    if (bytes === null || bytes.length === 0) return null;
    let at = 4;
    const read = () => {
      const little = bytes.readUInt8(at) === 1;
      const number = () => { at += 4; return little ? bytes.readUInt32LE(at - 4) : bytes.readUInt32BE(at - 4); };
      const double = () => { at += 8; return little ? bytes.readDoubleLE(at - 8) : bytes.readDoubleBE(at - 8); };
      const point = () => ({ x: double(), y: double() });
      const many = (each) => Array.from({ length: number() }, each);
      at += 1;
      switch (number()) {
        case 1: return point();
        case 2: return many(point);
        case 3: return many(() => many(point));
        default: return many(read);
      }
    };
    return read();
  }

  const bytesOf = (cell) => (cell === null ? null : typeof cell === 'string' ? Buffer.from(cell) : kit.fromBase64(cell.b));
  const textOf = (cell) => (cell === null || typeof cell === 'string' ? cell : kit.fromBase64(cell.b).toString());

  /** Reads one result's rows. A cell is MySQL's text, { b: base64 } for bytes, or null. */
  function readRows(result, fields, options, readCell) {
    const { typeCast, nestTables, rowsAsArray } = options;
    return result.rows.map((cells) => {
      const row = rowsAsArray ? [] : options.row();
      fields.forEach((field, i) => {
        const cell = cells[i];
        let value;
        if (typeof typeCast === 'function') {
          const wrapped = options.wrap(field, {
            string: () => textOf(cell),
            buffer: () => bytesOf(cell),
            geometry: () => readGeometry(bytesOf(cell)),
          });
          value = typeCast(wrapped, () => readCell(field, cell));
        } else {
          value = typeCast === false ? options.uncast(field, cell) : readCell(field, cell);
        }
        if (typeof nestTables === 'string' && nestTables !== '') row[`${field.table}${nestTables}${field.name}`] = value;
        else if (nestTables) (row[field.table] ??= {})[field.name] = value;
        else if (rowsAsArray) row.push(value);
        else row[field.name] = value;
      });
      return row;
    });
  }

  const typeMatch = (type, given) => (Array.isArray(given) ? given.includes(typeNames[type]) : Boolean(given));

  return { types, typeNames, binaryCharset, sqlTextOf, readGeometry, readRows, bytesOf, textOf, typeMatch };
})
