declare module '@ldapjs/filter' {
  export { FilterString, AndFilter, ApproximateFilter, EqualityFilter, ExtensibleFilter, GreaterThanEqualsFilter, LessThanEqualsFilter, NotFilter, OrFilter, PresenceFilter, SubstringFilter } from 'ldapjs';
  export function parseString(text: string): import('ldapjs').FilterString;
  export function parse(text: string): import('ldapjs').FilterString;
}
