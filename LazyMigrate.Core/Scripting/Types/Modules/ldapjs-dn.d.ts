declare module '@ldapjs/dn' {
  export { DN, RDN } from 'ldapjs';
}
