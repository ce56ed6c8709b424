import { expect, test } from 'vitest';
import { isAtLeast, versionIn } from './versions.ts';

test('a version is found in what a program prints', () => {
  expect(versionIn('temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)')).toBe('1.9.1');
  expect(versionIn('go version go1.27 linux/amd64')).toBe('1.27');
  expect(versionIn('no numbers')).toBeNull();
});

test('versions are compared number by number', () => {
  expect(isAtLeast('1.9.1', '1.9.1')).toBe(true);
  expect(isAtLeast('1.10.0', '1.9.1')).toBe(true);
  expect(isAtLeast('1.10', '1.9.1')).toBe(true);
  expect(isAtLeast('2.0.0', '1.9.1')).toBe(true);
  expect(isAtLeast('1.9.0', '1.9.1')).toBe(false);
  expect(isAtLeast('1.9', '1.9.1')).toBe(false);
  expect(isAtLeast('0.99.9', '1.9.1')).toBe(false);
});
