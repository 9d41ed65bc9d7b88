import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

function firstGuess(): Theme {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export const theme = signal<Theme>(firstGuess());

const draw = (shown: Theme) => {
  document.documentElement.dataset.theme = shown;
};

/** Draws the theme; paper is always light. */
export function drawTheme(): void {
  effect(() => draw(theme.value));
  addEventListener('beforeprint', () => draw('light'));
  addEventListener('afterprint', () => draw(theme.value));
}

export function turnTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme.value);
}
