// LDAP's result codes as error classes: http://ldapjs.org/errors.html.
(function (kit, module) {
  'use strict';
  const codes = {
    LDAP_SUCCESS: 0, LDAP_OPERATIONS_ERROR: 1, LDAP_PROTOCOL_ERROR: 2, LDAP_TIME_LIMIT_EXCEEDED: 3, LDAP_SIZE_LIMIT_EXCEEDED: 4, LDAP_COMPARE_FALSE: 5,
    LDAP_COMPARE_TRUE: 6, LDAP_AUTH_METHOD_NOT_SUPPORTED: 7, LDAP_STRONG_AUTH_REQUIRED: 8, LDAP_REFERRAL: 10, LDAP_ADMIN_LIMIT_EXCEEDED: 11,
    LDAP_UNAVAILABLE_CRITICAL_EXTENSION: 12, LDAP_CONFIDENTIALITY_REQUIRED: 13, LDAP_SASL_BIND_IN_PROGRESS: 14, LDAP_NO_SUCH_ATTRIBUTE: 16,
    LDAP_UNDEFINED_ATTRIBUTE_TYPE: 17, LDAP_INAPPROPRIATE_MATCHING: 18, LDAP_CONSTRAINT_VIOLATION: 19, LDAP_ATTRIBUTE_OR_VALUE_EXISTS: 20,
    LDAP_INVALID_ATTRIBUTE_SYNTAX: 21, LDAP_NO_SUCH_OBJECT: 32, LDAP_ALIAS_PROBLEM: 33, LDAP_INVALID_DN_SYNTAX: 34, LDAP_ALIAS_DEREF_PROBLEM: 36,
    LDAP_INAPPROPRIATE_AUTHENTICATION: 48, LDAP_INVALID_CREDENTIALS: 49, LDAP_INSUFFICIENT_ACCESS_RIGHTS: 50, LDAP_BUSY: 51, LDAP_UNAVAILABLE: 52,
    LDAP_UNWILLING_TO_PERFORM: 53, LDAP_LOOP_DETECT: 54, LDAP_SORT_CONTROL_MISSING: 60, LDAP_INDEX_RANGE_ERROR: 61, LDAP_NAMING_VIOLATION: 64,
    LDAP_OBJECTCLASS_VIOLATION: 65, LDAP_NOT_ALLOWED_ON_NON_LEAF: 66, LDAP_NOT_ALLOWED_ON_RDN: 67, LDAP_ENTRY_ALREADY_EXISTS: 68,
    LDAP_OBJECTCLASS_MODS_PROHIBITED: 69, LDAP_AFFECTS_MULTIPLE_DSAS: 71, LDAP_CONTROL_ERROR: 76, LDAP_OTHER: 80, LDAP_PROXIED_AUTHORIZATION_DENIED: 123,
  };

  class LDAPError extends Error {
    constructor(message, dn) {
      super();
      this.lde_message = message;
      this.lde_dn = dn;
    }

    get name() { return 'LDAPError'; }
    get code() { return codes.LDAP_OTHER; }
    get message() { return this.lde_message || this.name; }
    set message(message) { this.lde_message = message; }
    get dn() { return this.lde_dn ? String(this.lde_dn) : ''; }
  }
  const derive = (name, code) => {
    const type = { [name]: class extends LDAPError {} }[name];
    Object.defineProperty(type.prototype, 'name', { get: () => name });
    if (code !== undefined) Object.defineProperty(type.prototype, 'code', { get: () => code });
    return type;
  };

  const types = { LDAPError };
  const known = new Map();
  for (const [name, code] of Object.entries(codes)) {
    if (code === 0) continue;
    const words = name.split('_').slice(1).map((word) => word[0] + word.slice(1).toLowerCase());
    const className = /\w+Error$/.test(words.join('')) ? words.join('') : `${words.join('')}Error`;
    types[className] = derive(className, code);
    known.set(code, { type: types[className], message: words.join(' ') });
  }
  for (const name of ['ConnectionError', 'AbandonedError', 'TimeoutError']) types[name] = derive(name);

  /** The error of a result that is none of the expected ones. */
  function getError(result) {
    const found = known.get(result.status) ?? known.get(codes.LDAP_OTHER);
    return new found.type(result.errorMessage || found.message, result.matchedDN || null);
  }

  module.exports = { ...codes, ...types, getError, getMessage: (code) => known.get(code)?.message ?? '' };
})
