// What the console cannot ask of the server: the browser's theme, time zone, clipboard and storage.
const themeKey = 'lazymigrate.theme';
const navigationKey = 'lazymigrate.navigation';

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // storage is switched off or full: the setting lasts as long as the page
  }
}

export function start() {
  const theme = read(themeKey) ?? 'system';
  return {
    theme,
    isSystemDark: matchMedia('(prefers-color-scheme: dark)').matches,
    isNavigationNarrow: read(navigationKey) === 'narrow',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
  };
}

export function setTheme(theme) {
  write(themeKey, theme);
}

export function showTheme(isDark) {
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
}

export function setNavigation(isNarrow) {
  write(navigationKey, isNarrow ? 'narrow' : 'wide');
}

export function isVisible() {
  return document.visibilityState === 'visible';
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or not a secure page
  }
}

// The reconnect dialog works without a circuit, so its buttons cannot be handled on the server.
document.addEventListener('click', event => {
  const action = event.target.closest?.('[data-reconnect]')?.dataset.reconnect;
  if (action === 'retry') {
    Blazor.reconnect().then(done => done || location.reload(), () => location.reload());
  } else if (action === 'reload') {
    location.reload();
  }
});
