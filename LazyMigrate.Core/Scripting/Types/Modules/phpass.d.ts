/** Passwords of WordPress, phpBB and Drupal: phpass ($P$, $H$), Drupal 7 ($S$), bcrypt ($2y$, $wp$2y$), and plain MD5. */
declare module 'phpass' {
  export class PasswordHash { CheckPassword(password: string, hash: string): boolean; checkPassword(password: string, hash: string): boolean; }
  /** What is no such hash matches nothing; costs above 2^20 rounds are refused. */
  export function checkPassword(password: string, hash: string): boolean;
  export function CheckPassword(password: string, hash: string): boolean;
}
