// pg-types, which pg reads results with: https://github.com/brianc/node-pg-types. Values come as PostgreSQL's text.
(function (kit, module) {
  'use strict';

  const parseDate = (text) => {
    const match = /^(\d{1,})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2})(\.\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?(?::?\d{2})?)?( BC)?$/.exec(text);
    if (!match) return text === 'infinity' ? Infinity : text === '-infinity' ? -Infinity : null;
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone, bc] = match;
    const parts = [bc ? 1 - Number(year) : Number(year), month - 1, Number(day), Number(hour), Number(minute), Number(second), Math.floor(Number(fraction) * 1000)];
    if (zone === undefined) {
      const local = new Date(0, 0, 1, ...parts.slice(3));
      local.setFullYear(parts[0], parts[1], parts[2]);
      return local;
    }
    const date = new Date(Date.UTC(...parts));
    date.setUTCFullYear(parts[0], parts[1], parts[2]);
    if (zone === 'Z') return date;
    const [hours, minutes = '0', seconds = '0'] = zone.slice(1).match(/\d{2}/g);
    const offset = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
    return new Date(date.getTime() - (zone[0] === '-' ? -offset : offset));
  };
  const parseBytes = (text) => (text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text, 'latin1'));
  const parseBool = (text) => text === 't' || text === 'true';
  const parseInteger = (text) => Number.parseInt(text, 10);
  const parsePoint = (text) => {
    const [x, y] = text.slice(1, -1).split(',').map(Number);
    return { x, y };
  };
  const parseInterval = (text) => {
    const interval = {};
    const units = { year: 'years', mon: 'months', day: 'days' };
    for (const [, amount, unit] of text.matchAll(/([+-]?\d+) (year|mon|day)s?/g)) interval[units[unit]] = Number(amount);
    const time = /([+-]?)(\d+):(\d{2}):(\d{2})(\.\d+)?$/.exec(text);
    if (time) {
      const sign = time[1] === '-' ? -1 : 1;
      const values = { hours: Number(time[2]), minutes: Number(time[3]), seconds: Number(time[4]), milliseconds: Number(time[5] ?? 0) * 1000 };
      for (const [name, value] of Object.entries(values)) if (value) interval[name] = sign * value;
    }
    return interval;
  };

  /** Reads PostgreSQL's array text: {a,"b c",NULL,{…}}. */
  const parseArray = (text, parse) => {
    let at = text.indexOf('{');
    const read = () => {
      const items = [];
      at++;
      while (text[at] !== '}') {
        if (text[at] === '{') {
          items.push(read());
        } else if (text[at] === '"') {
          let item = '';
          for (at++; text[at] !== '"'; at++) item += text[at] === '\\' ? text[++at] : text[at];
          at++;
          items.push(parse(item));
        } else {
          const start = at;
          while (text[at] !== ',' && text[at] !== '}') {
            if (at >= text.length) throw new Error('Malformed array literal');
            at++;
          }
          const item = text.slice(start, at);
          items.push(item === 'NULL' ? null : parse(item));
        }
        if (text[at] === ',') at++;
        else if (text[at] !== '}') throw new Error('Malformed array literal');
      }
      at++;
      return items;
    };
    return read();
  };

  const text = (value) => value;
  const parsers = new Map([
    [16, parseBool], [17, parseBytes], [21, parseInteger], [23, parseInteger], [26, parseInteger],
    [114, JSON.parse], [3802, JSON.parse], [600, parsePoint], [700, Number.parseFloat], [701, Number.parseFloat],
    [1082, parseDate], [1114, parseDate], [1184, parseDate], [1186, parseInterval],
  ]);
  // int8 and numeric stay strings in arrays too, except numeric[], which node-postgres reads as floats.
  const arrays = [
    [1000, parseBool], [1001, parseBytes], [1005, parseInteger], [1007, parseInteger], [1028, parseInteger], [1016, text],
    [1021, Number.parseFloat], [1022, Number.parseFloat], [1231, Number.parseFloat], [1009, text], [1015, text], [1014, text],
    [1002, text], [1003, text], [2951, text], [1041, text], [651, text], [1040, text], [1182, parseDate], [1115, parseDate], [1185, parseDate],
    [199, JSON.parse], [3807, JSON.parse], [1187, parseInterval], [1017, parsePoint],
  ];
  for (const [oid, parse] of arrays) parsers.set(oid, (value) => parseArray(value, parse));

  module.exports = {
    builtins: {
      BOOL: 16, BYTEA: 17, CHAR: 18, INT8: 20, INT2: 21, INT4: 23, TEXT: 25, OID: 26, JSON: 114, FLOAT4: 700, FLOAT8: 701,
      VARCHAR: 1043, DATE: 1082, TIME: 1083, TIMESTAMP: 1114, TIMESTAMPTZ: 1184, INTERVAL: 1186, NUMERIC: 1700, UUID: 2950, JSONB: 3802,
    },
    getTypeParser: (oid) => parsers.get(oid) ?? text,
    setTypeParser: (oid, format, parse) => { parsers.set(oid, parse ?? format); },
    arrayParser: { create: (value, parse) => ({ parse: () => parseArray(value, parse ?? text) }) },
  };
})
