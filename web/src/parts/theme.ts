import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

function firstGuess(): Theme {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export const theme = signal<Theme>(firstGuess());

export function drawTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
}

export function turnTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme.value);
}
