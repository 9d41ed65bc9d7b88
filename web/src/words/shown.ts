// Numbers, dates and names as a reader of the page's language expects them.
import { language } from '.';

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');
const HAN = /\p{Script=Han}/u;
const MINUS = '\u2212';

export const count = (n: number): string => n.toLocaleString(locale());

/** +41, −60, 0: with a real minus sign. */
export const signed = (points: number): string => (points === 0 ? '0' : `${points > 0 ? '+' : MINUS}${Math.abs(points)}`);

/** 0..1 as "62 %"; one decimal below ten per cent, so that 0.4 % is not shown as nothing. */
export function percent(share: number): string {
  const value = share * 100;
  const text = value.toLocaleString(locale(), { maximumFractionDigits: value < 10 ? 1 : 0 });
  return language.value === 'zh' ? `${text}%` : `${text}\u00a0%`;
}

/** One decimal, for bits. */
export const decimal = (value: number): string =>
  value.toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** One decimal with its sign: +3.3, −0.7, 0.0. */
export const signed1 = (value: number): string => {
  const text = decimal(Math.abs(value));
  return Math.abs(value) < 0.05 ? decimal(0) : `${value > 0 ? '+' : MINUS}${text}`;
};

export function money(amount: number, currency: string | null): string {
  if (!currency) return amount.toLocaleString(locale(), { notation: 'compact', maximumFractionDigits: 1 });
  return amount.toLocaleString(locale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  });
}

/** 0..1 with two telling digits, so that a weak path is not shown as nothing. */
export const strength = (value: number): string => value.toLocaleString(locale(), { maximumSignificantDigits: 2 });

/** ISO in Chinese, "22 Nov 2026" in English; a year or month alone stays as it is. */
export function date(iso: string): string {
  const day = iso.slice(0, 10);
  if (language.value === 'zh' || day.length < 10) return day;
  const month = new Date(`${day}T00:00:00Z`).toLocaleDateString('en-US', { month: 'short', timeZone: 'UTC' });
  return `${Number(day.slice(8))}\u00a0${month}\u00a0${day.slice(0, 4)}`;
}

export const scriptOf = (text: string): 'zh-Hans' | 'en' => (HAN.test(text) ? 'zh-Hans' : 'en');

const LATIN = /\p{Script=Latin}/u;
const inPageScript = (text: string): boolean => (language.value === 'zh' ? HAN.test(text) : LATIN.test(text) && !HAN.test(text));

interface Named {
  name: string;
  name_other?: string | null;
}

/** The name in the page's own script first, the other beside it. Never translated. */
export function namesOf({ name, name_other }: Named): [string, string | null] {
  const other = name_other && name_other !== name ? name_other : null;
  return other !== null && !inPageScript(name) && inPageScript(other) ? [other, name] : [name, other];
}

/** What a party is called where one name has to do: a title, a label in the picture. */
export const nameOf = (party: Named): string => namesOf(party)[0];
