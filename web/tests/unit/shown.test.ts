import { beforeEach, describe, expect, test } from 'vitest';
import { language, speak } from '../../src/words';
import { date, money, nameOf, namesOf, percent, scriptOf, signed } from '../../src/words/shown';

describe('in English', () => {
  beforeEach(() => speak('en'));
  test('a date is told with its month by name', () => expect(date('2026-11-22')).toBe('22\u00a0Nov\u00a02026'));
  test('a year alone stays a year', () => expect(date('2016')).toBe('2016'));
  test('a small share is not rounded to nothing', () => expect(percent(0.004)).toBe('0.4\u00a0%'));
  test('points carry a real minus sign', () => expect([signed(41), signed(-60), signed(0)]).toEqual(['+41', '\u221260', '0']));
  test('the Latin name comes first', () => {
    expect(namesOf({ name: '海陵模具', name_other: 'Hailing Mould' })).toEqual(['Hailing Mould', '海陵模具']);
    expect(namesOf({ name: 'Hailing Mould', name_other: '海陵模具' })).toEqual(['Hailing Mould', '海陵模具']);
  });
  test('the Latin name comes before one in any other script', () => {
    expect(namesOf({ name: 'Северный Завод', name_other: 'Severny Zavod' })).toEqual(['Severny Zavod', 'Северный Завод']);
    expect(namesOf({ name: 'Завод', name_other: '北方工厂' })).toEqual(['Завод', '北方工厂']);
    expect(nameOf({ name: 'TCL科技', name_other: 'TCL Technology' })).toBe('TCL Technology');
  });
  test('money is short and bears its currency', () => expect(money(2_400_000, 'CNY')).toBe('¥2.4m'));
});

describe('in Chinese', () => {
  beforeEach(() => speak('zh'));
  test('a date is ISO', () => expect(date('2026-11-22T06:00:00Z')).toBe('2026-11-22'));
  test('the Han name comes first', () => {
    expect(namesOf({ name: 'Hailing Mould', name_other: '海陵模具' })).toEqual(['海陵模具', 'Hailing Mould']);
    expect(namesOf({ name: 'Hailing Mould', name_other: null })).toEqual(['Hailing Mould', null]);
  });
  test('the document says which language it is in', () => {
    expect(language.value).toBe('zh');
    expect(document.documentElement.lang).toBe('zh-Hans');
  });
});

test('a name with a Han character is Chinese', () =>
  expect([scriptOf('启明 Auto'), scriptOf('Qiming')]).toEqual(['zh-Hans', 'en']));
