// request: the response, its body, and where it leads on.
(function (kit, require, parts) {
  'use strict';
  const url = require('url');
  const zlib = require('zlib');
  // The original's limit is 10; here it is that of all HTTP from scripts.
  const mostRedirects = 5;

  const responseMethods = {
    _onResponse(response) {
      if (this._aborted) {
        response.resume();
        return;
      }
      this.response = response;
      response.request = this;
      response.toJSON = function toJSON() { return { statusCode: this.statusCode, body: this.body, headers: this.headers, request: this.request.toJSON() }; };
      const find = (name) => Object.keys(response.headers).find((each) => each === name.toLowerCase());
      response.caseless = { dict: response.headers, has: (name) => find(name) ?? false, get: (name) => response.headers[find(name)] };
      if (this._jar) for (const cookie of response.headers['set-cookie'] ?? []) this._jar.setCookie(cookie, this.uri.href);
      if (this._follow(response)) return;
      response.once('end', () => { this._ended = true; });
      const hasBody = this.method !== 'HEAD' && ![204, 304].includes(response.statusCode);
      const encoding = (this.gzip && hasBody && response.headers['content-encoding']?.trim().toLowerCase()) || 'identity';
      const content = encoding === 'gzip' ? response.pipe(zlib.createGunzip()) : encoding === 'deflate' ? response.pipe(zlib.createInflate()) : response;
      if (this.encoding) content.setEncoding(this.encoding);
      if (this._paused) content.pause();
      this.responseContent = content;
      if (this.timing) {
        const total = Date.now() - this.startTime;
        response.elapsedTime = this.elapsedTime = this.elapsedTime + total;
        response.timings = { socket: 0, lookup: 0, connect: 0, response: total, end: total };
        response.timingPhases = { wait: 0, dns: 0, tcp: 0, firstByte: total, download: 0, total };
      }
      this.emit('response', response);
      for (const target of this.dests) this.pipeDest(target);
      content.on('data', (chunk) => {
        this._destdata = true;
        this.emit('data', chunk);
      });
      content.once('end', () => this.emit('end'));
      content.on('error', (error) => this.emit('error', error));
      content.on('close', () => this.emit('close'));
      if (this.callback) this._readBody(response);
      else this.on('end', () => { if (!this._aborted) this.emit('complete', response); });
    },

    _readBody(response) {
      const chunks = [];
      this.on('data', (chunk) => chunks.push(chunk));
      this.on('end', () => {
        if (this._aborted) return;
        if (typeof chunks[0] === 'string') response.body = chunks.join('').replace(/^\ufeff/, this.encoding === 'utf8' ? '' : '\ufeff');
        else if (chunks.length) {
          const bytes = kit.BufferClass.concat(chunks);
          response.body = this.encoding === null ? bytes : bytes.toString(this.encoding);
        }
        if (this._json) {
          try {
            response.body = JSON.parse(response.body, this._jsonReviver);
          } catch {
            // As the original: what is no JSON stays text.
          }
        }
        if (response.body === undefined && !this._json) response.body = this.encoding === null ? kit.BufferClass.alloc(0) : '';
        this.emit('complete', response, response.body);
      });
    },

    /** Asks again where the response says so, and says whether it did. */
    _follow(response) {
      const state = this._redirect;
      const { statusCode: status, headers: { location } } = response;
      let target;
      if (status >= 300 && status < 400 && location !== undefined) {
        if (state.all || (state.follow && !['PATCH', 'PUT', 'POST', 'DELETE'].includes(this.method))) target = location;
      } else if (status === 401) {
        const header = this._authAgain(response);
        if (header) {
          this.setHeader('authorization', header);
          target = this.uri.href;
        }
      }
      if (!target || !state.allows.call(this, response)) return false;
      response.resume();
      if (state.redirectsFollowed >= Math.min(state.most, mostRedirects)) {
        this.emit('error', new Error(`Exceeded maxRedirects. Probably stuck in a redirect loop ${this.uri.href}`));
        return false;
      }
      state.redirectsFollowed += 1;
      const previous = this.uri;
      const next = /^https?:/.test(target) ? target : url.resolve(previous.href, target);
      this.uri = url.parse(next);
      if (this.uri.protocol !== previous.protocol) delete this.agent;
      state.redirects.push({ statusCode: status, redirectUri: next });
      const keeps = status === 401 || status === 307;
      if (state.all && this.method !== 'HEAD' && !keeps && !state.keepMethod) this.method = 'GET';
      for (const name of ['src', 'req', '_started']) delete this[name];
      if (!keeps) {
        delete this.body;
        delete this._form;
        for (const name of ['host', 'content-type', 'content-length']) this.removeHeader(name);
        if (this.uri.hostname !== previous.hostname) {
          for (const name of ['authorization', 'cookie']) this.removeHeader(name);
        }
      }
      if (!state.noReferer) this.setHeader('referer', previous.href);
      this.emit('redirect');
      this.init();
      return true;
    },
  };

  return { responseMethods };
})
