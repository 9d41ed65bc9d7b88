import { effect, signal } from '@preact/signals';
import { en, type Words } from './en';
import { zh } from './zh';

export type Language = 'en' | 'zh';

function firstGuess(): Language {
  const chosen = localStorage.getItem('language');
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export const language = signal<Language>(firstGuess());
effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-Hans' : 'en';
});

export function speak(next: Language): void {
  localStorage.setItem('language', next);
  language.value = next;
}

/** The interface words of the page's language; a component that reads them is drawn anew when it changes. */
export const words = (): Words => (language.value === 'zh' ? zh : en);
