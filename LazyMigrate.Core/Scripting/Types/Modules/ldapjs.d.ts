// ldapjs' client as scripts have it.
declare module 'ldapjs' {
  type Callback<T = any> = (error: any, result: T) => void;
  interface SearchOptions { filter?: string | FilterString; scope?: 'base' | 'one' | 'sub'; attributes?: string | string[]; sizeLimit?: number; timeLimit?: number; paged?: boolean | { pageSize?: number }; }
  interface SearchResponse {
    on(event: 'searchEntry', listener: (entry: SearchEntry) => void): this;
    on(event: 'searchReference', listener: (reference: SearchReference) => void): this;
    on(event: 'error', listener: (error: LDAPError) => void): this;
    on(event: 'end', listener: (result: LDAPResult) => void): this;
  }
  export function createClient(options: { url: string | string[]; tlsOptions?: any; timeout?: number; connectTimeout?: number; bindDN?: string; bindCredentials?: string; reconnect?: any }): Client;
  export function createServer(): never;
  export class Client {
    constructor(options: any);
    bind(dn: string, password: string, callback: Callback): void;
    search(base: string, options: SearchOptions, callback: Callback<SearchResponse>): void;
    compare(dn: string, attribute: string, value: string, callback: (error: any, same: boolean) => void): void;
    starttls(options: any, controls: any[], callback: (error: any) => void): void;
    unbind(callback?: () => void): void;
    destroy(): void;
    on(event: string, listener: (...values: any[]) => void): this;
    readonly connected: any;
    readonly connecting: any;
    readonly destroyed: any;
    connect(...args: any[]): any;
    abandon(...args: any[]): any;
    /** Not available: it throws. */
    add(...args: any[]): any;
    del(...args: any[]): any;
    modify(...args: any[]): any;
    modifyDN(...args: any[]): any;
    exop(...args: any[]): any;
  }
  export class SearchEntry { readonly objectName: string; readonly dn: string; readonly attributes: Attribute[]; readonly object: Record<string, any>; readonly raw: Record<string, any>; readonly pojo: any; readonly type: any; readonly json: any; toObject(...args: any[]): any; }
  export class SearchReference { readonly uris: string[]; readonly type: any; readonly object: any; readonly pojo: any; }
  export class LDAPResult { status: number; matchedDN: string; errorMessage: string; }
  export class Attribute { constructor(options?: { type?: string; values?: any[] }); type: string; readonly values: string[]; readonly buffers: Buffer[]; readonly vals: any; readonly pojo: any; toJSON(...args: any[]): any; addValue(...args: any[]): any; }
  export class DN { static fromString(text: string): DN; toString(): string; parent(): DN | undefined; equals(other: DN | string): boolean; readonly length: number; isEmpty(...args: any[]): any; rdnAt(...args: any[]): any; clone(...args: any[]): any; childOf(...args: any[]): any; parentOf(...args: any[]): any; format(...args: any[]): any; }
  export class RDN { constructor(attributes?: Record<string, string>); toString(): string; readonly size: any; getValue(...args: any[]): any; has(...args: any[]): any; equals(...args: any[]): any; }
  export class PagedResultsControl { constructor(options: { value: { size: number; cookie?: Buffer } }); }
  export class FilterString { toString(): string; [member: string]: any; }
  export const parseFilter: (text: string) => FilterString;
  export const parseDN: (text: string) => DN;
  export const parseURL: (text: string) => { protocol: string; hostname: string; port: number; secure: boolean };
  export const dn: any;
  export const filters: any;
  export const url: any;
  export const getError: (result: any) => LDAPError;
  export const getMessage: (code: number) => string;
  export class LDAPError extends Error { readonly code: number; readonly dn: string; lde_message: string; }
  export class EqualityFilter extends FilterString { constructor(options: { attribute: string; value: string | Uint8Array; [option: string]: any }); }
  export class GreaterThanEqualsFilter extends FilterString { constructor(options: { attribute: string; value: string | Uint8Array; [option: string]: any }); }
  export class LessThanEqualsFilter extends FilterString { constructor(options: { attribute: string; value: string | Uint8Array; [option: string]: any }); }
  export class ApproximateFilter extends FilterString { constructor(options: { attribute: string; value: string | Uint8Array; [option: string]: any }); }
  export class ExtensibleFilter extends FilterString { constructor(options: { attribute: string; value: string | Uint8Array; [option: string]: any }); }
  export class AndFilter extends FilterString { constructor(options: { filters: FilterString[] }); }
  export class OrFilter extends FilterString { constructor(options: { filters: FilterString[] }); }
  export class NotFilter extends FilterString { constructor(options: { filter: FilterString }); }
  export class PresenceFilter extends FilterString { constructor(options: { attribute: string }); }
  export class SubstringFilter extends FilterString { constructor(options: { attribute: string; initial?: string; any?: string[]; final?: string }); }
  export class OperationsError extends LDAPError {}
  export class ProtocolError extends LDAPError {}
  export class TimeLimitExceededError extends LDAPError {}
  export class SizeLimitExceededError extends LDAPError {}
  export class CompareFalseError extends LDAPError {}
  export class CompareTrueError extends LDAPError {}
  export class AuthMethodNotSupportedError extends LDAPError {}
  export class StrongAuthRequiredError extends LDAPError {}
  export class ReferralError extends LDAPError {}
  export class AdminLimitExceededError extends LDAPError {}
  export class UnavailableCriticalExtensionError extends LDAPError {}
  export class ConfidentialityRequiredError extends LDAPError {}
  export class SaslBindInProgressError extends LDAPError {}
  export class NoSuchAttributeError extends LDAPError {}
  export class UndefinedAttributeTypeError extends LDAPError {}
  export class InappropriateMatchingError extends LDAPError {}
  export class ConstraintViolationError extends LDAPError {}
  export class AttributeOrValueExistsError extends LDAPError {}
  export class InvalidAttributeSyntaxError extends LDAPError {}
  export class NoSuchObjectError extends LDAPError {}
  export class AliasProblemError extends LDAPError {}
  export class InvalidDnSyntaxError extends LDAPError {}
  export class AliasDerefProblemError extends LDAPError {}
  export class InappropriateAuthenticationError extends LDAPError {}
  export class InvalidCredentialsError extends LDAPError {}
  export class InsufficientAccessRightsError extends LDAPError {}
  export class BusyError extends LDAPError {}
  export class UnavailableError extends LDAPError {}
  export class UnwillingToPerformError extends LDAPError {}
  export class LoopDetectError extends LDAPError {}
  export class SortControlMissingError extends LDAPError {}
  export class IndexRangeError extends LDAPError {}
  export class NamingViolationError extends LDAPError {}
  export class ObjectclassViolationError extends LDAPError {}
  export class NotAllowedOnNonLeafError extends LDAPError {}
  export class NotAllowedOnRdnError extends LDAPError {}
  export class EntryAlreadyExistsError extends LDAPError {}
  export class ObjectclassModsProhibitedError extends LDAPError {}
  export class AffectsMultipleDsasError extends LDAPError {}
  export class ControlError extends LDAPError {}
  export class OtherError extends LDAPError {}
  export class ProxiedAuthorizationDeniedError extends LDAPError {}
  export class ConnectionError extends LDAPError {}
  export class AbandonedError extends LDAPError {}
  export class TimeoutError extends LDAPError {}
  export const LDAP_SUCCESS: number;
  export const LDAP_OPERATIONS_ERROR: number;
  export const LDAP_PROTOCOL_ERROR: number;
  export const LDAP_TIME_LIMIT_EXCEEDED: number;
  export const LDAP_SIZE_LIMIT_EXCEEDED: number;
  export const LDAP_COMPARE_FALSE: number;
  export const LDAP_COMPARE_TRUE: number;
  export const LDAP_AUTH_METHOD_NOT_SUPPORTED: number;
  export const LDAP_STRONG_AUTH_REQUIRED: number;
  export const LDAP_REFERRAL: number;
  export const LDAP_ADMIN_LIMIT_EXCEEDED: number;
  export const LDAP_UNAVAILABLE_CRITICAL_EXTENSION: number;
  export const LDAP_CONFIDENTIALITY_REQUIRED: number;
  export const LDAP_SASL_BIND_IN_PROGRESS: number;
  export const LDAP_NO_SUCH_ATTRIBUTE: number;
  export const LDAP_UNDEFINED_ATTRIBUTE_TYPE: number;
  export const LDAP_INAPPROPRIATE_MATCHING: number;
  export const LDAP_CONSTRAINT_VIOLATION: number;
  export const LDAP_ATTRIBUTE_OR_VALUE_EXISTS: number;
  export const LDAP_INVALID_ATTRIBUTE_SYNTAX: number;
  export const LDAP_NO_SUCH_OBJECT: number;
  export const LDAP_ALIAS_PROBLEM: number;
  export const LDAP_INVALID_DN_SYNTAX: number;
  export const LDAP_ALIAS_DEREF_PROBLEM: number;
  export const LDAP_INAPPROPRIATE_AUTHENTICATION: number;
  export const LDAP_INVALID_CREDENTIALS: number;
  export const LDAP_INSUFFICIENT_ACCESS_RIGHTS: number;
  export const LDAP_BUSY: number;
  export const LDAP_UNAVAILABLE: number;
  export const LDAP_UNWILLING_TO_PERFORM: number;
  export const LDAP_LOOP_DETECT: number;
  export const LDAP_SORT_CONTROL_MISSING: number;
  export const LDAP_INDEX_RANGE_ERROR: number;
  export const LDAP_NAMING_VIOLATION: number;
  export const LDAP_OBJECTCLASS_VIOLATION: number;
  export const LDAP_NOT_ALLOWED_ON_NON_LEAF: number;
  export const LDAP_NOT_ALLOWED_ON_RDN: number;
  export const LDAP_ENTRY_ALREADY_EXISTS: number;
  export const LDAP_OBJECTCLASS_MODS_PROHIBITED: number;
  export const LDAP_AFFECTS_MULTIPLE_DSAS: number;
  export const LDAP_CONTROL_ERROR: number;
  export const LDAP_OTHER: number;
  export const LDAP_PROXIED_AUTHORIZATION_DENIED: number;
}
