// Node's streams: which events come, in which order, and what the state says meanwhile.
module.exports = async (check) => {
  const stream = require('stream');
  const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished } = stream;
  const settle = () => new Promise((resolve) => { setTimeout(resolve, 15); });

  /** Notes the events of a stream, with text for data. */
  const watch = (seen, each, name = '') => {
    for (const event of ['data', 'readable', 'end', 'finish', 'prefinish', 'drain', 'pipe', 'unpipe', 'pause', 'resume', 'error', 'close']) {
      if (event === 'data' || event === 'readable') continue;
      each.on(event, (value) => seen.push(`${name}${event}${event === 'error' ? ` ${value.code ?? value.message}` : ''}`));
    }
    return each;
  };
  const reader = (chunks, options) => {
    const left = [...chunks];
    return new Readable({ ...options, read() { this.push(left.length ? left.shift() : null); } });
  };
  const sink = (seen, options) => new Writable({ write(chunk, encoding, done) { seen.push(`write ${chunk}`); done(); }, ...options });

  for (const highWaterMark of [0, 1, 3, 16384]) {
    await check(`data, highWaterMark ${highWaterMark}`, async () => {
      const seen = [];
      watch(seen, reader(['ab', 'cd'], { highWaterMark })).on('data', (chunk) => seen.push(`data ${chunk}`));
      await settle();
      return seen;
    });
    await check(`readable, highWaterMark ${highWaterMark}`, async () => {
      const seen = [];
      const from = watch(seen, reader(['ab', 'cd'], { highWaterMark }));
      from.on('readable', () => { let chunk; while ((chunk = from.read()) !== null) seen.push(`read ${chunk}`); });
      await settle();
      return seen;
    });
    await check(`for await, highWaterMark ${highWaterMark}`, async () => {
      const seen = [];
      const from = watch(seen, reader(['ab', 'cd'], { highWaterMark }));
      for await (const chunk of from) seen.push(`chunk ${chunk}`);
      await settle();
      return [seen.filter((each) => /chunk/.test(each)), seen.length > 3, from.destroyed, from.readableEnded];
    });
    await check(`write, highWaterMark ${highWaterMark}`, async () => {
      const seen = [];
      const to = watch(seen, sink(seen, { highWaterMark }));
      seen.push(to.write('ab'), to.write('c'));
      await settle();
      to.end('d', () => seen.push('ended'));
      await settle();
      return seen;
    });
  }

  await check('pipe', async () => {
    const seen = [];
    const to = watch(seen, sink(seen), 'to ');
    seen.push(watch(seen, reader(['a', 'b']), 'from ').pipe(to) === to);
    await settle();
    return seen.filter((each) => !/pause|resume/.test(each));
  });
  await check('pipe without end', async () => {
    const seen = [];
    reader(['a']).pipe(watch(seen, sink(seen)), { end: false });
    await settle();
    return seen;
  });
  await check('unpipe', async () => {
    const seen = [];
    const from = new Readable({ read() {} });
    const to = watch(seen, sink(seen));
    from.pipe(to);
    from.push('a');
    await settle();
    from.unpipe(to);
    from.push('b');
    await settle();
    return [seen, from.readableFlowing, from.readableLength];
  });
  await check('pipe with back pressure', async () => {
    const seen = [];
    const to = new Writable({ highWaterMark: 1, write(chunk, encoding, done) { seen.push(String(chunk)); setTimeout(done, 1); } });
    reader(['a', 'b', 'c']).pipe(to);
    await new Promise((resolve) => { to.on('finish', resolve); });
    return seen;
  });

  await check('pause and resume', async () => {
    const seen = [];
    const from = watch(seen, new Readable({ read() {} }));
    from.on('data', (chunk) => seen.push(`data ${chunk}`));
    from.push('a');
    await settle();
    from.pause();
    from.push('b');
    await settle();
    seen.push(from.isPaused(), from.readableFlowing, from.readableLength);
    from.resume();
    await settle();
    return [seen, from.isPaused(), from.readableFlowing];
  });
  await check('resume without listeners', async () => {
    const seen = [];
    watch(seen, reader(['a'])).resume();
    await settle();
    return seen;
  });
  await check('read(n)', async () => {
    const from = reader(['abcdef']);
    await new Promise((resolve) => { from.once('readable', resolve); });
    const first = [from.read(2), from.read(1), from.readableLength, from.read(10), from.readableLength];
    await settle();
    return [first.map((each) => (Buffer.isBuffer(each) ? String(each) : each)), String(from.read())];
  });
  await check('unshift', async () => {
    const seen = [];
    const from = reader(['cd']);
    from.once('readable', () => {
      from.unshift('ab');
      from.on('data', (chunk) => seen.push(String(chunk)));
      from.resume();
    });
    await settle();
    return seen.join('');
  });
  await check('setEncoding', async () => {
    const seen = [];
    const from = reader([Buffer.from([0xe2, 0x82]), Buffer.from([0xac])]);
    from.setEncoding('utf8');
    from.on('data', (chunk) => seen.push(chunk));
    await settle();
    return [seen, from.readableEncoding];
  });
  await check('push after end', async () => {
    const seen = [];
    const from = watch(seen, new Readable({ read() {} }));
    from.push(null);
    from.push('x');
    from.resume();
    await settle();
    return seen.filter((each) => each !== 'resume');
  });
  await check('push of a number', async () => {
    const seen = [];
    const from = watch(seen, new Readable({ read() {} }));
    try { from.push(5); } catch (error) { seen.push(error.code); }
    await settle();
    return seen;
  });
  await check('read throws', async () => {
    const seen = [];
    watch(seen, new Readable({ read() { throw new Error('boom'); } })).resume();
    await settle();
    return seen.filter((each) => each !== 'resume');
  });
  await check('read is missing', async () => {
    const seen = [];
    watch(seen, new Readable()).resume();
    await settle();
    return seen.filter((each) => each !== 'resume');
  });

  for (const error of [undefined, new Error('why')]) {
    for (const make of [() => new Readable({ read() {} }), () => sink([]), () => new PassThrough(), () => new Duplex({ read() {}, write(chunk, encoding, done) { done(); }, destroy(failure, done) { setTimeout(done, 1, failure); } })]) {
      await check(`destroy(${error?.message ?? ''})`, async () => {
        const seen = [];
        const each = watch(seen, make());
        seen.push(each.destroy(error) === each, each.destroyed, each.closed);
        each.destroy(new Error('again'));
        await settle();
        return [seen, each.destroyed, each.closed, each.errored?.message ?? null, each.readable ?? null, each.writable ?? null];
      });
    }
  }
  await check('write after end', async () => {
    const seen = [];
    const to = watch(seen, sink(seen));
    to.end();
    seen.push(to.write('x', (error) => seen.push(`called back ${error.code}`)));
    await settle();
    return seen;
  });
  await check('write after destroy', async () => {
    const seen = [];
    const to = watch(seen, sink(seen));
    to.destroy();
    seen.push(to.write('x', (error) => seen.push(`called back ${error.code}`)));
    await settle();
    return seen;
  });
  await check('end twice', async () => {
    const seen = [];
    const to = watch(seen, sink(seen));
    to.end('a', () => seen.push('first'));
    await settle();
    to.end((error) => seen.push(`second ${error.code}`));
    await settle();
    return seen;
  });
  await check('write fails', async () => {
    const seen = [];
    const to = watch(seen, new Writable({ write(chunk, encoding, done) { done(new Error('boom')); } }));
    to.write('a', (error) => seen.push(`called back ${error.message}`));
    await settle();
    return [seen, to.destroyed, to.writable, to.errored.message];
  });
  await check('final fails', async () => {
    const seen = [];
    const to = watch(seen, sink(seen, { final(done) { done(new Error('boom')); } }));
    to.end('a', (error) => seen.push(`called back ${error?.message}`));
    await settle();
    return seen;
  });
  await check('object mode', async () => {
    const seen = [];
    const to = new Writable({ objectMode: true, write(chunk, encoding, done) { seen.push([chunk, encoding]); done(); } });
    to.write({ a: 1 });
    to.write('x');
    to.end(0);
    await settle();
    return seen;
  });
  await check('decodeStrings off', async () => {
    const seen = [];
    const to = new Writable({ decodeStrings: false, defaultEncoding: 'latin1', write(chunk, encoding, done) { seen.push([chunk, encoding]); done(); } });
    to.write('a');
    to.write('b', 'hex');
    to.end(Buffer.from('c'));
    await settle();
    return seen;
  });
  await check('writev', async () => {
    const seen = [];
    const to = new Writable({ writev(chunks, done) { seen.push(chunks.map(({ chunk }) => String(chunk))); done(); } });
    to.end('a');
    await settle();
    return seen;
  });
  await check('construct is called before anything is read or written', async () => {
    const seen = [];
    const to = sink(seen, { construct(done) { seen.push('construct'); setTimeout(done, 1); } });
    to.end('a');
    await settle();
    const from = new Readable({ construct(done) { seen.push('construct'); setTimeout(done, 1); }, read() { seen.push('read'); this.push(null); } });
    from.resume();
    await settle();
    return seen;
  });

  await check('transform', async () => {
    const seen = [];
    const through = watch(seen, new Transform({ transform(chunk, encoding, done) { this.push(String(chunk)); done(null, String(chunk).toUpperCase()); }, flush(done) { done(null, '!'); } }));
    through.on('data', (chunk) => seen.push(`data ${chunk}`));
    through.write('a');
    through.end('b');
    await settle();
    return seen.filter((each) => each !== 'resume');
  });
  await check('transform fails', async () => {
    const seen = [];
    const through = watch(seen, new Transform({ transform(chunk, encoding, done) { done(new Error('boom')); } }));
    through.resume();
    through.end('b');
    await settle();
    return seen.filter((each) => each !== 'resume');
  });
  await check('transform of a class', async () => {
    class Upper extends Transform {
      _transform(chunk, encoding, done) { done(null, String(chunk).toUpperCase()); }
    }
    const chunks = [];
    const upper = new Upper({ encoding: 'utf8' });
    upper.end('abc');
    for await (const chunk of upper) chunks.push(chunk);
    return chunks;
  });
  await check('duplex halves', async () => {
    const seen = [];
    const both = watch(seen, new Duplex({ allowHalfOpen: false, read() { this.push(null); }, write(chunk, encoding, done) { done(); } }));
    both.resume();
    await settle();
    return [seen.filter((each) => each !== 'resume'), both.destroyed];
  });
  await check('pass-through keeps what is written before it is read', async () => {
    const through = new PassThrough();
    through.write('a');
    through.end('b');
    await settle();
    return [through.readableLength, String(through.read()), through.writableFinished, through.readableEnded];
  });

  await check('pipeline', async () => {
    const seen = [];
    await new Promise((resolve) => { pipeline(reader(['a', 'b']), new PassThrough(), sink(seen), (error) => { seen.push(`done ${error}`); resolve(); }); });
    return seen;
  });
  await check('pipeline fails', async () => {
    const from = reader(['a', 'b']);
    const to = sink([]);
    const error = await new Promise((resolve) => { pipeline(from, new Transform({ transform(chunk, encoding, done) { done(new Error('boom')); } }), to, resolve); });
    await settle();
    return [error.message, from.destroyed, to.destroyed];
  });
  await check('pipeline of generators', async () => {
    const seen = [];
    await stream.promises.pipeline(async function* () { yield 'a'; yield 'b'; }, async function* (source) { for await (const chunk of source) yield String(chunk).toUpperCase(); }, sink(seen));
    return seen;
  });
  await check('pipeline gives a value', () => stream.promises.pipeline(reader(['a', 'b']), async (source) => { let text = ''; for await (const chunk of source) text += chunk; return text; }));
  await check('pipeline to a destroyed stream', async () => {
    const to = sink([]);
    to.destroy();
    return new Promise((resolve) => { pipeline(reader(['a']), to, (error) => resolve(error.code)); });
  });
  await check('finished', async () => {
    const seen = [];
    const to = sink([]);
    finished(to, (error) => seen.push(error ?? 'ended'));
    finished(reader(['x']).resume(), { writable: false }, (error) => seen.push(error ?? 'read'));
    const left = new Readable({ read() {} });
    finished(left, (error) => seen.push(error.code));
    left.destroy();
    to.end();
    await settle();
    return seen.sort();
  });
  await check('finished of what has ended', async () => {
    const to = sink([]);
    to.end();
    await settle();
    return new Promise((resolve) => { finished(to, (error) => resolve(error ?? 'ended')); });
  });
  await check('leaving for await', async () => {
    const from = reader(['a', 'b', 'c']);
    for await (const chunk of from) { if (String(chunk) === 'a') break; }
    await settle();
    return from.destroyed;
  });
  await check('for await fails', async () => {
    const from = new Readable({ read() { setTimeout(() => this.destroy(new Error('late')), 1); } });
    try { for await (const chunk of from) return chunk; } catch (error) { return [error.message, from.destroyed]; }
  });
  await check('for await of what is destroyed', async () => {
    const from = new Readable({ read() {} });
    setTimeout(() => from.destroy(), 1);
    for await (const chunk of from) return chunk;
    return 'over';
  });
  await check('Readable.from', async () => {
    const all = [];
    for await (const chunk of Readable.from(['a', 1, { b: 2 }])) all.push(chunk);
    for await (const chunk of Readable.from('text')) all.push(chunk);
    for await (const chunk of Readable.from(Buffer.from('bytes'))) all.push(chunk);
    for await (const chunk of Readable.from((async function* () { yield 'x'; })())) all.push(chunk);
    return all;
  });
  await check('Readable.from fails', () => Readable.from((async function* () { yield 'x'; throw new Error('source'); })()).toArray());
  await check('Readable helpers', async () => [
    await Readable.from([1, 2, 3]).map((n) => n * 2).toArray(),
    await Readable.from([1, 2, 3]).filter((n) => n > 1).toArray(),
    await Readable.from([1, 2, 3]).reduce((sum, n) => sum + n, 0),
    await Readable.from([1, 2, 3]).take(2).toArray(),
    await Readable.from([1, 2, 3]).drop(2).toArray(),
    await Readable.from([1, 2, 3]).some((n) => n > 2),
    await Readable.from([1, 2, 3]).every((n) => n > 2),
    await Readable.from([1, 2, 3]).find((n) => n > 1),
    await Readable.from([1, 2]).flatMap((n) => [n, n]).toArray(),
  ]);
  await check('old streams', async () => {
    const old = new stream();
    const seen = [];
    old.pipe(sink(seen));
    old.emit('data', 'a');
    old.emit('end');
    await settle();
    return [seen, old instanceof require('events')];
  });
  await check('kinds', () => [new PassThrough() instanceof Writable, new PassThrough() instanceof Readable, new Readable() instanceof Writable, sink([]) instanceof Readable, Readable() instanceof Readable, typeof stream.addAbortSignal]);
  await check('abort signal', async () => {
    const controller = new AbortController();
    const seen = [];
    const from = watch(seen, new Readable({ read() {}, signal: controller.signal }));
    controller.abort();
    await settle();
    return [seen, from.destroyed];
  });
  await check('cork', async () => {
    const seen = [];
    const to = sink(seen);
    to.cork();
    to.write('a');
    seen.push('corked', to.writableCorked);
    to.uncork();
    to.end();
    await settle();
    return seen;
  });
};
