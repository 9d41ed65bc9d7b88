import { expect, test } from 'vitest';
import rule from '../../../ontology/formulas.json';
import { harmless } from '../../src/parts/formulas';

test.each(rule.cases as [string, string][])('%j is exported as %j, as the commands do', (cell, exported) => {
  expect(harmless(cell)).toBe(exported);
});

test('numbers stay numbers', () => {
  expect([harmless(-180), harmless(-0.5), harmless('-180')]).toEqual(['-180', '-0.5', '-180']);
});
